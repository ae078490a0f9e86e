"use client";

import { Download } from "lucide-react";
import type { RowData } from "@tanstack/react-table";
import { useT } from "../i18n/provider";
import { Icon } from "../ui/icon";
import type { Column } from "./features";
import { useHiddenColumns } from "./use-hidden-columns";

/** A list as CSV: all that match the present filters, in the columns that are shown. */
export function ExportLink<Row extends RowData>({
  name,
  list,
  input,
  columns,
}: {
  /** Of the list at /api/export/. */
  name: string;
  /** Under which the choice of columns is kept. */
  list: string;
  /** The list's request. */
  input: object;
  columns: readonly Column<Row>[];
}) {
  const t = useT();
  const { hidden } = useHiddenColumns(list, columns);
  const shown = columns.flatMap(({ id }) => (id === undefined || hidden.has(id) ? [] : [id]));
  const query = new URLSearchParams({ input: JSON.stringify({ ...input, cursor: undefined }), columns: shown.join() });
  return (
    <a className="btn btn--sm" href={`/api/export/${name}?${query.toString()}`} download title={t("list.exportHint")}>
      <Icon of={Download} />
      <span className="btn__wide">{t("list.export")}</span>
    </a>
  );
}
