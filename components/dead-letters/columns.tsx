"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { useMemo } from "react";
import { columnsOf, type Column } from "../data-table/features";
import { useI18n } from "../i18n/provider";
import type { DeadLetter } from "../trpc";
import { HoverLink } from "../ui/hover-link";
import { Icon } from "../ui/icon";
import { Time } from "../ui/time";

/** Bytes as people read them. */
export function sizeText(format: string, bytes: number): string {
  const big = bytes >= 1_000;
  const number = new Intl.NumberFormat(format, { maximumFractionDigits: 1 }).format(big ? bytes / 1_000 : bytes);
  return `${number} ${big ? "kB" : "B"}`;
}

/** @param href where a letter is opened, or (it is open) closed */
export function useDeadLetterColumns(href: (letter: DeadLetter) => string, open: string | null): Column<DeadLetter>[] {
  const { t, format } = useI18n();
  return useMemo(() => {
    const column = columnsOf<DeadLetter>();
    return column.columns([
      column.display({
        id: "reason",
        meta: { label: t("letters.reason"), rowHead: true },
        cell: ({ row: { original: letter } }) => (
          <HoverLink
            href={href(letter)}
            scroll={false}
            className="row row--tight"
            aria-expanded={open === letter.id}
            aria-controls={open === letter.id ? `letter-${letter.id}` : undefined}
          >
            <Icon of={open === letter.id ? ChevronDown : ChevronRight} size="sm" />
            <span className="wrap">{letter.reason === "" ? t("letters.noReason") : letter.reason}</span>
          </HoverLink>
        ),
      }),
      column.display({
        id: "queue",
        meta: { label: t("letters.queue"), width: "18rem", wholeLine: true },
        cell: ({ row }) => <code className="wrap">{row.original.queue}</code>,
      }),
      column.display({
        id: "excerpt",
        meta: { label: t("letters.excerpt"), width: "20rem", narrow: "none" },
        cell: ({ row }) => (
          <code className="trunc muted">{row.original.excerpt.replace(/\s+/g, " ").slice(0, 160)}</code>
        ),
      }),
      column.display({
        id: "died",
        meta: { label: t("letters.firstDeath"), width: "8.5rem" },
        cell: ({ row: { original: letter } }) => (
          <div className="two">
            <Time value={letter.firstDeath} quiet />
            <span>{letter.deaths > 1 ? t("letters.deaths", { count: letter.deaths }) : ""}</span>
          </div>
        ),
      }),
      column.display({
        id: "size",
        meta: { label: t("letters.size"), numeric: true, width: "6rem" },
        cell: ({ row }) => sizeText(format, row.original.size),
      }),
    ]) as Column<DeadLetter>[];
  }, [t, format, href, open]);
}
