"use client";

import type { ReactNode } from "react";
import { ConfirmDialog } from "../forms/confirm-dialog";
import { useT } from "../i18n/provider";
import { toast } from "../ui/toast";
import type { Account } from "./account";
import { useAllowed } from "./account-actions";
import type { ShownPassword } from "./account-password";
import type { SipDialog } from "./dialogs";
import { useAccountOptions } from "./use-account-options";

interface Procedure<Answer> {
  useMutation(options: ReturnType<typeof useAccountOptions>): {
    mutateAsync: (input: { id: string }) => Promise<Answer>;
  };
}

/** The procedures that every kind of account has. */
interface Procedures<Made> {
  rotatePassword: Procedure<Made>;
  revealPassword: Procedure<Made>;
  restore: Procedure<Made>;
  delete: Procedure<unknown>;
}

interface Props<Made> {
  account: Account;
  procedures: Procedures<Made>;
  /** The one that is open. */
  dialog: SipDialog | null;
  onClose: () => void;
  /** With the account and its password, once the dialog is closed. */
  onMade: (made: Made, as: ShownPassword["as"]) => void;
  /** Who notices a new password. */
  rotateNote?: ReactNode;
  /** Who notices that it is deleted. */
  deleteNote: ReactNode;
  /** Whether nobody would notice: then nothing has to be typed first. */
  unnoticed?: boolean;
}

/** The questions before something is done to an account, and what does it. */
export function AccountDialogs<Made>({
  account,
  procedures,
  dialog,
  onClose,
  onMade,
  rotateNote,
  deleteNote,
  unnoticed = false,
}: Props<Made>) {
  const t = useT();
  const { kind, name, identifier } = account;
  const may = useAllowed(account);
  const work = useWork(account, procedures);
  const making = (as: ShownPassword["as"], run: () => Promise<Made>) => async () => {
    const made = await run();
    onClose();
    onMade(made, as);
  };
  return (
    <>
      <ConfirmDialog
        open={dialog === "rotate" && may.rotate}
        onClose={onClose}
        title={t(`${kind}s.rotateTitle`, { name })}
        text={t(`${kind}s.rotateText`)}
        submit={t("sip.rotateSubmit")}
        onSubmit={making("new", work.rotate)}
      >
        {rotateNote}
      </ConfirmDialog>
      <ConfirmDialog
        open={dialog === "reveal" && may.reveal}
        onClose={onClose}
        title={t(`${kind}s.revealTitle`, { name })}
        text={t(`${kind}s.revealText`)}
        submit={t("sip.revealSubmit")}
        onSubmit={making("revealed", work.reveal)}
      >
        <p>{t("sip.revealRecorded")}</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={dialog === "delete" && may.delete}
        onClose={onClose}
        title={t(`${kind}s.deleteTitle`, { name })}
        text={t(`${kind}s.deleteText`)}
        submit={t(`${kind}s.deleteSubmit`)}
        danger
        keep={t("sip.keep")}
        typed={
          unnoticed
            ? undefined
            : {
                expected: identifier,
                label: t(`${kind}s.deleteConfirm`, { identifier }),
                wrong: t(`${kind}s.deleteWrong`),
              }
        }
        onSubmit={async () => {
          await work.remove();
          onClose();
          toast(t(`${kind}s.deletedToast`, { name }));
        }}
      >
        {deleteNote}
      </ConfirmDialog>
      <ConfirmDialog
        open={dialog === "restore" && may.restore}
        onClose={onClose}
        title={t(`${kind}s.restoreTitle`, { name })}
        text={t(`${kind}s.restoreText`)}
        submit={t("sip.restoreSubmit")}
        onSubmit={making("new", work.restore)}
      />
    </>
  );
}

function useWork<Made>({ kind, id }: Account, procedures: Procedures<Made>) {
  const options = useAccountOptions(kind);
  const rotate = procedures.rotatePassword.useMutation(options);
  const reveal = procedures.revealPassword.useMutation(options);
  const remove = procedures.delete.useMutation(options);
  const restore = procedures.restore.useMutation(options);
  return {
    rotate: () => rotate.mutateAsync({ id }),
    reveal: () => reveal.mutateAsync({ id }),
    remove: () => remove.mutateAsync({ id }),
    restore: () => restore.mutateAsync({ id }),
  };
}
