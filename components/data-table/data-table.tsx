"use client";

import { useTable, type Cell, type RowData } from "@tanstack/react-table";
import clsx from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import { Fragment, useMemo, type ReactNode } from "react";
import { useT } from "../i18n/provider";
import { Icon } from "../ui/icon";
import { features, type Column, type ColumnMeta, type Features } from "./features";
import { useHiddenColumns } from "./use-hidden-columns";
import { useOverflow } from "./use-overflow";
import type { Selection } from "./use-selection";

export interface Sort {
  by: string;
  direction: "asc" | "desc";
}

export interface DataTableProps<Row extends RowData> {
  /** Under which the choice of columns is kept. */
  name: string;
  /** What the rows are, for those who cannot see the table. */
  caption: string;
  columns: readonly Column<Row>[];
  /** Undefined until the first answer: then a skeleton in the shape of the table stands for it. */
  rows: readonly Row[] | undefined;
  rowId: (row: Row) => string;
  /** `is-busy`, `is-gone`, `is-bad`: what is happening to a row, as the style sheet draws it. */
  rowState?: (row: Row) => string | undefined;
  /** What rows that follow one another have in common; said once above them. */
  group?: (row: Row) => string;
  /** More about a row, in a line of its own below it. */
  detail?: (row: Row) => ReactNode;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  /** A newer answer is on its way. */
  busy?: boolean;
  skeletonRows?: number;
  /** Rows have two lines. */
  tall?: boolean;
  /** Present where rows can be chosen; with what a row is called. */
  selection?: Selection & { nameOf: (row: Row) => string };
}

/**
 * What is in a cell. Called, not mounted: columns that are made anew must not throw away what their cells hold, such as an
 * open menu.
 */
function draw<Row extends RowData>(cell: Cell<Features, Row>): ReactNode {
  const { cell: content } = cell.column.columnDef;
  return typeof content === "function" ? (content(cell.getContext()) as ReactNode) : content;
}

const NONE: readonly never[] = [];
const metaOf = (column: { columnDef: { meta?: ColumnMeta } }): ColumnMeta => column.columnDef.meta ?? { label: "" };

const classOf = (meta: ColumnMeta): string =>
  clsx(
    meta.numeric === true && "num",
    meta.actions === true && "endcell",
    meta.narrow === "none" && "hide-narrow",
    meta.narrow === "card" && "only-cards",
    meta.wholeLine === true && "span-2",
    meta.fills === true && "fill",
  );

