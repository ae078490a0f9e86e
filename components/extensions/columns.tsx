"use client";

import { useMemo } from "react";
import { columnsOf, type Column } from "../data-table/features";
import { useT } from "../i18n/provider";
import { NotKnown } from "../registrations/unknown";
import { accountColumns } from "../sip/account-columns";
import type { Extension } from "../trpc";
import { CopyButton } from "../ui/copy";
import { Nothing } from "../ui/nothing";
import { Time } from "../ui/time";
import { accountOf } from "./account";
import { LiveState } from "./live-state";
import { useAgentName } from "./phones";

/** `1001@cdaf6acf…`: the realm is too long to be read, and copied whole. */
const shortAddress = ({ extension, realm }: Extension): string =>
  `${extension.length > 12 ? `${extension.slice(0, 11)}…` : extension}@${realm.slice(0, 8)}…`;

/** @param withCustomer whether it is said whose each extension is */
export function useExtensionColumns(withCustomer: boolean): Column<Extension>[] {
  const t = useT();
  return useMemo(() => {
    const column = columnsOf<Extension>();
    const account = accountColumns<Extension>("extension", accountOf, t);
    return column.columns([
      account.identifier("number", t("extensions.number"), "extension"),
      ...(withCustomer ? [account.customer("12rem")] : []),
      column.display({
        id: "state",
        meta: { label: t("sip.status"), width: "11rem" },
        cell: ({ row }) => <LiveState extension={row.original} />,
      }),
      column.display({
        id: "phones",
        meta: { label: t("extensions.phones"), width: "15rem" },
        cell: ({ row }) => <PhonesCell extension={row.original} />,
      }),
      column.display({
        id: "renews",
        meta: { label: t("extensions.renews"), width: "7rem", narrow: "card" },
        cell: ({ row }) => <RenewsCell extension={row.original} />,
      }),
      account.name,
      column.display({
        id: "address",
        meta: { label: t("sip.address"), narrow: "none", width: "12rem" },
        cell: ({ row: { original } }) => (
          <span className="copy">
            <code title={original.endpointId}>{shortAddress(original)}</code>
            <CopyButton text={original.endpointId} what={`${t("sip.address")} ${original.endpointId}`} />
          </span>
        ),
      }),
      account.created,
      account.id,
      account.actions,
    ]) as Column<Extension>[];
  }, [t, withCustomer]);
}

function RenewsCell({ extension: { registrations } }: { extension: Extension }) {
  if (registrations === null) return <NotKnown />;
  const [first] = registrations;
  return first === undefined ? <Nothing /> : <Time value={first.tmExpire} quiet />;
}

/** The first phone, and how many there are besides. */
function PhonesCell({ extension: { registrations } }: { extension: Extension }) {
  const t = useT();
  const agentName = useAgentName();
  if (registrations === null) return <NotKnown />;
  const [first, ...more] = registrations;
  if (first === undefined) return <Nothing />;
  const transport = first.transport.toUpperCase();
  return (
    <div className="two" title={registrations.map((each) => `${agentName(each)} · ${each.address}`).join("\n")}>
      <span className="trunc">{agentName(first)}</span>
      <span className="trunc">
        <span className="mono">{first.address}</span> {transport}
        {more.length > 0 && <> {t("extensions.more", { count: more.length })}</>}
      </span>
    </div>
  );
}
