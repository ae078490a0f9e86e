"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { Building2, CalendarDays, CreditCard, Mail, Phone, Plus, Trash2, Type } from "lucide-react";
import { useRouter } from "next/navigation";
import { useCallback, useMemo } from "react";
import type { FilterField } from "../data-table/filter-field";
import { ListPage } from "../data-table/list-page";
import { useBulk } from "../data-table/use-bulk";
import { useList } from "../data-table/use-list";
import { useT } from "../i18n/provider";
import { UUID } from "@/db/uuid";
import { isSet } from "../lib/times";
import { useRight } from "../shell/session";
import { trpc, type Customer } from "../trpc";
import { ButtonLink } from "../ui/button";
import { State } from "../ui/state";
import { useCustomerBulk } from "./bulk";
import { useCustomerColumns } from "./columns";
import { customerName } from "./customer-name";
import { isDeleting } from "./customer-status";
import { customerListParams, toCustomerListInput } from "./list-params";
import { useRestoreCustomer } from "./use-restore";

const POLL_MS = 1_500;

const idOf = ({ id }: Customer): string => id;
const stateOf = ({ deletion, tmDelete }: Customer): string | undefined =>
  deletion?.state === "failed" ? "is-bad" : isDeleting(deletion) ? "is-busy" : isSet(tmDelete) ? "is-gone" : undefined;

export function CustomerList() {
  const t = useT();
  const router = useRouter();
  const mayCreate = useRight("customer:create");
  const list = useList({ name: "customers", path: "/customers", parsers: customerListParams, fields: useFields() });
  const input = toCustomerListInput(list.params);
  const query = trpc.customer.list.useQuery(input, {
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ deletion }) => isDeleting(deletion)) === true ? POLL_MS : false,
  });
  const { restore } = useRestoreCustomer();
  const onDelete = useCallback((id: string) => router.push(`/customers/${id}?dialog=delete`), [router]);
  const deleted = list.params.view === "deleted";
  const bulk = useBulk(useCustomerBulk(deleted), input.filter ?? {});
  const mayExport = useRight("customer:export");
  const create = mayCreate && (
    <ButtonLink tone="primary" icon={Plus} href="/customers/new">
      {t("customers.create")}
    </ButtonLink>
  );
  return (
    <ListPage
      list={list}
      query={query}
      title={t("customers.title")}
      label={t("customers.title")}
      caption={t(deleted ? "customers.captionDeleted" : "customers.captionLive")}
      actions={create}
      views={[
        { label: t("customers.viewLive"), query: "", current: !deleted },
        { label: t("customers.viewDeleted"), query: "?view=deleted", current: deleted },
      ]}
      counted={!deleted}
      search={t("customers.search")}
      sorts={[
        { by: "tmCreate", direction: "desc", label: t("customers.sortNewest") },
        { by: "tmCreate", direction: "asc", label: t("customers.sortOldest") },
        { by: "name", direction: "asc", label: t("customers.sortName") },
        { by: "name", direction: "desc", label: t("customers.sortNameBack") },
      ]}
      columns={useCustomerColumns({ onDelete, onRestore: restore })}
      rowId={idOf}
      rowState={stateOf}
      skeletonRows={12}
      tall
      bulk={{ ...bulk, nameOf: customerName }}
      exports={mayExport ? { name: "customers", input } : null}
      empty={
        deleted ? (
          <State icon={Trash2} title={t("customers.noneDeletedTitle")} text={t("customers.noneDeletedText")} />
        ) : (
          <State icon={Building2} title={t("customers.noneTitle")} text={t("customers.noneText")}>
            {create !== false && <span className="row">{create}</span>}
          </State>
        )
      }
    />
  );
}

function useFields(): readonly FilterField[] {
  const t = useT();
  return useMemo(
    () => [
      { name: "name", label: t("customers.nameIs"), icon: Type, placeholder: t("customers.namePlaceholder") },
      {
        name: "email",
        label: t("customers.emailIs"),
        icon: Mail,
        placeholder: t("customers.emailPlaceholder"),
        check: (text) => (/^[^@\s]+@[^@\s]+$/.test(text) ? null : t("customers.emailWrong")),
      },
      { name: "phone", label: t("customers.phoneIs"), icon: Phone, placeholder: t("customers.phonePlaceholder") },
      {
        name: "billing",
        label: t("customers.billingIs"),
        icon: CreditCard,
        placeholder: t("customers.idPlaceholder"),
        check: (text) => (UUID.test(text) ? null : t("customers.idWrong")),
      },
      { kind: "days", name: "created", label: t("customers.createdOn"), icon: CalendarDays },
    ],
    [t],
  );
}
