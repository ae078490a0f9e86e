"use client";

import { useRouter } from "next/navigation";
import { NameDialog } from "../forms/name-dialog";
import { useT } from "../i18n/provider";
import { trpc } from "../trpc";
import { toast } from "../ui/toast";

/** One's own name. */
export function RenameDialog({ open, name, onClose }: { open: boolean; name: string; onClose: () => void }) {
  const t = useT();
  const router = useRouter();
  const utils = trpc.useUtils();
  const rename = trpc.account.rename.useMutation();
  return (
    <NameDialog
      open={open}
      onClose={onClose}
      title={t("account.renameTitle")}
      label={t("account.name")}
      missing={t("account.enterName")}
      submit={t("common.save")}
      name={name}
      longest={255}
      autoComplete="name"
      onName={async (next) => {
        await rename.mutateAsync({ name: next });
        onClose();
        toast.success(t("account.renamed"));
        await utils.account.get.invalidate();
        router.refresh(); // the shell has the name too
      }}
    />
  );
}
