"use client";

import { Info, TriangleAlert } from "lucide-react";
import { ConfirmDialog } from "../forms/confirm-dialog";
import { useT } from "../i18n/provider";
import type { Admin } from "../trpc";
import { Note } from "../ui/note";
import { adminName } from "./names";
import { useAdminWork, type MadeLink, type Work } from "./use-admin-work";

const DANGEROUS: ReadonlySet<Work> = new Set(["disable", "remove", "resetTwoFactor"]);

/** Says what will happen before something is done to an admin. */
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
  const run = useAdminWork(admin);
  const name = adminName(admin);
  const withdraw = work === "remove" && admin.status === "invited";
  const key = withdraw ? "withdraw" : work;
  const dangerous = DANGEROUS.has(work);
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={t(`admins.works.${key}.title`, { name })}
      text={t(`admins.works.${key}.text`, { name })}
      submit={t(`admins.works.${key}.submit`)}
      danger={dangerous}
      onSubmit={async () => {
        const link = await run(work);
        onClose();
        onDone(work, link);
      }}
    >
      <Note tone={dangerous ? "warn" : "info"} icon={dangerous ? TriangleAlert : Info}>
        <p>{t(`admins.works.${key}.damage`)}</p>
      </Note>
    </ConfirmDialog>
  );
}
