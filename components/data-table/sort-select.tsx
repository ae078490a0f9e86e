"use client";

import { ArrowDownUp } from "lucide-react";
import { useT } from "../i18n/provider";
import { Icon } from "../ui/icon";
import type { Sort } from "./data-table";

/** The order of cards: on narrow screens there are no heads to sort by. */
export function SortSelect({
  sort,
  options,
  onSort,
}: {
  sort: Sort;
  options: readonly (Sort & { label: string })[];
  onSort: (sort: Sort) => void;
}) {
  const t = useT();
  const current = options.findIndex(({ by, direction }) => by === sort.by && direction === sort.direction);
  return (
    <label className="sort-select">
      <span className="sr">{t("list.sort")}</span>
      <Icon of={ArrowDownUp} size="sm" />
      <select
        className="select"
        value={current}
        onChange={(event) => {
          const chosen = options[Number(event.target.value)];
          if (chosen !== undefined) onSort(chosen);
        }}
      >
        {options.map(({ by, direction, label }, index) => (
          <option key={`${by} ${direction}`} value={index}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
