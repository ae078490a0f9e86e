"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { useMemo } from "react";
import { columnsOf, type Column } from "../data-table/features";
import { useT } from "../i18n/provider";
import { customerName } from "../customers/customer-name";
import { isBlank, shortId } from "../lib/keys";
import type { AuditEntry } from "../trpc";
import { Avatar } from "../ui/avatar";
import { Icon } from "../ui/icon";
import { Time } from "../ui/time";
import { actorHref, auditIcon, resourceHref, resourceName, useActionName, useActorName } from "./describe";
import { Nothing } from "../ui/nothing";
import { HoverLink } from "../ui/hover-link";

/** @param href where an entry is opened, or (it is open) closed */
export function useAuditColumns(
  href: (entry: AuditEntry) => string,
  open: string | null,
  withCustomer: boolean,
): Column<AuditEntry>[] {
  const t = useT();
  const actionName = useActionName();
  const actorName = useActorName();
  return useMemo(() => {
    const column = columnsOf<AuditEntry>();
    const customer = column.display({
      id: "customer",
      meta: { label: t("audit.customer"), width: "11rem" },
      cell: ({ row: { original: entry } }) =>
        entry.customerId === null ? (
          <Nothing />
        ) : (
          <HoverLink href={`/customers/${entry.customerId}`} className="cell-link">
            <span className="trunc">
              {entry.customer === null || isBlank(customerName(entry.customer)) ? (
                <code>{shortId(entry.customerId)}</code>
              ) : (
                customerName(entry.customer)
              )}
            </span>
          </HoverLink>
        ),
    });
    return column.columns([
      column.display({
        id: "action",
        meta: { label: t("audit.what"), rowHead: true },
        cell: ({ row: { original: entry } }) => (
          <HoverLink
            href={href(entry)}
            scroll={false}
            className="row row--tight"
            aria-expanded={open === entry.id}
            aria-controls={open === entry.id ? `entry-${entry.id}` : undefined}
          >
            <Icon of={open === entry.id ? ChevronDown : ChevronRight} size="sm" />
            <Icon of={auditIcon(entry.action)} size="sm" />
            <span className="cap">{actionName(entry.action)}</span>
          </HoverLink>
        ),
      }),
      column.display({
        id: "resource",
        meta: { label: t("audit.record"), width: "12rem" },
        cell: ({ row: { original: entry } }) => {
          const text = resourceName(entry);
          return text === "" ? <Nothing /> : <LinkTo href={resourceHref(entry)} text={text} />;
        },
      }),
      column.display({
        id: "actor",
        meta: { label: t("audit.who"), width: "14rem" },
        cell: ({ row: { original: entry } }) => (
          <span className="row row--tight">
            <Avatar name={actorName(entry)} small system={entry.actorType !== "admin"} />
            <LinkTo href={actorHref(entry)} text={actorName(entry)} />
          </span>
        ),
      }),
      ...(withCustomer ? [customer] : []),
      column.display({
        id: "ip",
        meta: { label: t("audit.from"), narrow: "none", width: "10rem" },
        cell: ({ row }) => (row.original.ip === "" ? <Nothing /> : <code>{row.original.ip}</code>),
      }),
      column.display({
        id: "time",
        meta: { label: t("audit.time"), width: "7rem" },
        cell: ({ row }) => <Time value={row.original.tmCreate} as="clock" quiet />,
      }),
    ]) as Column<AuditEntry>[];
  }, [t, actionName, actorName, href, open, withCustomer]);
}

/** A name, as a way to what has it where there is one. */
const LinkTo = ({ href, text }: { href: string | null; text: string }) =>
  href === null ? (
    <span className="trunc">{text}</span>
  ) : (
    <HoverLink href={href} className="cell-link">
      <span className="trunc">{text}</span>
    </HoverLink>
  );
