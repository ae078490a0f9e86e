"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { Building2, FileText, History, User, Zap } from "lucide-react";
import { useCallback, useMemo } from "react";
import type { FilterField } from "../data-table/filter-field";
import { ListView } from "../data-table/list-view";
import { useList } from "../data-table/use-list";
import { useT } from "../i18n/provider";
import { UUID } from "@/db/uuid";
import { useSession } from "../shell/session";
import { trpc, type AuditEntry } from "../trpc";
import { State } from "../ui/state";
import { useAuditColumns } from "./columns";
import { EntryDetails } from "./entry-details";
import { auditParams, toAuditInput } from "./params";

const PASSING = ["entry"] as const;
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
  const query = trpc.audit.list.useQuery(
    toAuditInput(customerId === undefined ? params : { ...params, customer: customerId }),
    { placeholderData: keepPreviousData },
  );
  const entryHref = useCallback(
    (entry: AuditEntry) => href({ entry: entry.id === params.entry ? null : entry.id }),
    [href, params.entry],
  );
  return (
    <ListView
      list={list}
      query={query}
      label={t("audit.title")}
      caption={t("audit.caption")}
      columns={useAuditColumns(entryHref, params.entry, everyone)}
      rowId={idOf}
      rowState={({ id }) => (id === params.entry ? "is-open" : undefined)}
      detail={(entry) => (entry.id === params.entry ? <EntryDetails entry={entry} /> : null)}
      skeletonRows={12}
      empty={<State icon={History} title={t("audit.noneTitle")} text={t("audit.noneText")} />}
    />
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
