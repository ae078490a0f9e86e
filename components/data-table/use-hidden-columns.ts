"use client";

import type { RowData } from "@tanstack/react-table";
import { useContext, useMemo } from "react";
import { usePreferences } from "../shell/preferences";
import type { Column } from "./features";
import { FollowedView } from "./saved-view";

/**
 * Which columns of a table are switched off, and how to change that. The choice is kept on this device; a saved view has
 * its own, from which the device's may differ until it is saved.
 */
export function useHiddenColumns<Row extends RowData>(list: string, columns: readonly Column<Row>[]) {
  const { preferences, change } = usePreferences();
  const view = useContext(FollowedView);
  const name = view === null ? list : `${list}:${view.id}`;
  const chosen = preferences.hidden[name];
  const hidden = useMemo(
    () =>
      new Set(
        chosen ??
          view?.hidden ??
          columns.flatMap((column) =>
            column.meta?.offByDefault === true && column.id !== undefined ? [column.id] : [],
          ),
      ),
    [chosen, view, columns],
  );
  return {
    hidden,
    show: (id: string, shown: boolean) => {
      const next = new Set(hidden);
      if (shown) next.delete(id);
      else next.add(id);
      change({ hidden: { ...preferences.hidden, [name]: [...next] } });
    },
    reset: () => {
      const { [name]: _, ...rest } = preferences.hidden;
      change({ hidden: rest });
    },
  };
}
