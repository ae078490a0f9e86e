"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { Building2, CreditCard, Mail, Phone, Plus, SearchX, Trash2, Type } from "lucide-react";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useCallback, useMemo } from "react";
import { ColumnsMenu } from "../data-table/columns-menu";
import { DataTable, type Sort } from "../data-table/data-table";
import { FilterChips, type FilterField } from "../data-table/filter-chips";
import { Pager } from "../data-table/pager";
import { SortSelect } from "../data-table/sort-select";
import { SearchField } from "../data-table/search-field";
import { useI18n, useT } from "../i18n/provider";
import { UUID } from "@/db/uuid";
import { PageHead } from "../shell/page-head";
import { useRight } from "../shell/session";
import { trpc } from "../trpc";
import { Button, ButtonLink } from "../ui/button";
import { FailedState } from "../ui/failed-state";
import { State } from "../ui/state";
import { useCustomerColumns } from "./columns";
import { isDeleting } from "./customer-status";
import { customerListHref, customerListParams, toCustomerListInput } from "./list-params";
import { useRestoreCustomer } from "./use-restore";
import { HoverLink } from "../ui/hover-link";

const POLL_MS = 1_500;
const NO_FILTERS = { name: null, email: null, phone: null, billing: null } as const;

export function CustomerList() {
  const { t, format } = useI18n();
  const router = useRouter();
  const mayCreate = useRight("customer:create");
  const [params, setParams] = useQueryStates(customerListParams, { history: "push" });
  const list = trpc.customer.list.useQuery(toCustomerListInput(params), {
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ deletion }) => isDeleting(deletion)) === true ? POLL_MS : false,
  });
  const { restore } = useRestoreCustomer();
  const onDelete = useCallback((id: string) => router.push(`/customers/${id}?dialog=delete`), [router]);
  const columns = useCustomerColumns({ onDelete, onRestore: restore });
  const fields = useFilterFields();
  const filters = { name: params.name, email: params.email, phone: params.phone, billing: params.billing };
  const narrowed = params.q !== "" || Object.values(filters).some((value) => value !== "");
  const href = (change: Partial<typeof params>) => `/customers${customerListHref({ ...params, ...change })}`;
  const sort: Sort = { by: params.sort, direction: params.direction };
  const sorts = [
    { by: "tmCreate", direction: "desc", label: t("customers.sortNewest") },
    { by: "tmCreate", direction: "asc", label: t("customers.sortOldest") },
    { by: "name", direction: "asc", label: t("customers.sortName") },
    { by: "name", direction: "desc", label: t("customers.sortNameBack") },
  ] as const;
  const onSort = ({ by, direction }: Sort) =>
    void setParams({ sort: by === "name" ? "name" : "tmCreate", direction, cursor: null });
  const data = list.data;
  const number = new Intl.NumberFormat(format);

  return (
    <>
      <PageHead
        title={
          <>
            {t("customers.title")}{" "}
            {data !== undefined && params.view === "live" && !narrowed && (
              <span className="count">
                {t(data.total.estimated ? "list.moreThan" : "list.exactly", { count: number.format(data.total.count) })}
              </span>
            )}
          </>
        }
        actions={
          mayCreate && (
            <ButtonLink tone="primary" icon={Plus} href="/customers/new">
              {t("customers.create")}
            </ButtonLink>
          )
        }
      />
      <nav className="tabs" aria-label={t("list.views")}>
        <ul>
          <li>
            <HoverLink
              href={href({ view: "live", cursor: "" })}
              aria-current={params.view === "live" ? "page" : undefined}
            >
              {t("customers.viewLive")}
            </HoverLink>
          </li>
          <li>
            <HoverLink
              href={href({ view: "deleted", cursor: "" })}
              aria-current={params.view === "deleted" ? "page" : undefined}
            >
              {t("customers.viewDeleted")}
            </HoverLink>
          </li>
        </ul>
      </nav>
      <div className="toolbar">
        <SearchField
          label={t("customers.search")}
          value={params.q}
          onChange={(q) => void setParams({ q: q === "" ? null : q, cursor: null }, { history: "replace" })}
        />
        <FilterChips
          fields={fields}
          values={filters}
          onChange={(name, value) => void setParams({ [name]: value === "" ? null : value, cursor: null })}
          onClear={() => void setParams({ ...NO_FILTERS, cursor: null })}
        />
        <div className="row push">
          <SortSelect sort={sort} options={sorts} onSort={onSort} />
          <ColumnsMenu name="customers" columns={columns} />
        </div>
      </div>
      <section className="table-card" aria-label={t("customers.title")}>
        {list.isError && data === undefined ? (
          <FailedState error={list.error} onRetry={() => void list.refetch()} />
        ) : data !== undefined && data.items.length === 0 ? (
          <NoCustomers
            view={params.view}
            narrowed={narrowed}
            onClear={() => void setParams({ ...NO_FILTERS, q: null, cursor: null })}
          />
        ) : (
          <>
            <DataTable
              name="customers"
              caption={params.view === "deleted" ? t("customers.captionDeleted") : t("customers.captionLive")}
              columns={columns}
              rows={data?.items}
              rowId={({ id }) => id}
              rowState={({ deletion, tmDelete }) =>
                deletion?.state === "failed"
                  ? "is-bad"
                  : isDeleting(deletion)
                    ? "is-busy"
                    : params.view === "deleted" && tmDelete !== ""
                      ? "is-gone"
                      : undefined
              }
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
                onSize={(size) =>
                  void setParams({
                    size: ([25, 50, 100, 200] as const).find((each) => each === size) ?? 50,
                    cursor: null,
                  })
                }
              />
            )}
          </>
        )}
      </section>
    </>
  );
}

function useFilterFields(): readonly FilterField[] {
  const t = useT();
  return useMemo(
    () => [
      { name: "name", label: t("customers.nameIs"), icon: Type, placeholder: t("customers.namePlaceholder") },
      {
        name: "email",
        label: t("customers.emailIs"),
        icon: Mail,
        placeholder: t("customers.emailPlaceholder"),
        check: (text: string) => (/^[^@\s]+@[^@\s]+$/.test(text) ? null : t("customers.emailWrong")),
      },
      { name: "phone", label: t("customers.phoneIs"), icon: Phone, placeholder: t("customers.phonePlaceholder") },
      {
        name: "billing",
        label: t("customers.billingIs"),
        icon: CreditCard,
        placeholder: t("customers.idPlaceholder"),
        check: (text: string) => (UUID.test(text) ? null : t("customers.idWrong")),
      },
    ],
    [t],
  );
}

function NoCustomers({
  view,
  narrowed,
  onClear,
}: {
  view: "live" | "deleted";
  narrowed: boolean;
  onClear: () => void;
}) {
  const t = useT();
  const mayCreate = useRight("customer:create");
  if (narrowed) {
    return (
      <State icon={SearchX} title={t("list.nothingTitle")} text={t("list.nothingText")}>
        <span className="row">
          <Button onClick={onClear}>{t("list.clearFilters")}</Button>
        </span>
      </State>
    );
  }
  if (view === "deleted")
    return <State icon={Trash2} title={t("customers.noneDeletedTitle")} text={t("customers.noneDeletedText")} />;
  return (
    <State icon={Building2} title={t("customers.noneTitle")} text={t("customers.noneText")}>
      {mayCreate && (
        <span className="row">
          <ButtonLink tone="primary" icon={Plus} href="/customers/new">
            {t("customers.create")}
          </ButtonLink>
        </span>
      )}
    </State>
  );
}
