"use client";

import { useMemo } from "react";
import { columnsOf, type Column } from "../data-table/features";
import { useT } from "../i18n/provider";
import { accountColumns } from "../sip/account-columns";
import type { Trunk } from "../trpc";
import { CopyButton } from "../ui/copy";
import { Nothing } from "../ui/nothing";
import { accountOf } from "./account";
import { AuthTypes } from "./trunk-status";

/** @param withCustomer whether it is said whose each trunk is */
export function useTrunkColumns(withCustomer: boolean): Column<Trunk>[] {
  const t = useT();
  return useMemo(() => {
    const column = columnsOf<Trunk>();
    const account = accountColumns<Trunk>("trunk", accountOf, t);
    return column.columns([
      account.identifier("domain", t("trunks.domainName"), "domainName"),
      ...(withCustomer ? [account.customer("13rem")] : []),
      column.display({
        id: "auth",
        meta: { label: t("trunks.authTypes"), width: "13rem" },
        cell: ({ row }) => <AuthTypes authTypes={row.original.authTypes} short />,
      }),
      column.display({
        id: "addresses",
        meta: { label: t("trunks.addresses"), width: "12rem", narrow: "card" },
        cell: ({ row }) => <AddressesCell addresses={row.original.allowedIps} />,
      }),
      account.name,
      column.display({
        id: "realm",
        meta: { label: t("sip.realm"), narrow: "none", width: "18rem" },
        cell: ({ row: { original } }) => (
          <span className="copy copy--cut">
            <code className="trunc" title={original.realm}>
              {original.realm}
            </code>
            <CopyButton text={original.realm} what={`${t("sip.realm")} ${original.realm}`} />
          </span>
        ),
      }),
      account.created,
      account.id,
      account.actions,
    ]) as Column<Trunk>[];
  }, [t, withCustomer]);
}

/** The first address, and how many there are besides. */
function AddressesCell({ addresses }: { addresses: readonly string[] }) {
  const t = useT();
  const [first, ...more] = addresses;
  if (first === undefined) return <Nothing />;
  return (
    <span className="trunc" title={addresses.join("\n")}>
      <code>{first}</code>
      {more.length > 0 && <span className="muted"> {t("extensions.more", { count: more.length })}</span>}
    </span>
  );
}
