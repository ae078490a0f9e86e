"use client";

import type { RowData } from "@tanstack/react-table";
import { Columns3, RotateCcw, Rows3, Rows4 } from "lucide-react";
import { useT } from "../i18n/provider";
import { usePreferences } from "../shell/preferences";
import { Button } from "../ui/button";
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuSeparator } from "../ui/menu";
import type { Column } from "./features";
import { useHiddenColumns } from "./use-hidden-columns";

/** Which columns are shown, and how dense. */
export function ColumnsMenu<Row extends RowData>({ name, columns }: { name: string; columns: readonly Column<Row>[] }) {
  const t = useT();
  const { hidden, show, reset } = useHiddenColumns(name, columns);
  const { preferences, change } = usePreferences();
  const compact = preferences.density === "compact";
  const choices = columns.flatMap(({ id, meta }) =>
    id === undefined || meta === undefined || meta.rowHead === true || meta.actions === true
      ? []
      : [{ id, label: meta.label }],
  );
  return (
    <Menu
      trigger={
        <Button size="sm" icon={Columns3}>
          <span className="btn__wide">{t("list.columns")}</span>
        </Button>
      }
      label={t("list.shownColumns")}
    >
      {choices.map(({ id, label }) => (
        <MenuCheck key={id} checked={!hidden.has(id)} onChange={(shown) => show(id, shown)}>
          {label}
        </MenuCheck>
      ))}
      <MenuSeparator />
      <MenuLabel>{t("settings.density")}</MenuLabel>
      <MenuItem icon={compact ? Rows3 : Rows4} onSelect={() => change({ density: compact ? "normal" : "compact" })}>
        {compact ? t("list.makeNormal") : t("list.makeCompact")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={RotateCcw} onSelect={reset}>
        {t("list.defaultColumns")}
      </MenuItem>
    </Menu>
  );
}
