"use client";

import { useId, useRef, useState, type FormEvent } from "react";
import { FieldError } from "../forms/field";
import { useT } from "../i18n/provider";
import { describeFailure } from "../lib/failures";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";

/** As the schema has it: names of views are tabs. */
const NAME_MOST = 60;

/** Asks for the name of a view. @param onSave throws when it could not be kept; the dialog says why and stays */
export function ViewDialog({
  mode,
  name,
  onClose,
  onSave,
}: {
  mode: "save" | "rename" | null;
  name: string;
  onClose: () => void;
  onSave: (name: string) => Promise<void>;
}) {
  const t = useT();
  const field = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      open={mode !== null}
      onClose={onClose}
      initialFocus={field}
      title={t(mode === "rename" ? "list.renameViewTitle" : "list.saveViewTitle")}
      description={mode === "rename" ? undefined : t("list.saveViewText")}
    >
      <ViewForm name={name} onClose={onClose} onSave={onSave} field={field} />
    </Dialog>
  );
}

function ViewForm({
  name,
  onClose,
  onSave,
  field,
}: {
  name: string;
  onClose: () => void;
  onSave: (name: string) => Promise<void>;
  field: React.RefObject<HTMLInputElement | null>;
}) {
  const t = useT();
  const id = useId();
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const text = field.current?.value.trim() ?? "";
    if (text === "") {
      setWrong(t("list.viewNameMissing"));
      field.current?.focus();
      return;
    }
    setBusy(true);
    try {
      await onSave(text);
      onClose();
    } catch (error) {
      const { message, fields } = describeFailure(error, t);
      setWrong(fields.name ?? message);
      field.current?.focus();
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="dialog__form" noValidate onSubmit={(event) => void onSubmit(event)}>
      <div className="dialog__body">
        <div className="field">
          <label className="field__label" htmlFor={id}>
            {t("list.viewName")}
          </label>
          <input
            ref={field}
            className="input input--lg"
            id={id}
            maxLength={NAME_MOST}
            autoComplete="off"
            defaultValue={name}
            aria-invalid={wrong !== undefined || undefined}
            aria-describedby={wrong === undefined ? undefined : `${id}-error`}
          />
          <FieldError id={`${id}-error`} error={wrong} />
        </div>
      </div>
      <div className="dialog__foot">
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="submit" tone="primary" busy={busy}>
          {t("list.saveView")}
        </Button>
      </div>
    </form>
  );
}
