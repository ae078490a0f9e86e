"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { Cable, Phone, Server } from "lucide-react";
import { useMemo } from "react";
import { useCustomerField } from "../customers/customer-field";
import type { FilterField } from "../data-table/filter-field";
import { ListPage } from "../data-table/list-page";
import { idOrNone } from "../data-table/list-params";
import { useList } from "../data-table/use-list";
import { useT } from "../i18n/provider";
import { useSession } from "../shell/session";
import { trpc, type Registration } from "../trpc";
import { State } from "../ui/state";
import { useRegistrationColumns } from "./columns";
import { registrationListParams, toRegistrationListInput, TRANSPORTS } from "./list-params";
import { RegistrationFigures } from "./overview";
import { ASK_AGAIN_MS } from "./unknown";
import { useRegistrationViews } from "./views";

const DIRECTIONS = ["desc", "asc"] as const;
const idOf = ({ id }: Registration): string => id;
/** That a phone renews its registration is no news. */
const notedOf = (registration: Registration) => ({ ...registration, tmExpire: "" });

/** The phones that are registered now, of all customers whom the person may see. */
export function RegistrationList() {
  const t = useT();
  const { tenant } = useSession();
  const list = useList({
    name: "registrations",
    path: "/sip/registrations",
    parsers: registrationListParams,
    fields: useFields(),
  });
  const input = toRegistrationListInput(list.params);
  const query = trpc.registration.list.useQuery(input, {
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.status === "error" ? ASK_AGAIN_MS : false),
  });
  return (
    <ListPage
      list={list}
      query={query}
      title={t("registrations.title")}
      label={t("registrations.title")}
      caption={t(list.params.direction === "asc" ? "registrations.captionOldest" : "registrations.caption")}
      views={useRegistrationViews(list.params.view)}
      above={<RegistrationFigures customerId={idOrNone(list.params.customer)} />}
      search={t("registrations.search")}
      sorts={DIRECTIONS.map((direction) => ({
        by: "tmRegister",
        direction,
        label: t(`registrations.sorts.tmRegister_${direction}`),
      }))}
      columns={useRegistrationColumns(tenant.all)}
      rowId={idOf}
      noted={notedOf}
      skeletonRows={12}
      tall
      empty={<State icon={Phone} title={t("registrations.emptyTitle")} text={t("registrations.emptyText")} />}
    />
  );
}

function useFields(): readonly FilterField[] {
  const t = useT();
  const customer = useCustomerField();
  return useMemo(
    () => [
      ...customer,
      {
        kind: "choice" as const,
        name: "transport",
        label: t("registrations.transportIs"),
        icon: Cable,
        options: TRANSPORTS.map((value) => ({ value, label: value.toUpperCase() })),
      },
      {
        name: "node",
        label: t("registrations.nodeIs"),
        icon: Server,
        placeholder: t("registrations.nodePlaceholder"),
      },
    ],
    [customer, t],
  );
}
