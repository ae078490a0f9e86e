"use client";

import type { ReactNode } from "react";
import { useT } from "../i18n/provider";
import { isBlank } from "../lib/keys";
import { isSet } from "../lib/times";
import { useRight } from "../shell/session";
import { Card } from "../ui/card";
import { Nothing } from "../ui/nothing";
import { Time } from "../ui/time";
import type { Account } from "./account";

/** What is set of an account. @param children the rows of its kind, before those that every account has */
export function AccountSettings({
  account: { kind, password },
  record: { detail, tmCreate, tmUpdate },
  children,
}: {
  account: Account;
  record: { detail: string; tmCreate: string; tmUpdate: string };
  children: ReactNode;
}) {
  const t = useT();
  const mayReveal = useRight(`${kind}:reveal`);
  return (
    <Card id="settings" title={t(`${kind}s.settings`)}>
      <div className="card__body card__body--list">
        <dl className="dl">
          {children}
          {password && (
            <>
              <dt>{t("sip.password")}</dt>
              <dd className="muted">{t(mayReveal ? "sip.hiddenUntilShown" : "sip.hiddenFromYou")}</dd>
            </>
          )}
          <dt>{t("sip.detail")}</dt>
          <dd>{isBlank(detail) ? <Nothing /> : <span className="lines">{detail}</span>}</dd>
          <dt>{t("sip.created")}</dt>
          <dd>
            <Time value={tmCreate} as="date" />
          </dd>
          <dt>{t("sip.changed")}</dt>
          <dd>{isSet(tmUpdate) ? <Time value={tmUpdate} /> : <span className="faint">{t("common.never")}</span>}</dd>
        </dl>
      </div>
    </Card>
  );
}
