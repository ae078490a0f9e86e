"use client";

import { useRef } from "react";
import { useT } from "../i18n/provider";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";

/** Asks whether changes that are not saved may be lost. */
export function LeaveDialog({ open, onStay, onLeave }: { open: boolean; onStay: () => void; onLeave: () => void }) {
  const t = useT();
  const stay = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      open={open}
      onClose={onStay}
      role="alertdialog"
      title={t("forms.leaveTitle")}
      description={t("forms.leaveText")}
      initialFocus={stay}
    >
      <div className="dialog__foot">
        <Button ref={stay} onClick={onStay}>
          {t("forms.stay")}
        </Button>
        <Button tone="danger" onClick={onLeave}>
          {t("forms.leave")}
        </Button>
      </div>
    </Dialog>
  );
}
