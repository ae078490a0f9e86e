"use client";

import { useCallback } from "react";
import { useForm } from "react-hook-form";
import { TextField } from "./field";
import { DialogForm, FormDialog } from "./form-dialog";
import { useFormSubmit } from "./use-form-submit";

interface Props {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: string;
  label: string;
  /** Said where nothing was entered. */
  missing: string;
  submit: string;
  /** What stands there at first. */
  name: string;
  longest: number;
  autoComplete?: string;
  onName: (name: string) => Promise<void>;
}

/** A dialog that asks for one name. */
export function NameDialog({ open, onClose, title, description, ...rest }: Props) {
  return (
    <FormDialog open={open} onClose={onClose} title={title} description={description}>
      <NameForm {...rest} />
    </FormDialog>
  );
}

function NameForm({
  label,
  missing,
  submit,
  name,
  longest,
  autoComplete = "off",
  onName,
}: Omit<Props, "open" | "onClose" | "title" | "description">) {
  const form = useForm<{ name: string }>({ defaultValues: { name } });
  const send = useCallback((values: { name: string }) => onName(values.name.trim()), [onName]);
  return (
    <DialogForm {...useFormSubmit(form, send)} submit={submit}>
      <TextField
        label={label}
        field={form.register("name", { validate: (text) => text.trim() !== "" || missing })}
        error={form.formState.errors.name?.message}
        autoComplete={autoComplete}
        maxLength={longest}
        aria-required
        large
      />
    </DialogForm>
  );
}
