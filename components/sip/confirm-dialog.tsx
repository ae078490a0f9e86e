"use client";

import { useId, useRef, useState, type FormEvent, type ReactNode, type RefObject } from "react";
import { FieldError } from "../forms/field";
import { FormFailure } from "../forms/form-failure";
import { useT } from "../i18n/provider";
import { describeFailure, type FailureDescription } from "../lib/failures";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";

interface ConfirmProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** What goes with it. */
  text: string;
  submit: string;
  danger?: boolean;
  /** The safe way out; "Cancel" where nothing is said. */
  keep?: string;
  /** What has to be typed first, for what others notice at once. */
  typed?: { expected: string; label: string; wrong: string } | undefined;
  /** Does it; what it throws is shown, and the dialog stays. */
  onSubmit: () => Promise<unknown>;
  children?: ReactNode;
}

/** Asks before something is done to one record. Focus starts on the safe way out. */
export function ConfirmDialog(props: ConfirmProps) {
  const keep = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      role="alertdialog"
      initialFocus={keep}
      title={props.title}
      description={props.text}
    >
      <ConfirmForm {...props} keepButton={keep} />
    </Dialog>
  );
}

function ConfirmForm({
  onClose,
  submit,
  danger = false,
  keep,
  typed,
  onSubmit,
  children,
  keepButton,
}: ConfirmProps & { keepButton: RefObject<HTMLButtonElement | null> }) {
  const t = useT();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [refused, setRefused] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureDescription | null>(null);
  const right = typed === undefined || text.trim() === typed.expected;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (!right) {
      setRefused(true);
      field.current?.focus();
      return;
    }
    setBusy(true);
    setFailure(null);
    try {
      await onSubmit();
    } catch (error) {
      setFailure(describeFailure(error, t));
    } finally {
      setBusy(false);
    }
  };
  const wrong = refused && !right;
  return (
    <form className="dialog__form" onSubmit={(event) => void send(event)} noValidate>
      <div className="dialog__body">
        <FormFailure failure={failure} />
        {children}
        {typed !== undefined && (
          <div className="field">
            <label className="field__label" htmlFor={`${id}-typed`}>
              <span>{typed.label}</span>
            </label>
            <input
              ref={field}
              className="input input--lg"
              id={`${id}-typed`}
              name="confirm"
              autoComplete="off"
              spellCheck={false}
              value={text}
              onChange={(event) => setText(event.target.value)}
              aria-invalid={wrong || undefined}
              aria-describedby={wrong ? `${id}-error` : undefined}
            />
            <FieldError id={`${id}-error`} error={wrong ? typed.wrong : undefined} />
          </div>
        )}
      </div>
      <div className="dialog__foot">
        <Button ref={keepButton} onClick={onClose}>
          {keep ?? t("common.cancel")}
        </Button>
        <Button type="submit" tone={danger ? "danger" : "primary"} busy={busy}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
