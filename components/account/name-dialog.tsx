"use client";

import { useCallback } from "react";
import { useForm } from "react-hook-form";
import { TextField } from "../forms/field";
import { FormFailure } from "../forms/form-failure";
import { useFormSubmit } from "../forms/use-form-submit";
import { useT } from "../i18n/provider";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";

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
export function NameDialog(props: Props) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={props.title} description={props.description}>
      <NameForm {...props} />
    </Dialog>
  );
}

function NameForm({ onClose, label, missing, submit, name, longest, autoComplete = "off", onName }: Props) {
  const t = useT();
  const form = useForm<{ name: string }>({ defaultValues: { name } });
  const send = useCallback((values: { name: string }) => onName(values.name.trim()), [onName]);
  const { onSubmit, busy, failure } = useFormSubmit(form, send);
  return (
    <form className="dialog__form" onSubmit={onSubmit} noValidate>
      <div className="dialog__body">
        <FormFailure failure={failure} />
        <TextField
          label={label}
          field={form.register("name", { validate: (text) => text.trim() !== "" || missing })}
          error={form.formState.errors.name?.message}
          autoComplete={autoComplete}
          maxLength={longest}
          aria-required
          large
        />
      </div>
      <div className="dialog__foot">
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="submit" tone="primary" busy={busy}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
