"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { CalendarDays, FileText, Hash, History, Shapes, User, Zap } from "lucide-react";
import { useCallback, useMemo } from "react";
import { useCustomerField } from "../customers/customer-field";
import type { FilterField } from "../data-table/filter-field";
import { ListView } from "../data-table/list-view";
import { useList } from "../data-table/use-list";
import { useI18n, useT } from "../i18n/provider";
import { parseTime } from "../lib/times";
import { useRight, useSession } from "../shell/session";
import { trpc, type AuditEntry } from "../trpc";
import { State } from "../ui/state";
import { useNow } from "../ui/time";
import { useAuditColumns } from "./columns";
import { ACTIONS, useActionName } from "./describe";
import { EntryDetails, type AuditFilter } from "./entry-details";
import { auditParams, RESOURCES, toAuditInput } from "./params";

const PASSING = ["entry"] as const;
const NO_FILTERS = { customer: null, resource: null, actor: null, action: null, type: null, request: null, days: null };
const idOf = ({ id }: AuditEntry): string => id;

/** Who did what, newest first; of one customer, or of all. */
export function AuditList({ customerId, path }: { customerId?: string; path: string }) {
  const t = useT();
  const { tenant } = useSession();
  const everyone = customerId === undefined && tenant.all;
  const list = useList({
    name: "audit",
    path: customerId === undefined ? path : `${path}?tab=audit`,
    parsers: auditParams,
    fields: useFilterFields(everyone),
    passing: PASSING,
  });
  const { params, href } = list;
  const input = toAuditInput(customerId === undefined ? params : { ...params, customer: customerId });
  const query = trpc.audit.list.useQuery(input, { placeholderData: keepPreviousData });
  const mayExport = useRight("audit:export");
  const entryHref = useCallback(
    (entry: AuditEntry) => href({ entry: entry.id === params.entry ? null : entry.id }),
    [href, params.entry],
  );
  const filterHref = useCallback(
    (filter: AuditFilter, value: string) =>
      href({ ...NO_FILTERS, [filter]: value, cursor: null, entry: null, saved: null }),
    [href],
  );
  const dayOf = useDay();
  return (
    <ListView
      list={list}
      query={query}
      label={t("audit.title")}
      caption={t("audit.caption")}
      columns={useAuditColumns(entryHref, params.entry, everyone)}
      rowId={idOf}
      exports={mayExport ? { name: "audit", input } : null}
      group={dayOf}
      rowState={({ id }) => (id === params.entry ? "is-open" : undefined)}
      detail={(entry) => (entry.id === params.entry ? <EntryDetails entry={entry} filterHref={filterHref} /> : null)}
      skeletonRows={12}
      empty={<State icon={History} title={t("audit.noneTitle")} text={t("audit.noneText")} />}
    />
  );
}

/** The day of an entry, in UTC as its time is. */
function useDay(): (entry: AuditEntry) => string {
  const { t, format } = useI18n();
  const today = new Date(useNow()).toISOString().slice(0, 10);
  return useMemo(() => {
    const day = new Intl.DateTimeFormat(format, { dateStyle: "full", timeZone: "UTC" });
    return ({ tmCreate }) =>
      tmCreate.startsWith(today)
        ? t("audit.today", { day: day.format(parseTime(tmCreate)) })
        : day.format(parseTime(tmCreate));
  }, [t, format, today]);
}

function useFilterFields(withCustomer: boolean): readonly FilterField[] {
  const t = useT();
  const actionName = useActionName();
  const customer = useCustomerField();
  return useMemo(() => {
    return [
      {
        kind: "choice",
        name: "action",
        label: t("audit.actionIs"),
        icon: Zap,
        options: ACTIONS.map((action) => ({ value: action, label: actionName(action) })),
      },
      {
        kind: "choice",
        name: "type",
        label: t("audit.typeIs"),
        icon: Shapes,
        options: RESOURCES.map((value) => ({ value, label: t(`audit.types.${value}`) })),
      },
      ...(withCustomer ? customer : []),
      { name: "actor", label: t("audit.actorIs"), icon: User, placeholder: t("customers.idPlaceholder") },
      { name: "resource", label: t("audit.recordIs"), icon: FileText, placeholder: t("customers.idPlaceholder") },
      { name: "request", label: t("audit.requestIs"), icon: Hash, placeholder: t("customers.idPlaceholder") },
      { kind: "days", name: "days", label: t("audit.daysAre"), icon: CalendarDays },
    ];
  }, [t, withCustomer, actionName, customer]);
}
