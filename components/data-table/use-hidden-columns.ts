"use client";

import type { RowData } from "@tanstack/react-table";
import { useMemo } from "react";
import { usePreferences } from "../shell/preferences";
import type { Column } from "./features";

/** Which columns of a table are switched off, and how to change that. The choice is kept on this device. */
export function useHiddenColumns<Row extends RowData>(name: string, columns: readonly Column<Row>[]) {
  const { preferences, change } = usePreferences();
  const chosen = preferences.hidden[name];
  const hidden = useMemo(
    () =>
      new Set(
        chosen ??
          columns.flatMap((column) =>
            column.meta?.offByDefault === true && column.id !== undefined ? [column.id] : [],
          ),
      ),
    [chosen, columns],
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
