"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { Hash, Phone } from "lucide-react";
import { UUID } from "@/db/uuid";
import type { ExtensionFilter } from "@/server/domain/registrar/schemas";
import type { PickedCustomer } from "../customers/customer-picker";
import { useBulk } from "../data-table/use-bulk";
import { useList } from "../data-table/use-list";
import { ASK_AGAIN_MS, UnknownNote } from "../registrations/unknown";
import { useSession } from "../shell/session";
import { AccountList, useAccountFields } from "../sip/account-list";
import { useAccountBulk } from "../sip-bulk/bulk";
import { ManyMenu } from "../sip-bulk/many-menu";
import { PhonesOfMany } from "../sip-bulk/phones-of-many";
import { trpc, type Extension } from "../trpc";
import { useExtensionColumns } from "./columns";
import { extensionListParams, toExtensionListInput } from "./list-params";
import { extensionName } from "./names";

const isUnknown = (rows: readonly Extension[] = []): boolean => rows.some((row) => row.registrations === null);
/** That a phone renews its registration is no news. */
const notedOf = (extension: Extension) => ({
  ...extension,
  registrations: extension.registrations?.map((each) => ({ ...each, tmExpire: "" })),
});

/** The extensions of all customers whom the person may see, with the phones that are registered now. */
export function ExtensionList() {
  const { tenant } = useSession();
  const list = useList({
    name: "extensions",
    path: "/sip/extensions",
    parsers: extensionListParams,
    fields: useAccountFields("extension", "number", Hash),
  });
  const { params } = list;
  const input = toExtensionListInput(params);
  const query = trpc.extension.list.useQuery(input, {
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (isUnknown(state.data?.items) ? ASK_AGAIN_MS : false),
  });
  const actions = useAccountBulk<ExtensionFilter>("extension", trpc.extension, params.view === "deleted", PhonesOfMany);
  const bulk = useBulk(actions, input.filter ?? {});
  return (
    <AccountList
      kind="extension"
      icon={Phone}
      list={list}
      params={params}
      input={input}
      query={query}
      createMany={<ManyMenu customer={pickedOf(params.customer, query.data?.items)} />}
      above={
        isUnknown(query.data?.items) && (
          <div className="grid--above">
            <UnknownNote />
          </div>
        )
      }
      identifier="extension"
      columns={useExtensionColumns(tenant.all)}
      noted={notedOf}
      bulk={{ ...bulk, nameOf: extensionName }}
    />
  );
}

/** The customer by whom the list is filtered, to be offered where somebody asks whose new extensions are. */
function pickedOf(id: string, rows: readonly Extension[] = []): PickedCustomer | null {
  if (!UUID.test(id)) return null;
  const name = rows.find(({ customerId }) => customerId === id)?.customerName ?? "";
  return { id, name: name === "" ? id : name };
}
