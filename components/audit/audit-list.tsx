"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { Building2, FileText, History, SearchX, User, Zap } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useCallback, useMemo } from "react";
import { ColumnsMenu } from "../data-table/columns-menu";
import { DataTable } from "../data-table/data-table";
import { FilterChips, type FilterField } from "../data-table/filter-chips";
import { Pager } from "../data-table/pager";
import { useT } from "../i18n/provider";
import { UUID } from "@/db/uuid";
import { useSession } from "../shell/session";
import { trpc, type AuditEntry } from "../trpc";
import { Button } from "../ui/button";
import { FailedState } from "../ui/failed-state";
import { State } from "../ui/state";
import { useAuditColumns } from "./columns";
import { EntryDetails } from "./entry-details";
import { auditHref, auditParams, toAuditInput } from "./params";

const NO_FILTERS = { customer: null, resource: null, actor: null, action: null } as const;

/** Who did what, newest first; of one customer, or of all. */
export function AuditList({ customerId, path }: { customerId?: string; path: string }) {
  const t = useT();
  const { tenant } = useSession();
  const [params, setParams] = useQueryStates(auditParams, { history: "push" });
  const list = trpc.audit.list.useQuery(
    toAuditInput(customerId === undefined ? params : { ...params, customer: customerId }),
    {
      placeholderData: keepPreviousData,
    },
  );
  const data = list.data;

  const href = useCallback(
    (change: Partial<typeof params>) => {
      const query = auditHref({ ...params, ...change });
      if (customerId === undefined) return `${path}${query}`;
      return `${path}?tab=audit${query === "" ? "" : `&${query.slice(1)}`}`;
    },
    [params, path, customerId],
  );
  const entryHref = useCallback(
    (entry: AuditEntry) => href({ entry: entry.id === params.entry ? null : entry.id }),
    [href, params.entry],
  );
  const columns = useAuditColumns(entryHref, params.entry, customerId === undefined && tenant.all);
  const fields = useFilterFields(customerId === undefined && tenant.all);
  const filters = { customer: params.customer, resource: params.resource, actor: params.actor, action: params.action };
  const narrowed = Object.values(filters).some((value) => value !== "");
  const clear = () => void setParams({ ...NO_FILTERS, cursor: null, entry: null });

  return (
    <>
      <div className="toolbar">
        <FilterChips
          fields={fields}
          values={filters}
          onChange={(name, value) => void setParams({ [name]: value === "" ? null : value, cursor: null, entry: null })}
          onClear={clear}
        />
        <div className="row push">
          <ColumnsMenu name="audit" columns={columns} />
        </div>
      </div>
      <section className="table-card" aria-label={t("audit.title")}>
        {list.isError && data === undefined ? (
          <FailedState error={list.error} onRetry={() => void list.refetch()} />
        ) : data !== undefined && data.items.length === 0 ? (
          narrowed ? (
            <State icon={SearchX} title={t("list.nothingTitle")} text={t("list.nothingText")}>
              <span className="row">
                <Button onClick={clear}>{t("list.clearFilters")}</Button>
              </span>
            </State>
          ) : (
            <State icon={History} title={t("audit.noneTitle")} text={t("audit.noneText")} />
          )
        ) : (
          <>
            <DataTable
              name="audit"
              caption={t("audit.caption")}
              columns={columns}
              rows={data?.items}
              rowId={({ id }) => id}
              rowState={({ id }) => (id === params.entry ? "is-open" : undefined)}
              detail={(entry) => (entry.id === params.entry ? <EntryDetails entry={entry} /> : null)}
              busy={list.isPlaceholderData}
              skeletonRows={12}
            />
            {data !== undefined && (
              <Pager
                shown={data.items.length}
                total={data.total}
                previous={data.previous === null ? null : href({ cursor: data.previous, entry: null })}
                next={data.next === null ? null : href({ cursor: data.next, entry: null })}
              />
            )}
          </>
        )}
      </section>
    </>
  );
}

function useFilterFields(withCustomer: boolean): readonly FilterField[] {
  const t = useT();
  return useMemo(() => {
    const id = (text: string) => (UUID.test(text) ? null : t("customers.idWrong"));
    return [
      { name: "action", label: t("audit.actionIs"), icon: Zap, placeholder: "customer.create" },
      ...(withCustomer
        ? [
            {
              name: "customer",
              label: t("audit.customerIs"),
              icon: Building2,
              placeholder: t("customers.idPlaceholder"),
              check: id,
            },
          ]
        : []),
      { name: "actor", label: t("audit.actorIs"), icon: User, placeholder: t("customers.idPlaceholder") },
      { name: "resource", label: t("audit.recordIs"), icon: FileText, placeholder: t("customers.idPlaceholder") },
    ];
  }, [t, withCustomer]);
}
