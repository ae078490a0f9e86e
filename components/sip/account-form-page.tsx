"use client";

import type { ReactNode } from "react";
import { useT } from "../i18n/provider";
import { PageHead } from "../shell/page-head";
import { accountHref, accountsHref, type Account, type AccountKind } from "./account";

/** The page around an account's form. @param account the one that is changed; undefined for a new one */
export function AccountFormPage({
  kind,
  account,
  children,
}: {
  kind: AccountKind;
  account?: Account;
  children: ReactNode;
}) {
  const t = useT();
  const list = { text: t(`${kind}s.title`), href: accountsHref(kind) };
  const head =
    account === undefined
      ? { title: t(`${kind}s.create`), sub: t(`${kind}s.createText`), crumbs: [{ text: t(`${kind}s.create`) }] }
      : {
          title: t(`${kind}s.editNamed`, { name: account.name }),
          crumbs: [{ text: account.identifier, href: accountHref(account) }, { text: t("common.edit") }],
        };
  return (
    <div className="narrow">
      <PageHead {...head} crumbs={{ label: t("shell.breadcrumb"), items: [list, ...head.crumbs] }} />
      {children}
    </div>
  );
}
