"use client";

import { useState } from "react";
import { NameDialog } from "../forms/name-dialog";
import { useT } from "../i18n/provider";
import { ToldError } from "../lib/failures";
import { trpc, type Account } from "../trpc";
import { describePasskeyError, makePasskey } from "../auth/passkey-client";
import { describeAgent } from "../lib/describe-agent";
import { toast } from "../ui/toast";

/** Names a passkey and has the browser make it. */
export function AddPasskeyDialog({
  open,
  onClose,
  onCodes,
}: {
  open: boolean;
  onClose: () => void;
  onCodes: (codes: string[]) => void;
}) {
  const t = useT();
  const utils = trpc.useUtils();
  const [suggestion] = useState(() => describeAgent(navigator.userAgent).name);
  const prepare = trpc.account.preparePasskey.useMutation({ gcTime: 0 });
  const add = trpc.account.addPasskey.useMutation({ gcTime: 0 });
  return (
    <NameDialog
      open={open}
      onClose={onClose}
      title={t("passkeys.addTitle")}
      description={t("passkeys.addText")}
      label={t("passkeys.name")}
      missing={t("passkeys.enterName")}
      submit={t("passkeys.make")}
      name={suggestion}
      longest={100}
      onName={async (name) => {
        const { options } = await prepare.mutateAsync();
        const passkey = await makePasskey(options).catch((error: unknown) => {
          throw new ToldError(t(describePasskeyError(error)), { cause: error });
        });
        const { recoveryCodes } = await add.mutateAsync({ name, passkey });
        onClose();
        if (recoveryCodes.length > 0) onCodes(recoveryCodes);
        else toast.success(t("passkeys.added", { name }));
        await utils.account.get.invalidate();
      }}
    />
  );
}

/** Gives a passkey another name. */
export function RenamePasskeyDialog({
  open,
  passkey,
  onClose,
}: {
  open: boolean;
  passkey: Account["passkeys"][number];
  onClose: () => void;
}) {
  const t = useT();
  const utils = trpc.useUtils();
  const rename = trpc.account.renamePasskey.useMutation();
  return (
    <NameDialog
      open={open}
      onClose={onClose}
      title={t("passkeys.renameTitle", { name: passkey.name })}
      label={t("passkeys.name")}
      missing={t("passkeys.enterName")}
      submit={t("common.save")}
      name={passkey.name}
      longest={100}
      onName={async (name) => {
        await rename.mutateAsync({ id: passkey.id, name });
        onClose();
        await utils.account.get.invalidate();
      }}
    />
  );
}
