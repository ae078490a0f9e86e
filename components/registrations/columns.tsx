"use client";

import { useMemo } from "react";
import { columnsOf, type Column } from "../data-table/features";
import { useT } from "../i18n/provider";
import { isBlank } from "../lib/keys";
import { CustomerLink } from "../sip/customer-link";
import type { Registration } from "../trpc";
import { CopyButton } from "../ui/copy";
import { HoverLink } from "../ui/hover-link";
import { Nothing } from "../ui/nothing";
import { Time } from "../ui/time";
import { TimeLeft } from "./time-left";

/** @param withCustomer whether it is said whose each phone is */
export function useRegistrationColumns(withCustomer: boolean): Column<Registration>[] {
  const t = useT();
  return useMemo(() => {
    const column = columnsOf<Registration>();
    const customer = column.display({
      id: "customer",
      meta: { label: t("registrations.customer"), width: "9rem" },
      cell: ({ row: { original: each } }) =>
        each.customerId === null ? <Nothing /> : <CustomerLink id={each.customerId} name={each.customerName} />,
    });
    return column.columns([
      column.display({
        id: "extension",
        meta: { label: t("registrations.extension"), rowHead: true, width: "11rem" },
        cell: ({ row }) => <ExtensionCell registration={row.original} />,
      }),
      ...(withCustomer ? [customer] : []),
      column.display({
        id: "address",
        meta: { label: t("registrations.address"), width: "12.5rem" },
        cell: ({ row: { original: each } }) => (
          <span className="copy">
            <code className="trunc" title={each.via === "" ? each.uri : t("registrations.via", { via: each.via })}>
              {each.address}
            </code>
            <CopyButton text={each.address} what={`${t("registrations.address")} ${each.address}`} />
          </span>
        ),
      }),
      column.display({
        id: "userAgent",
        meta: { label: t("registrations.userAgent"), fills: true },
        cell: ({ row: { original: each } }) =>
          isBlank(each.userAgent) ? (
            <span className="faint">{t("registrations.noAgent")}</span>
          ) : (
            <span className="trunc" title={each.userAgent}>
              {each.userAgent}
            </span>
          ),
      }),
      column.display({
        id: "transport",
        meta: { label: t("registrations.transport"), width: "6.5rem", narrow: "card" },
        cell: ({ row }) => row.original.transport.toUpperCase(),
      }),
      column.display({
        id: "left",
        meta: { label: t("registrations.left"), width: "6.5rem", narrow: "card" },
        cell: ({ row }) => <TimeLeft value={row.original.tmExpire} />,
      }),
      column.display({
        id: "node",
        meta: { label: t("registrations.node"), width: "9rem", narrow: "card" },
        cell: ({ row: { original: each } }) =>
          each.node === "" ? <Nothing /> : <span className="trunc">{each.node}</span>,
      }),
      column.display({
        id: "since",
        meta: { label: t("registrations.since"), width: "8.5rem", sort: "tmRegister", narrow: "card" },
        cell: ({ row }) => <Time value={row.original.tmRegister} quiet />,
      }),
      column.display({
        id: "contact",
        meta: { label: t("registrations.id"), offByDefault: true, narrow: "none", width: "14rem" },
        cell: ({ row: { original: each } }) => (
          <span className="copy">
            <code className="trunc" title={each.uri}>
              {each.uri}
            </code>
            <CopyButton text={each.uri} what={`${t("registrations.id")} ${each.uri}`} />
          </span>
        ),
      }),
    ]) as Column<Registration>[];
  }, [t, withCustomer]);
}

/** The number as a way to its page, and what it is called. */
function ExtensionCell({ registration: each }: { registration: Registration }) {
  const t = useT();
  return (
    <div className="two">
      {each.extensionId === null ? (
        <span className="trunc" title={each.endpointId}>
          {each.extension}
        </span>
      ) : (
        <HoverLink href={`/sip/extensions/${each.extensionId}`} className="trunc">
          {each.extension}
        </HoverLink>
      )}
      <span className="trunc" title={each.endpointId}>
        {each.extensionId === null ? t("registrations.unknownExtension") : each.extensionName}
      </span>
    </div>
  );
}
