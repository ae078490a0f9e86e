"use client";

import type { RowData } from "@tanstack/react-table";
import type { ReactNode } from "react";
import { useI18n } from "../i18n/provider";
import { PageHead } from "../shell/page-head";
import { ListView, type ListViewProps } from "./list-view";
import type { Column } from "./features";
import { FollowedView, useSavedViews } from "./saved-view";
import { useHiddenColumns } from "./use-hidden-columns";
import type { List } from "./use-list";
import { ViewTabs, type BuiltInView } from "./view-tabs";

/** A page that is a list: its head with the count of all there is, its views, the list. */
export function ListPage<Row extends RowData>({
  title,
  actions,
  views,
  counted = true,
  above,
  ...rest
}: ListViewProps<Row> & {
  title: string;
  actions?: ReactNode;
  /** Beside which the saved views stand. */
  views: readonly BuiltInView[];
  /** Whether the rows without a filter are all there is, so that their count belongs into the title. */
  counted?: boolean;
  /** Between the head and the list: what the rows come to as a whole. */
  above?: ReactNode;
}) {
  const { t, number } = useI18n();
  const total = counted && !rest.list.narrowed ? rest.query.data?.total : undefined;
  return (
    <>
      <PageHead
        title={
          <>
            {title}{" "}
            {total !== undefined && (
              <span className="count">
                {t(total.estimated ? "list.moreThan" : "list.exactly", {
                  count: number(total.count),
                })}
              </span>
            )}
          </>
        }
        actions={actions}
      />
      {above}
      <FollowedView value={useSavedViews(rest.list).followed}>
        <Views list={rest.list} views={views} columns={rest.columns} />
        <ListView {...rest} />
      </FollowedView>
    </>
  );
}

function Views<Row extends RowData>({
  list,
  views,
  columns,
}: {
  list: List;
  views: readonly BuiltInView[];
  columns: readonly Column<Row>[];
}) {
  const { hidden, reset } = useHiddenColumns(list.name, columns);
  return <ViewTabs list={list} views={views} hidden={[...hidden]} forgetHidden={reset} />;
}
