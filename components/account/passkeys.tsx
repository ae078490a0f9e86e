"use client";

import { Fingerprint, KeyRound, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Rich, useT } from "../i18n/provider";
import { isSet } from "../lib/times";
import { useLast, useOnceOpen } from "../lib/use-once-open";
import { trpc, type Account } from "../trpc";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Icon } from "../ui/icon";
import { Time } from "../ui/time";
import { toast } from "../ui/toast";
import { useConfirm } from "./confirm";
import { useChange } from "./use-change";

const AddPasskeyDialog = dynamic(() => import("./passkey-dialogs").then((module) => module.AddPasskeyDialog), {
  ssr: false,
});
const RenamePasskeyDialog = dynamic(() => import("./passkey-dialogs").then((module) => module.RenamePasskeyDialog), {
  ssr: false,
});
const ConfirmDialog = dynamic(() => import("../forms/confirm-dialog").then((module) => module.ConfirmDialog), {
  ssr: false,
});

type Passkey = Account["passkeys"][number];

/** What signs in with a finger or a face instead of a password. */
export function Passkeys({ account, onCodes }: { account: Account; onCodes: (codes: string[]) => void }) {
  const t = useT();
  const confirm = useConfirm();
  const [adding, setAdding] = useState(false);
  const addSeen = useOnceOpen(adding);
  return (
    <Card
      id="passkeys"
      title={t("passkeys.title")}
      text={t("passkeys.text")}
      aside={
        <Button size="sm" icon={Plus} onClick={() => confirm(() => setAdding(true))}>
          {t("passkeys.add")}
        </Button>
      }
    >
      {account.passkeys.length === 0 ? (
        <ul className="list">
          <li className="list__row account__row">
            <Icon of={Fingerprint} tone="idle" />
            <span className="two">
              <span className="list__title">{t("passkeys.noneTitle")}</span>
              <span>{t("passkeys.noneText")}</span>
            </span>
          </li>
        </ul>
      ) : (
        <ul className="list">
          {account.passkeys.map((passkey) => (
            <PasskeyRow
              key={passkey.id}
              passkey={passkey}
              isLast={account.passkeys.length === 1 && account.tmTotp === ""}
            />
          ))}
        </ul>
      )}
      {addSeen && <AddPasskeyDialog open={adding} onClose={() => setAdding(false)} onCodes={onCodes} />}
    </Card>
  );
}

/** @param isLast no second factor would be left without it */
function PasskeyRow({ passkey, isLast }: { passkey: Passkey; isLast: boolean }) {
  const t = useT();
  const utils = trpc.useUtils();
  const [open, setOpen] = useState<"rename" | "remove" | null>(null);
  const shown = useLast(open);
  const removePasskey = trpc.account.removePasskey.useMutation();
  const remove = useChange(async () => {
    await removePasskey.mutateAsync({ id: passkey.id });
    setOpen(null);
    toast(t("passkeys.removed", { name: passkey.name }));
    await utils.account.get.invalidate();
  });
  return (
    <li className="list__row account__row">
      <Icon of={KeyRound} tone="idle" />
      <span className="two">
        <span className="list__title">
          {passkey.name} {passkey.synced && <span className="tag">{t("passkeys.synced")}</span>}
        </span>
        <span>
          <Rich
            id={isSet(passkey.tmLastUse) ? "passkeys.used" : "passkeys.unused"}
            parts={{
              since: <Time value={passkey.tmCreate} as="date" quiet />,
              used: <Time value={passkey.tmLastUse} quiet />,
            }}
          />
        </span>
      </span>
      <span className="account__actions">
        <Button size="sm" aria-label={t("passkeys.renameOf", { name: passkey.name })} onClick={() => setOpen("rename")}>
          {t("passkeys.rename")}
        </Button>
        <Button
          size="sm"
          tone="danger-quiet"
          aria-label={t("passkeys.removeOf", { name: passkey.name })}
          onClick={() => setOpen("remove")}
        >
          {t("account.remove")}
        </Button>
      </span>
      {shown === "rename" && (
        <RenamePasskeyDialog open={open === "rename"} passkey={passkey} onClose={() => setOpen(null)} />
      )}
      {shown === "remove" && (
        <ConfirmDialog
          open={open === "remove"}
          onClose={() => setOpen(null)}
          title={t("passkeys.removeTitle", { name: passkey.name })}
          text={t(isLast ? "account.removeLast" : "passkeys.removeText")}
          submit={t("passkeys.remove")}
          danger
          keep={t("account.keep")}
          busy={remove.busy}
          onSubmit={remove.start}
        />
      )}
    </li>
  );
}
