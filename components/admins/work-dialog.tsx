"use client";

import { Info, TriangleAlert } from "lucide-react";
import { useRef, useState } from "react";
import { FormFailure } from "../forms/form-failure";
import { useT } from "../i18n/provider";
import { describeFailure, type FailureDescription } from "../lib/failures";
import type { Admin } from "../trpc";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Note } from "../ui/note";
import { adminName } from "./names";
import { useAdminWork, type MadeLink, type Work } from "./use-admin-work";

const DANGEROUS: ReadonlySet<Work> = new Set(["disable", "remove", "resetTwoFactor"]);

/** Says what will happen before something is done to an admin. Focus starts on the safe way out. */
export function WorkDialog({
  admin,
  work,
  open,
  onClose,
  onDone,
}: {
  admin: Admin;
  work: Work;
  open: boolean;
  onClose: () => void;
  onDone: (work: Work, link: MadeLink | null) => void;
}) {
  const t = useT();
  const keep = useRef<HTMLButtonElement>(null);
  const { run, busy } = useAdminWork(admin);
  const [failure, setFailure] = useState<FailureDescription | null>(null);
  const name = adminName(admin);
  const withdraw = work === "remove" && admin.status === "invited";
  const key = withdraw ? "withdraw" : work;
  const dangerous = DANGEROUS.has(work);
  const close = () => {
    setFailure(null);
    onClose();
  };
  const submit = async () => {
    if (busy) return;
    setFailure(null);
    try {
      const link = await run(work);
      close();
      onDone(work, link);
    } catch (error) {
      setFailure(describeFailure(error, t));
    }
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      role="alertdialog"
      initialFocus={keep}
      title={t(`admins.works.${key}.title`, { name })}
      description={t(`admins.works.${key}.text`, { name })}
    >
      <div className="dialog__body">
        <FormFailure failure={failure} />
        <Note tone={dangerous ? "warn" : "info"} icon={dangerous ? TriangleAlert : Info}>
          <p>{t(`admins.works.${key}.damage`)}</p>
        </Note>
      </div>
      <div className="dialog__foot">
        <Button ref={keep} onClick={close}>
          {t("common.cancel")}
        </Button>
        <Button tone={dangerous ? "danger" : "primary"} busy={busy} onClick={() => void submit()}>
          {t(`admins.works.${key}.submit`)}
        </Button>
      </div>
    </Dialog>
  );
}
