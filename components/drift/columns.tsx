"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { useMemo } from "react";
import { columnsOf, type Column } from "../data-table/features";
import { useT } from "../i18n/provider";
import type { DriftFinding } from "../trpc";
import { HoverLink } from "../ui/hover-link";
import { Icon } from "../ui/icon";
import { Time } from "../ui/time";
import { KindBadge } from "./kinds";

/** `ps_auths password` */
export const differenceText = ({ differences }: DriftFinding): string =>
  differences.map(({ table, columns }) => [table, ...columns].join(" ")).join(", ");

/** @param href where a finding is opened, or (it is open) closed */
export function useDriftColumns(href: (finding: DriftFinding) => string, open: string | null): Column<DriftFinding>[] {
  const t = useT();
  return useMemo(() => {
    const column = columnsOf<DriftFinding>();
    return column.columns([
      column.display({
        id: "subject",
        meta: { label: t("drift.subject"), rowHead: true },
        cell: ({ row: { original: finding } }) => (
          <HoverLink
            href={href(finding)}
            scroll={false}
            className="row row--tight"
            aria-expanded={open === finding.id}
            aria-controls={open === finding.id ? `finding-${finding.id}` : undefined}
          >
            <Icon of={open === finding.id ? ChevronDown : ChevronRight} size="sm" />
            <code className="wrap">{finding.subject}</code>
          </HoverLink>
        ),
      }),
      column.display({
        id: "kind",
        meta: { label: t("drift.kind"), width: "14rem" },
        cell: ({ row }) => <KindBadge kind={row.original.kind} />,
      }),
      column.display({
        id: "differences",
        meta: { label: t("drift.differs"), width: "18rem", narrow: "none" },
        cell: ({ row }) => <code className="trunc muted">{differenceText(row.original)}</code>,
      }),
      column.display({
        id: "found",
        meta: { label: t("drift.found"), width: "9rem" },
        cell: ({ row }) => <Time value={row.original.tmFound} quiet />,
      }),
    ]) as Column<DriftFinding>[];
  }, [t, href, open]);
}
