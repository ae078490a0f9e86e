"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { CircleCheck, KeyRound, Plus } from "lucide-react";
import { useMemo } from "react";
import { useCustomerField } from "../customers/customer-field";
import { ListPage } from "../data-table/list-page";
import { useBulk } from "../data-table/use-bulk";
import { useList } from "../data-table/use-list";
import { useT } from "../i18n/provider";
import { isSet } from "../lib/times";
import { useRight, useSession } from "../shell/session";
import { trpc, type AccessKey } from "../trpc";
import { ButtonLink } from "../ui/button";
import { State } from "../ui/state";
import { useKeyBulk } from "./bulk";
import { keyName, useAccessKeyColumns } from "./columns";
import { KEY_VIEWS, keyListParams, orderOf, sortsOf, toKeyListInput, type KeyView } from "./list-input";
import { useKeyDialogs } from "./use-key-dialogs";

const DIRECTIONS = ["desc", "asc"] as const;
const idOf = ({ id }: AccessKey): string => id;
const stateOf = ({ tmDelete }: AccessKey): string | undefined => (isSet(tmDelete) ? "is-gone" : undefined);

/** The live keys of all customers whom the person may see. */
export function KeyList() {
  const t = useT();
  const { tenant } = useSession();
  const mayCreate = useRight("access-key:create");
  const address = useList({
    name: "all-access-keys",
    path: "/access-keys",
    parsers: keyListParams,
    fields: useCustomerField(),
  });
  const { params } = address;
  const list = useMemo(() => ({ ...address, sort: orderOf(params) }), [address, params]);
  const input = toKeyListInput(params);
  const query = trpc.accessKey.list.useQuery(input, { placeholderData: keepPreviousData });
  const bulk = useBulk(useKeyBulk(), input.filter ?? {});
  const mayExport = useRight("access-key:export");
  const { onDialog, element } = useKeyDialogs();
  const sorts = sortsOf(params.view);
  return (
    <>
      <ListPage
        list={list}
        query={query}
        title={t("keys.title")}
        label={t("keys.title")}
        caption={t(`keys.captions.${params.view}`)}
        actions={
          mayCreate &&
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
        views={KEY_VIEWS.map((view) => ({
          label: t(`keys.views.${view}`),
          query: view === "all" ? "" : `?view=${view}`,
          current: params.view === view,
        }))}
        counted={params.view === "all"}
        search={t("keys.search")}
        sorts={sorts.flatMap((by) =>
          DIRECTIONS.map((direction) => ({ by, direction, label: t(`keys.sorts.${by}_${direction}`) })),
        )}
        columns={useAccessKeyColumns({ onDialog, withCustomer: tenant.all, sorts })}
        rowId={idOf}
        rowState={stateOf}
        bulk={{ ...bulk, nameOf: keyName }}
        exports={mayExport ? { name: "access-keys", input } : null}
        skeletonRows={12}
        tall
        empty={<NoKeys view={params.view} />}
      />
      {element}
    </>
  );
}

/** Where nothing expires and nothing lies idle, that is good news. */
function NoKeys({ view }: { view: KeyView }) {
  const t = useT();
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