/** A list: a table from 768 px, cards below. */
export function DataTable<Row extends RowData>({
  name,
  caption,
  columns,
  rows,
  rowId,
  rowState,
  group,
  detail,
  sort,
  onSort,
  busy = false,
  skeletonRows = 8,
  tall = false,
  selection,
}: DataTableProps<Row>) {
  const t = useT();
  const hidden = useHiddenColumns(name, columns).hidden;
  const columnVisibility = useMemo(() => Object.fromEntries([...hidden].map((id) => [id, false])), [hidden]);
  const table = useTable({
    features,
    columns: columns as Column<Row>[],
    data: rows ?? (NONE as readonly Row[]),
    getRowId: rowId,
    state: { columnVisibility },
  });
  const heads = table.getHeaderGroups()[0]?.headers ?? [];
  const [overflows, box] = useOverflow();
  return (
    <div
      ref={box}
      className={clsx("table-box", !overflows && "table-box--fits")}
      tabIndex={0}
      role="region"
      aria-label={t("list.scrolls", { caption })}
      aria-busy={busy || rows === undefined}
    >
      <table
        className={clsx(
          "table table--cards",
          tall && "table--tall",
          selection !== undefined && "table--ticks",
          busy && "is-waiting",
        )}
      >
        <caption className="sr">{caption}</caption>
        <thead>
          <tr>
            {selection !== undefined && (
              <th scope="col" className="tickcell">
                <Tick
                  label={t("list.choosePage")}
                  checked={selection.page === "all" ? true : selection.page === "some" ? "mixed" : false}
                  onToggle={selection.togglePage}
                />
              </th>
            )}
            {heads.map((head) => {
              const meta = metaOf(head.column);
              const current = sort !== undefined && meta.sort === sort.by;
              return (
                <th
                  key={head.id}
                  scope="col"
                  className={classOf(meta)}
                  style={meta.width === undefined ? undefined : { width: meta.width }}
                  aria-sort={current ? (sort.direction === "asc" ? "ascending" : "descending") : undefined}
                >
                  {meta.sort === undefined || onSort === undefined ? (
                    <span className={meta.actions === true ? "sr" : undefined}>{meta.label}</span>
                  ) : (
                    <SortButton label={meta.label} by={meta.sort} sort={current ? sort : undefined} onSort={onSort} />
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows === undefined
            ? Array.from({ length: skeletonRows }, (_, index) => (
                <tr key={index} className="late" aria-hidden>
                  {selection !== undefined && <td className="tickcell" />}
                  {heads.map((head) => (
                    <td key={head.id}>
                      <span className="sk" style={{ width: `${[64, 48, 72, 56][index % 4]}%` }} />
                    </td>
                  ))}
                </tr>
              ))
            : table.getRowModel().rows.map((row, index, all) => {
                const more = detail?.(row.original);
                const head = group?.(row.original);
                const before = all[index - 1];
                return (
                  <Fragment key={row.id}>
                    {head !== undefined && (before === undefined || group?.(before.original) !== head) && (
                      <tr className="is-group">
                        <th scope="rowgroup" colSpan={heads.length + (selection === undefined ? 0 : 1)}>
                          {head}
                        </th>
                      </tr>
                    )}
                    <tr
                      className={rowState?.(row.original)}
                      data-chosen={selection?.has(row.id) === true ? true : undefined}
                    >
                      {selection !== undefined && (
                        <td className="tickcell">
                          <Tick
                            label={t("list.choose", { name: selection.nameOf(row.original) })}
                            checked={selection.has(row.id)}
                            onToggle={(range) => selection.toggle(row.id, range)}
                          />
                        </td>
                      )}
                      {row.getVisibleCells().map((cell) => {
                        const meta = metaOf(cell.column);
                        const className = classOf(meta);
                        return meta.rowHead === true ? (
                          <th key={cell.id} scope="row" className={className} style={{ maxWidth: meta.width }}>
                            {draw(cell)}
                          </th>
                        ) : (
                          <td
                            key={cell.id}
                            className={className}
                            style={meta.actions === true ? undefined : { maxWidth: meta.width }}
                            data-label={meta.actions === true ? undefined : meta.label}
                          >
                            {draw(cell)}
                          </td>
                        );
                      })}
                    </tr>
                    {more !== undefined && more !== null && (
                      <tr className="is-detail">
                        <td colSpan={heads.length + (selection === undefined ? 0 : 1)}>{more}</td>
                      </tr>
                    )}
                  </Fragment>
                );
              })}
        </tbody>
      </table>
    </div>
  );
}

function SortButton({
  label,
  by,
  sort,
  onSort,
}: {
  label: string;
  by: string;
  sort: Sort | undefined;
  onSort: (sort: Sort) => void;
}) {
  const next = sort === undefined ? (by === "name" ? "asc" : "desc") : sort.direction === "asc" ? "desc" : "asc";
  return (
    <button type="button" className="sort" onClick={() => onSort({ by, direction: next })}>
      {label}
      <Icon of={(sort?.direction ?? next) === "asc" ? ArrowUp : ArrowDown} />
    </button>
  );
}

/** Chooses a row; with Shift, from the last one chosen to this one. */
function Tick({
  label,
  checked,
  onToggle,
}: {
  label: string;
  checked: boolean | "mixed";
  onToggle: (range: boolean) => void;
}) {
  return (
    <label className="check tick">
      <input
        type="checkbox"
        aria-label={label}
        checked={checked === true}
        ref={(input) => {
          if (input !== null) input.indeterminate = checked === "mixed";
        }}
        onChange={(event) => {
          const { nativeEvent } = event;
          onToggle(nativeEvent instanceof MouseEvent && nativeEvent.shiftKey);
        }}
      />
    </label>
  );
}
