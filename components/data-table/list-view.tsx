"use client";

import type { RowData } from "@tanstack/react-table";
import { ArrowUp, SearchX } from "lucide-react";
import { useCallback, useMemo, type ReactNode } from "react";
import { useI18n } from "../i18n/provider";
import { Button } from "../ui/button";
import { FailedState } from "../ui/failed-state";
import { Icon } from "../ui/icon";
import { State } from "../ui/state";
import { ColumnsMenu } from "./columns-menu";
import { DataTable, type DataTableProps, type Sort } from "./data-table";
import { ExportLink } from "./export-link";
import { FilterChips } from "./filter-chips";
import { PAGE_SIZES } from "./list-params";
import { Pager } from "./pager";
import { SearchField } from "./search-field";
import { SelectionBar, type BulkAction } from "./selection-bar";
import { SortSelect } from "./sort-select";
import { useHeldRows } from "./use-held-rows";
import { useSelection } from "./use-selection";
import type { List } from "./use-list";

/** The answer of every list procedure. */
export interface ListAnswer<Row> {
  items: Row[];
  /** Cursors of the neighbours; null where there is none. */
  next: string | null;
  previous: string | null;
  /** How many match; `estimated`: at least so many. */
  total: { count: number; estimated: boolean };
}

/** What a list needs to know beyond its columns. */
export interface ListViewProps<Row extends RowData> extends Pick<
  DataTableProps<Row>,
  "caption" | "columns" | "rowState" | "group" | "detail" | "tall" | "skeletonRows"
> {
  list: List;
  /** The request's answer; keep the previous one while the next is on its way (`keepPreviousData`). */
  query: { data?: ListAnswer<Row>; error: unknown; isPlaceholderData: boolean; refetch: () => unknown };
  /** What the list is called, for those who cannot see it. */
  label: string;
  rowId: (row: Row) => string;
  /** What of a row is marked when somebody else changes it; all of it where nothing is said. */
  noted?: (row: Row) => unknown;
  /** Label of the search field; absent where there is nothing to search. */
  search?: string;
  /** Orders that can be chosen where there are no heads to click. */
  sorts?: readonly (Sort & { label: string })[];
  /** What stands in place of a list that is empty without any filter. */
  empty: ReactNode;
  /** What can be done with chosen rows (see useBulk), and what a row is called; absent where nothing can. */
  bulk?: { actions: readonly BulkAction[]; dialog?: ReactNode; nameOf: (row: Row) => string };
  /** The list at /api/export/, and the list's request; absent where it cannot be had as CSV. */
  exports?: { name: string; input: object } | null;
  /** At the end of the toolbar. */
  tools?: ReactNode;
  /** Below the table, in its card. */
  foot?: ReactNode;
}

/** A list from its filters to its pager. Filters, sort and page are in the address; see {@link useList}. */
export function ListView<Row extends RowData>({
  list,
  query,
  label,
  rowId,
  noted,
  rowState,
  search,
  sorts,
  empty,
  bulk,
  exports,
  tools,
  foot,
  columns,
  ...table
}: ListViewProps<Row>) {
  const { t } = useI18n();
  const { data } = query;
  const held = useHeldRows(`${list.query} ${list.params.cursor} ${list.params.size}`, data?.items, rowId, noted);
  const rows = held.rows;
  const shown = useMemo(() => (rows ?? []).map(rowId), [rows, rowId]);
  const chosen = useSelection(list.query, shown);
  const actions = bulk?.actions ?? [];
  const nameOf = bulk?.nameOf;
  const selection = useMemo(
    () => (nameOf === undefined || actions.length === 0 ? undefined : { ...chosen, nameOf }),
    [chosen, nameOf, actions.length],
  );
  const stateOf = useCallback(
    (row: Row) => {
      const id = rowId(row);
      const own = rowState?.(row);
      if (own !== undefined) return own;
      return held.left.has(id) ? "is-gone" : held.changed.has(id) ? "is-changed" : undefined;
    },
    [rowId, rowState, held.left, held.changed],
  );
  return (
    <>
      <div className="toolbar">
        {search !== undefined && <SearchField label={search} value={list.search} onChange={list.setSearch} />}
        <FilterChips fields={list.fields} values={list.filters} onChange={list.setFilter} onClear={list.clear} />
        <div className="row push">
          {sorts !== undefined && list.sort !== undefined && (
            <SortSelect sort={list.sort} options={sorts} onSort={list.setSort} />
          )}
          <ColumnsMenu name={list.name} columns={columns} />
          {exports !== undefined && exports !== null && (
            <ExportLink name={exports.name} list={list.name} input={exports.input} columns={columns} />
          )}
          {tools}
        </div>
      </div>
      <section className="table-card" aria-label={label}>
        {query.error !== null && data === undefined ? (
          <FailedState error={query.error} onRetry={() => query.refetch()} />
        ) : data !== undefined && rows?.length === 0 ? (
          list.narrowed ? (
            <NothingMatches onClear={list.clear} />
          ) : (
            empty
          )
        ) : (
          <>
            {selection !== undefined && data !== undefined && (
              <SelectionBar selection={chosen} shown={shown.length} total={data.total} actions={actions} />
            )}
            {held.waiting > 0 && (
              <div className="livebar" role="status">
                <button type="button" className="link" onClick={held.showLatest}>
                  <Icon of={ArrowUp} size="sm" />
                  {t("list.changesWaiting", { count: held.waiting })}
                </button>
              </div>
            )}
            <DataTable
              {...table}
              name={list.name}
              columns={columns}
              rows={rows}
              rowId={rowId}
              rowState={stateOf}
              sort={list.sort}
              onSort={list.sort === undefined ? undefined : list.setSort}
              busy={query.isPlaceholderData}
              selection={selection}
            />
            {data !== undefined && (
              <Pager
                shown={data.items.length}
                total={data.total}
                previous={data.previous === null ? null : list.href({ cursor: data.previous })}
                next={data.next === null ? null : list.href({ cursor: data.next })}
                size={list.params.size}
                onSize={(size) => list.set({ size: PAGE_SIZES.find((each) => each === size) ?? null })}
              />
            )}
            {foot}
          </>
        )}
      </section>
      {bulk?.dialog}
    </>
  );
}

function NothingMatches({ onClear }: { onClear: () => void }) {
  const { t } = useI18n();
  return (
    <State icon={SearchX} title={t("list.nothingTitle")} text={t("list.nothingText")}>
      <span className="row">
        <Button onClick={onClear}>{t("list.clearFilters")}</Button>
      </span>
    </State>
  );
}
