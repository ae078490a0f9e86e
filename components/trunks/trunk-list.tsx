"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { FileUp, Globe, Network } from "lucide-react";
import type { TrunkFilter } from "@/server/domain/registrar/schemas";
import { useBulk } from "../data-table/use-bulk";
import { useList } from "../data-table/use-list";
import { useT } from "../i18n/provider";
import { useSession } from "../shell/session";
import { AccountList, useAccountFields } from "../sip/account-list";
import { useAccountBulk } from "../sip-bulk/bulk";
import { trpc } from "../trpc";
import { ButtonLink } from "../ui/button";
import { useTrunkColumns } from "./columns";
import { trunkListParams, toTrunkListInput } from "./list-params";
import { trunkName } from "./names";

/** The trunks of all customers whom the person may see. */
export function TrunkList() {
  const t = useT();
  const { tenant } = useSession();
  const list = useList({
    name: "trunks",
    path: "/sip/trunks",
    parsers: trunkListParams,
    fields: useAccountFields("trunk", "domain", Globe),
  });
  const { params } = list;
  const input = toTrunkListInput(params);
  const query = trpc.trunk.list.useQuery(input, { placeholderData: keepPreviousData });
  const actions = useAccountBulk<TrunkFilter>("trunk", trpc.trunk, params.view === "deleted");
  const bulk = useBulk(actions, input.filter ?? {});
  return (
    <AccountList
      kind="trunk"
      icon={Network}
      list={list}
      params={params}
      input={input}
      query={query}
      createMany={
        <ButtonLink icon={FileUp} href="/sip/trunks/import">
          {t("sipImport.import")}
        </ButtonLink>
      }
      identifier="domainName"
      columns={useTrunkColumns(tenant.all)}
      bulk={{ ...bulk, nameOf: trunkName }}
    />
  );
}
