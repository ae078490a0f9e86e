"use client";

import { X } from "lucide-react";
import { useI18n } from "../i18n/provider";
import { Button, IconButton, LinkButton } from "../ui/button";
import type { IconShape } from "../ui/icon";
import { CHOSEN_MOST, type Selection } from "./use-selection";

/** What is chosen: ids, or all that match the list's filters. */
export type Chosen = { ids: string[] } | { all: true };

/** Something that can be done with chosen rows. */
export interface BulkAction {
  name: string;
  label: string;
  icon: IconShape;
  danger?: boolean;
  /** @param count how many are chosen, as far as the page knows */
  onChoose: (chosen: Chosen, count: { count: number; estimated: boolean }, done: () => void) => void;
}

/** How many rows are chosen, how to choose all of the page or all that match, and what can be done with them. */
export function SelectionBar({
  selection,
  shown,
  total,
  actions,
}: {
  selection: Selection;
  shown: number;
  total: { count: number; estimated: boolean };
  actions: readonly BulkAction[];
}) {
  const { t, number } = useI18n();
  if (!selection.all && selection.ids.size === 0) return null;
  const count = selection.all ? total : { count: selection.ids.size, estimated: false };
  const chosen = selection.all ? ({ all: true } as const) : { ids: [...selection.ids] };
  return (
    <div className="selbar" role="region" aria-label={t("list.selection")}>
      <b role="status">
        {selection.all
          ? t(total.estimated ? "list.chosenMore" : "list.chosenAll", { count: number(total.count) })
          : t("list.chosen", { count: number(selection.ids.size) })}
      </b>
      {!selection.all && selection.page !== "all" && (
        <LinkButton onClick={selection.togglePage}>{t("list.chooseAllOfPage", { count: number(shown) })}</LinkButton>
      )}
      {!selection.all && selection.page === "all" && (total.estimated || total.count > shown) && (
        <LinkButton onClick={selection.chooseAll}>
          {t(total.estimated ? "list.chooseMore" : "list.chooseAll", { count: number(total.count) })}
        </LinkButton>
      )}
      {selection.ids.size === CHOSEN_MOST && <span className="muted">{t("list.chosenMost")}</span>}
      <span className="row push">
        {actions.map((action) => (
          <Button
            key={action.name}
            size="sm"
            icon={action.icon}
            tone={action.danger === true ? "danger-quiet" : undefined}
            onClick={() => action.onChoose(chosen, count, selection.clear)}
          >
            {action.label}
          </Button>
        ))}
        <IconButton size="sm" icon={X} label={t("list.clearSelection")} onClick={selection.clear} />
      </span>
    </div>
  );
}
