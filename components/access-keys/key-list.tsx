"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { Building2, CircleCheck, KeyRound, Plus, SearchX } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { UUID } from "@/db/uuid";
import { ColumnsMenu } from "../data-table/columns-menu";
import { DataTable, type Sort } from "../data-table/data-table";
import { FilterChips } from "../data-table/filter-chips";
import type { FilterField } from "../data-table/filter-field";
import { PAGE_SIZES } from "../data-table/list-params";
import { Pager } from "../data-table/pager";
import { SearchField } from "../data-table/search-field";
import { SortSelect } from "../data-table/sort-select";
import { useI18n, useT } from "../i18n/provider";
import { isSet } from "../lib/times";
import { PageHead } from "../shell/page-head";
import { useRight, useSession } from "../shell/session";
import { trpc } from "../trpc";
import { Button, ButtonLink } from "../ui/button";
import { FailedState } from "../ui/failed-state";
import { HoverLink } from "../ui/hover-link";
import { State } from "../ui/state";
import { useAccessKeyColumns } from "./columns";
import { KEY_SORTS, KEY_VIEWS, keyListHref, keyListParams, orderOf, sortsOf, toKeyListInput } from "./list-input";
import type { KeyView } from "./list-input";
import { useKeyDialogs } from "./use-key-dialogs";

const START = { cursor: null } as const;

/** The live keys of all customers whom the person may see. */
export function KeyList() {
  const { t, format } = useI18n();
  const { tenant } = useSession();
  const mayCreate = useRight("access-key:create");
  const [params, setParams] = useQueryStates(keyListParams, { history: "push" });
  const list = trpc.accessKey.list.useQuery(toKeyListInput(params), { placeholderData: keepPreviousData });
  const { onDialog, element } = useKeyDialogs();
  const sorts = sortsOf(params.view);
  const columns = useAccessKeyColumns({ onDialog, withCustomer: tenant.all, sorts });
  const fields = useFilterFields(tenant.all);
  const sort: Sort = orderOf(params);
  const onSort = ({ by, direction }: Sort) =>
    void setParams({ sort: KEY_SORTS.find((each) => each === by) ?? null, direction, ...START });
  const href = (change: Partial<typeof params>) => `/access-keys${keyListHref({ ...params, ...change })}`;
  const narrowed = params.q !== "" || params.customer !== "";
  const clear = () => void setParams({ q: null, customer: null, ...START });
  const data = list.data;
  return (
    <>
      <PageHead
        title={
          <>
            {t("keys.title")}{" "}
            {data !== undefined && params.view === "all" && !narrowed && (
              <span className="count">
                {t(data.total.estimated ? "list.moreThan" : "list.exactly", {
                  count: new Intl.NumberFormat(format).format(data.total.count),
                })}
              </span>
            )}
          </>
        }
        actions={
          mayCreate &&
          !tenant.all &&
          tenant.customerId !== null && (
            <ButtonLink
              tone="primary"
              icon={Plus}
              href={`/customers/${tenant.customerId}?tab=access-keys&dialog=create-key`}
            >
              {t("keys.create")}
            </ButtonLink>
          )
        }
      />
      <nav className="tabs" aria-label={t("list.views")}>
        <ul>
          {KEY_VIEWS.map((view) => (
            <li key={view}>
              <HoverLink
                href={href({ view, sort: null, direction: null, cursor: "" })}
                scroll={false}
                aria-current={params.view === view ? "page" : undefined}
              >
                {t(`keys.views.${view}`)}
              </HoverLink>
            </li>
          ))}
        </ul>
      </nav>
      <div className="toolbar">
        <SearchField
          label={t("keys.search")}
          value={params.q}
          onChange={(q) => void setParams({ q: q === "" ? null : q, ...START }, { history: "replace" })}
        />
        <FilterChips
          fields={fields}
          values={{ customer: params.customer }}
          onChange={(_, value) => void setParams({ customer: value === "" ? null : value, ...START })}
          onClear={() => void setParams({ customer: null, ...START })}
        />
        <div className="row push">
          <KeySortSelect sorts={sorts} sort={sort} onSort={onSort} />
          <ColumnsMenu name="all-access-keys" columns={columns} />
        </div>
      </div>
      <section className="table-card" aria-label={t("keys.title")}>
        {list.isError && data === undefined ? (
          <FailedState error={list.error} onRetry={() => void list.refetch()} />
        ) : data !== undefined && data.items.length === 0 ? (
          <NoKeys view={params.view} narrowed={narrowed} onClear={clear} />
        ) : (
          <>
            <DataTable
              name="all-access-keys"
              caption={t(`keys.captions.${params.view}`)}
              columns={columns}
              rows={data?.items}
              rowId={({ id }) => id}
              rowState={({ tmDelete }) => (isSet(tmDelete) ? "is-gone" : undefined)}
              sort={sort}
              onSort={onSort}
              busy={list.isPlaceholderData}
              skeletonRows={12}
              tall
            />
            {data !== undefined && (
              <Pager
                shown={data.items.length}
                total={data.total}
                previous={data.previous === null ? null : href({ cursor: data.previous })}
                next={data.next === null ? null : href({ cursor: data.next })}
                size={params.size}
                onSize={(size) => void setParams({ size: PAGE_SIZES.find((each) => each === size) ?? 50, ...START })}
              />
            )}
          </>
        )}
      </section>
      {element}
    </>
  );
}

function KeySortSelect({
  sorts,
  sort,
  onSort,
}: {
  sorts: readonly (typeof KEY_SORTS)[number][];
  sort: Sort;
  onSort: (sort: Sort) => void;
}) {
  const t = useT();
  const options = sorts.flatMap((by) =>
    (["desc", "asc"] as const).map((direction) => ({ by, direction, label: t(`keys.sorts.${by}_${direction}`) })),
  );
  return <SortSelect sort={sort} options={options} onSort={onSort} />;
}

function useFilterFields(all: boolean): readonly FilterField[] {
  const t = useT();
  return useMemo(
    () =>
      all
        ? [
            {
              name: "customer",
              label: t("audit.customerIs"),
              icon: Building2,
              placeholder: t("customers.idPlaceholder"),
              check: (text: string) => (UUID.test(text) ? null : t("customers.idWrong")),
            },
          ]
        : [],
    [all, t],
  );
}

function NoKeys({ view, narrowed, onClear }: { view: KeyView; narrowed: boolean; onClear: () => void }) {
  const t = useT();
  if (narrowed) {
    return (
      <State icon={SearchX} title={t("list.nothingTitle")} text={t("keys.nothingText")}>
        <span className="row">
          <Button onClick={onClear}>{t("list.clearFilters")}</Button>
        </span>
      </State>
    );
  }
  const good = view === "expiring" || view === "expired" || view === "unused";
  return (
    <State icon={good ? CircleCheck : KeyRound} title={t(`keys.empty.${view}Title`)} text={t(`keys.empty.${view}Text`)}>
      {view === "all" && (
        <span className="row">
          <ButtonLink href="/customers">{t("states.toCustomers")}</ButtonLink>
        </span>
      )}
    </State>
  );
}
