"use client";

import { CircleCheck, CircleDashed, LifeBuoy, Plus, TriangleAlert } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Rich, useT } from "../i18n/provider";
import { useLast, useOnceOpen } from "../lib/use-once-open";
import { trpc, type Account, type Outputs } from "../trpc";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Status } from "../ui/status";
import { Time } from "../ui/time";
import { toast } from "../ui/toast";
import { useChange } from "./use-change";

const TotpDialog = dynamic(() => import("./totp-dialog").then((module) => module.TotpDialog), { ssr: false });
const ConfirmDialog = dynamic(() => import("../forms/confirm-dialog").then((module) => module.ConfirmDialog), {
  ssr: false,
});

/** The authenticator app, and the codes for the day it is gone. */
export function TwoFactor({ account, onCodes }: { account: Account; onCodes: (codes: string[]) => void }) {
  const t = useT();
  const utils = trpc.useUtils();
  const [started, setStarted] = useState<Outputs["account"]["startTotp"] | null>(null);
  const [removing, setRemoving] = useState(false);
  const shown = useLast(started);
  const removeSeen = useOnceOpen(removing);
  const startTotp = trpc.account.startTotp.useMutation({ gcTime: 0 });
  const removeTotp = trpc.account.removeTotp.useMutation();
  const renew = trpc.account.renewRecoveryCodes.useMutation({ gcTime: 0 });
  const setUp = useChange(async () => setStarted(await startTotp.mutateAsync()));
  const remove = useChange(async () => {
    await removeTotp.mutateAsync();
    setRemoving(false);
    toast(t("account.appRemoved"));
    await utils.account.get.invalidate();
  });
  const renewCodes = useChange(async () => {
    onCodes((await renew.mutateAsync()).recoveryCodes);
    await utils.account.get.invalidate();
  });
  const on = account.tmTotp !== "";
  const last = account.passkeys.length === 0;
  return (
    <Card id="two-factor" title={t("account.twoFactor")} text={t("account.twoFactorText")}>
      <ul className="list">
        <li className="list__row account__row">
          <span className="two">
            <span className="list__title">{t("account.app")}</span>
            <span>
              {on ? (
                <Rich id="account.appOn" parts={{ since: <Time value={account.tmTotp} quiet /> }} />
              ) : (
                t("account.appOff")
              )}
            </span>
          </span>
          <span className="account__actions">
            <Status tone={on ? "ok" : "idle"} icon={on ? CircleCheck : CircleDashed}>
              {t(on ? "account.on" : "account.off")}
            </Status>
            {on ? (
              <Button size="sm" tone="danger-quiet" busy={remove.busy} onClick={() => setRemoving(true)}>
                {t("account.remove")}
              </Button>
            ) : (
              <Button size="sm" icon={Plus} busy={setUp.busy} onClick={setUp.start}>
                {t("account.setUp")}
              </Button>
            )}
          </span>
        </li>
        {(on || !last) && (
          <li className="list__row account__row">
            <span className="two">
              <span className="list__title">{t("account.recoveryCodes")}</span>
              <span>{t("account.codesText")}</span>
            </span>
            <span className="account__actions">
              <Status
                tone={account.recoveryCodesLeft > 2 ? "idle" : "warn"}
                icon={account.recoveryCodesLeft > 2 ? LifeBuoy : TriangleAlert}
              >
                {t("account.codesLeft", { count: account.recoveryCodesLeft })}
              </Status>
              <Button size="sm" busy={renewCodes.busy} onClick={renewCodes.start}>
                {t("account.newCodes")}
              </Button>
            </span>
          </li>
        )}
      </ul>
      {shown !== null && (
        <TotpDialog
          open={started !== null}
          totp={shown}
          onClose={() => setStarted(null)}
          onDone={(codes) => {
            setStarted(null);
            if (codes.length > 0) onCodes(codes);
            else toast.success(t("account.appAdded"));
          }}
        />
      )}
      {removeSeen && (
        <ConfirmDialog
          open={removing}
          onClose={() => setRemoving(false)}
          title={t("account.removeAppTitle")}
          text={t(last ? "account.removeLast" : "account.removeAppText")}
          submit={t("account.removeApp")}
          danger
          keep={t("account.keep")}
          busy={remove.busy}
          onSubmit={remove.start}
        />
      )}
    </Card>
  );
}
