"use client";

import { useId, useRef, useState, type FormEvent, type ReactNode } from "react";
import { FieldError } from "./field";
import { DialogForm, FormDialog } from "./form-dialog";
import { useAttempt } from "./use-attempt";

interface Typed {
  label: string;
  expected: string;
  /** Whether its digits alone count. */
  digits?: boolean;
  /** Said where something else was typed. */
  wrong: string;
}

interface Question {
  /** The verb of the button that does it. */
  submit: string;
  danger?: boolean;
  /** The safe way out; "Cancel" where nothing is said. */
  keep?: string;
  /** What has to be typed first, for what others notice at once or what cannot be taken back. */
  typed?: Typed | undefined;
  /** Does it, and closes the dialog; what it throws is shown, and the dialog stays. */
  onSubmit: () => unknown;
  /** Where it is under way when `onSubmit` has returned. */
  busy?: boolean;
  /** What is at stake. */
  children?: ReactNode;
}

/** Asks before something is done. Focus starts on the safe way out. */
export function ConfirmDialog({
  open,
  onClose,
  title,
  text,
  wide,
  ...question
}: Question & { open: boolean; onClose: () => void; title: string; text: string; wide?: boolean }) {
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      role="alertdialog"
      startAtCancel
      wide={wide}
      title={title}
      description={text}
    >
      <ConfirmForm {...question} />
    </FormDialog>
  );
}

function ConfirmForm({ submit, danger, keep, typed, onSubmit, busy = false, children }: Question) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [refused, setRefused] = useState(false);
  const work = useAttempt();
  const right = typed === undefined || (typed.digits ? text.replace(/\D/g, "") : text.trim()) === typed.expected;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (work.busy || busy) return;
    if (right) return void work.attempt(onSubmit);
    setRefused(true);
    field.current?.focus();
  };
  return (
    <DialogForm
      onSubmit={send}
      busy={work.busy || busy}
      failure={work.failure}
      submit={submit}
      danger={danger}
      cancel={keep}
    >
      {children}
      {typed !== undefined && (
        <TypedField {...typed} value={text} onChange={setText} isWrong={refused && !right} inputRef={field} />
      )}
    </DialogForm>
  );
}

function TypedField({
  label,
  digits = false,
  wrong,
  value,
  onChange,
  isWrong,
  inputRef,
}: Typed & {
  value: string;
  onChange: (text: string) => void;
  isWrong: boolean;
  inputRef: React.RefObject<HTMLInputElement | null>;
}) {
  const id = useId();
  return (
    <div className="field">
      <label className="field__label" htmlFor={id}>
        <span>{label}</span>
      </label>
      <input
        ref={inputRef}
        className="input input--lg"
        id={id}
        name="confirm"
        inputMode={digits ? "numeric" : undefined}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? `${id}-error` : undefined}
      />
      <FieldError id={`${id}-error`} error={isWrong ? wrong : undefined} />
    </div>
  );
}
