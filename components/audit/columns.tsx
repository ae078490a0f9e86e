"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useMemo } from "react";
import { columnsOf, type Column } from "../data-table/features";
import { useT } from "../i18n/provider";
import type { AuditEntry } from "../trpc";
import { Avatar } from "../ui/avatar";
import { CopyId } from "../ui/copy";
import { Icon } from "../ui/icon";
import { Time } from "../ui/time";
import { auditIcon, resourceHref, resourceName, useActionName, useActorName } from "./describe";
import { Nothing } from "../ui/nothing";

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
          <span className="row row--tight">
            <CopyId id={entry.customerId} what={t("customers.id")} />
          </span>
        ),
    });
    return column.columns([
      column.display({
        id: "action",
        meta: { label: t("audit.what"), rowHead: true },
        cell: ({ row: { original: entry } }) => (
          <Link
            href={href(entry)}
            scroll={false}
            prefetch={false}
            className="row row--tight"
            aria-expanded={open === entry.id}
            aria-controls={open === entry.id ? `entry-${entry.id}` : undefined}
          >
            <Icon of={open === entry.id ? ChevronDown : ChevronRight} size="sm" />
            <Icon of={auditIcon(entry.action)} size="sm" />
            <span className="cap">{actionName(entry.action)}</span>
          </Link>
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
            <Link href={to} className="cell-link" prefetch={false}>
              <span className="trunc">{text}</span>
            </Link>
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
        meta: { label: t("audit.from"), wideOnly: true, width: "10rem" },
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
