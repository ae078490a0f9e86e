"use client";

import { createContext, useCallback, useContext, useId, useMemo, useRef, type ReactNode } from "react";
import { useT } from "../i18n/provider";
import { Button } from "../ui/button";
import { Dialog, type DialogProps } from "../ui/dialog";
import { FormFailure } from "./form-failure";
import { useLeave, useLeaveGuard } from "./leave-guard";
import type { FormSubmit } from "./use-form-submit";

interface Frame {
  /** Tells the form's changes from those of other forms. */
  name: string;
  close: () => void;
  holdCancel: (button: HTMLButtonElement | null) => void;
}

const Context = createContext<Frame>({ name: "", close: () => undefined, holdCancel: () => undefined });

/**
 * A dialog with a `DialogForm` in it, which begins anew each time it opens. Where closing it would lose changes, it asks
 * first.
 * @param startAtCancel focus starts on the safe way out
 */
export function FormDialog({
  onClose,
  startAtCancel = false,
  initialFocus,
  children,
  ...rest
}: Omit<DialogProps, "onStrayClose"> & { startAtCancel?: boolean }) {
  const name = useId();
  const leave = useLeave();
  const cancel = useRef<HTMLButtonElement>(null);
  const holdCancel = useCallback((button: HTMLButtonElement | null) => {
    cancel.current = button;
  }, []);
  const close = useCallback(() => leave(onClose, name), [leave, onClose, name]);
  const frame = useMemo(() => ({ name, close, holdCancel }), [name, close, holdCancel]);
  return (
    <Dialog {...rest} onClose={close} initialFocus={startAtCancel ? cancel : initialFocus}>
      <Context value={frame}>{children}</Context>
    </Dialog>
  );
}

/** The form of a `FormDialog`: what the server said, the fields, and the buttons. */
export function DialogForm({
  onSubmit,
  busy,
  failure,
  submit,
  danger = false,
  cancel,
  beside,
  unsaved = false,
  children,
}: FormSubmit & {
  submit: ReactNode;
  danger?: boolean;
  /** The way out; "Cancel" where nothing is said. */
  cancel?: ReactNode;
  /** Another button, at the other end of the foot. */
  beside?: ReactNode;
  /** Whether closing would lose changes. */
  unsaved?: boolean;
  children?: ReactNode;
}) {
  const t = useT();
  const { name, close, holdCancel } = useContext(Context);
  useLeaveGuard(name, unsaved);
  return (
    <form className="dialog__form" onSubmit={onSubmit} noValidate method="post">
      <div className="dialog__body">
        <FormFailure failure={failure} />
        {children}
      </div>
      <div className="dialog__foot">
        {beside}
        <Button ref={holdCancel} onClick={close}>
          {cancel ?? t("common.cancel")}
        </Button>
        <Button type="submit" tone={danger ? "danger" : "primary"} busy={busy}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
