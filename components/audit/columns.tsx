"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { useMemo } from "react";
import { columnsOf, type Column } from "../data-table/features";
import { useT } from "../i18n/provider";
import { shortId } from "../lib/keys";
import type { AuditEntry } from "../trpc";
import { Avatar } from "../ui/avatar";
import { Icon } from "../ui/icon";
import { Time } from "../ui/time";
import { auditIcon, resourceHref, resourceName, useActionName, useActorName } from "./describe";
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
            <code>{shortId(entry.customerId)}</code>
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
        meta: { label: t("audit.record") },
        cell: ({ row: { original: entry } }) => {
          const to = resourceHref(entry);
          const text = resourceName(entry);
          if (text === "") return <Nothing />;
          return to === null ? (
            <span className="trunc">{text}</span>
          ) : (
            <HoverLink href={to} className="cell-link">
              <span className="trunc">{text}</span>
            </HoverLink>
          );
        },
      }),
      column.display({
        id: "actor",
        meta: { label: t("audit.who"), width: "14rem" },
        cell: ({ row: { original: entry } }) => (
          <span className="row row--tight">
            <Avatar name={actorName(entry)} small system={entry.actorType !== "admin"} />
            <span className="trunc">{actorName(entry)}</span>
          </span>
        ),
      }),
      ...(withCustomer ? [customer] : []),
      column.display({
        id: "ip",
        meta: { label: t("audit.from"), below1024: "none", width: "10rem" },
        cell: ({ row }) => (row.original.ip === "" ? <Nothing /> : <code>{row.original.ip}</code>),
      }),
      column.display({
        id: "time",
        meta: { label: t("audit.time"), width: "11rem" },
        cell: ({ row }) => <Time value={row.original.tmCreate} as="second" quiet />,
      }),
    ]) as Column<AuditEntry>[];
  }, [t, actionName, actorName, href, open, withCustomer]);
}
