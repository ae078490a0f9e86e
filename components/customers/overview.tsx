"use client";

import { CircleDashed, Clock } from "lucide-react";
import type { ReactNode } from "react";
import { BesideActivity } from "../audit/beside-activity";
import { useT } from "../i18n/provider";
import { NIL_UUID } from "@/db/uuid";
import { isBlank } from "../lib/keys";
import { isSet } from "../lib/times";
import { useRight, useSession } from "../shell/session";
import type { CustomerDetails } from "../trpc";
import { Card } from "../ui/card";
import { CopyButton, CopyId } from "../ui/copy";
import { Status } from "../ui/status";
import { Time } from "../ui/time";
import { Nothing } from "../ui/nothing";
import { PhoneNumber } from "../ui/phone-number";
import { HoverLink } from "../ui/hover-link";
import { SipCard } from "./sip-card";

/** All that is known of a customer, and what happened to it lately. */
export function Overview({ customer }: { customer: CustomerDetails }) {
  const t = useT();
  const mayEdit = useRight("customer:update") && !isSet(customer.tmDelete);
  return (
    <BesideActivity of={{ customerId: customer.id }}>
      <Card
        id="details"
        title={t("customers.details")}
        aside={
          mayEdit && (
            <HoverLink className="card__link" href={`/customers/${customer.id}/edit`}>
              {t("common.edit")}
            </HoverLink>
          )
        }
      >
        <div className="card__body card__body--list">
          <dl className="dl">
            <Row label={t("customers.name")} value={customer.name} />
            <Row label={t("customers.email")} value={customer.email} href={`mailto:${customer.email}`} />
            <dt>{t("customers.phone")}</dt>
            <dd>
              {isBlank(customer.phoneNumber) ? <Nothing /> : <PhoneNumber number={customer.phoneNumber} copyable />}
            </dd>
            <Row label={t("customers.address")} value={customer.address} />
            <Row label={t("customers.detail")} value={customer.detail} lines />
            <dt>{t("customers.webhook")}</dt>
            <dd>
              <WebhookValue method={customer.webhookMethod} uri={customer.webhookUri} />
            </dd>
            <dt>{t("customers.billing")}</dt>
            <dd>
              <BillingValue id={customer.billingAccountId} />
            </dd>
            <dt>{t("customers.id")}</dt>
            <dd>
              <span className="dl__value">
                <code>{customer.id}</code>
                <CopyButton text={customer.id} what={t("customers.id")} />
              </span>
            </dd>
            <dt>{t("customers.created")}</dt>
            <dd>
              <Time value={customer.tmCreate} as="date" />
            </dd>
            <dt>{t("customers.changed")}</dt>
            <dd>
              {isSet(customer.tmUpdate) ? (
                <Time value={customer.tmUpdate} />
              ) : (
                <span className="faint">{t("common.never")}</span>
              )}
            </dd>
          </dl>
        </div>
      </Card>
      <SipCard customer={customer} />
    </BesideActivity>
  );
}

function Row({ label, value, href, lines = false }: { label: string; value: string; href?: string; lines?: boolean }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {isBlank(value) ? (
          <Nothing />
        ) : (
          <span className="dl__value">
            <Value text={value} href={href} lines={lines} />
            <CopyButton text={value} what={label} />
          </span>
        )}
      </dd>
    </>
  );
}

function Value({ text, href, lines }: { text: string; href: string | undefined; lines: boolean }): ReactNode {
  if (href !== undefined) {
    return (
      <a className="dl__link" href={href}>
        {text}
      </a>
    );
  }
  return <span className={lines ? "lines" : undefined}>{text}</span>;
}

function WebhookValue({ method, uri }: { method: string; uri: string }) {
  const t = useT();
  if (uri === "") {
    return (
      <Status tone="idle" icon={CircleDashed}>
        {t("customers.notSet")}
      </Status>
    );
  }
  return (
    <>
      {method !== "" && <span className="tag">{method}</span>}
      <span className="dl__value">
        <code>{uri}</code>
        <CopyButton text={uri} what={t("customers.webhookUri")} />
      </span>
    </>
  );
}

/** billing-manager makes the account and tells us its id; without billing-manager there will be none. */
function BillingValue({ id }: { id: string }) {
  const t = useT();
  const { siblings } = useSession();
  if (id !== NIL_UUID) return <CopyId id={id} what={t("customers.billing")} />;
  return (
    <>
      <Status tone="idle" icon={Clock}>
        {t("customers.notYet")}
      </Status>
      <span className="faint">
        {siblings.includes("billing") ? t("customers.billingWaits") : t("customers.billingAlone")}
      </span>
    </>
  );
}
