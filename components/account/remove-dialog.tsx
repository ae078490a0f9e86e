"use client";

import { useRef } from "react";
import { useT } from "../i18n/provider";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";

/** Asks before a second factor goes. */
export function RemoveDialog({
  open,
  onClose,
  title,
  description,
  submit,
  busy,
  onRemove,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  description: string;
  submit: string;
  busy: boolean;
  onRemove: () => void;
}) {
  const t = useT();
  const keep = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      role="alertdialog"
      initialFocus={keep}
      title={title}
      description={description}
    >
      <div className="dialog__foot">
        <Button ref={keep} onClick={onClose}>
          {t("account.keep")}
        </Button>
        <Button tone="danger" busy={busy} onClick={onRemove}>
          {submit}
        </Button>
      </div>
    </Dialog>
  );
}
