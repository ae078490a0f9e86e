"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { useT } from "../i18n/provider";
import { useLast } from "../lib/use-once-open";
import { PageHead } from "../shell/page-head";
import { trpc } from "../trpc";
import { Card } from "../ui/card";
import { Waiting } from "../ui/loaded";
import { ConfirmProvider } from "./confirm";
import { Passkeys } from "./passkeys";
import { Profile } from "./profile";
import { Sessions } from "./sessions";
import { TwoFactor } from "./two-factor";

const RecoveryCodesDialog = dynamic(
  () => import("./recovery-codes-dialog").then((module) => module.RecoveryCodesDialog),
  { ssr: false },
);

/** One's own account: who one is, how one signs in, and where one is signed in. */
export function AccountPage() {
  const t = useT();
  const account = trpc.account.get.useQuery();
  const [codes, setCodes] = useState<string[] | null>(null);
  const shown = useLast(codes);
  return (
    <ConfirmProvider>
      <PageHead title={t("nav.account")} sub={t("account.text")} />
      <div className="stack settings">
        {account.data === undefined ? (
          <Card id="profile" title={t("account.profile")}>
            <Waiting query={account} lines={4} />
          </Card>
        ) : (
          <>
            <Profile account={account.data} />
            <TwoFactor account={account.data} onCodes={setCodes} />
            <Passkeys account={account.data} onCodes={setCodes} />
          </>
        )}
        <Sessions />
      </div>
      {shown !== null && account.data !== undefined && (
        <RecoveryCodesDialog
          open={codes !== null}
          codes={shown}
          email={account.data.email}
          onClose={() => setCodes(null)}
        />
      )}
    </ConfirmProvider>
  );
}
