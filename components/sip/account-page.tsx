"use client";

import { Info } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Rich, useT } from "../i18n/provider";
import { isSet } from "../lib/times";
import { useOnceOpen } from "../lib/use-once-open";
import { PageHead } from "../shell/page-head";
import { CopyId } from "../ui/copy";
import { Note } from "../ui/note";
import { Time } from "../ui/time";
import { accountsHref, type Account } from "./account";
import { PageActions } from "./account-actions";
import { AccountPassword, type ShownPassword } from "./account-password";
import { CustomerLink } from "./customer-link";
import type { SipDialog } from "./dialogs";
import { useSipDialog } from "./use-dialog";

/** What a page has to do with its account's dialogs. */
export interface AccountDialogProps {
  /** The one that is open. */
  dialog: SipDialog | null;
  onClose: () => void;
  onPassword: (shown: ShownPassword) => void;
}

/** The page of one account: what it is, what can be done with it, and the dialogs for that. */
export function AccountPage({
  account,
  badge,
  actions,
  dialogs,
  besidePassword,
  children,
}: {
  account: Account;
  badge: ReactNode;
  /** Before those that every account has. */
  actions?: ReactNode;
  /** Drawn from the first time on that one is open. */
  dialogs: (props: AccountDialogProps) => ReactNode;
  /** What else can be done with a new password. */
  besidePassword?: ReactNode;
  children: ReactNode;
}) {
  const t = useT();
  const dialog = useSipDialog();
  const [shown, setShown] = useState<ShownPassword | null>(null);
  const asked = useOnceOpen(dialog.current !== null);
  const { kind, id, name, identifier, customerId, customerName, tmDelete } = account;
  return (
    <>
      <PageHead
        crumbs={{
          label: t("shell.breadcrumb"),
          items: [{ text: t(`${kind}s.title`), href: accountsHref(kind) }, { text: identifier }],
        }}
        title={name}
        badge={badge}
        meta={
          <>
            <CustomerLink id={customerId} name={customerName} />
            <CopyId id={id} what={t(`${kind}s.id`)} />
          </>
        }
        actions={
          <>
            {actions}
            <PageActions account={account} onOpen={dialog.open} />
          </>
        }
      />
      {isSet(tmDelete) && (
        <div className="deletion">
          <Note icon={Info}>
            <p>
              <Rich id={`${kind}s.deletedAt`} parts={{ when: <Time value={tmDelete} /> }} />
            </p>
          </Note>
        </div>
      )}
      {children}
      {asked && dialogs({ dialog: dialog.current, onClose: dialog.close, onPassword: setShown })}
      <AccountPassword kind={kind} shown={shown} onClose={() => setShown(null)}>
        {besidePassword}
      </AccountPassword>
    </>
  );
}
