"use client";

import { columnsOf } from "../data-table/features";
import type { Translate } from "../i18n/translate";
import { isBlank } from "../lib/keys";
import { CopyId } from "../ui/copy";
import { HoverLink } from "../ui/hover-link";
import { Nothing } from "../ui/nothing";
import { Time } from "../ui/time";
import { accountHref, type Account, type AccountKind } from "./account";
import { RowActions } from "./account-actions";
import { CustomerLink } from "./customer-link";

/** The columns that the lists of all accounts have, each to be put where its list wants it. */
export function accountColumns<Row extends { name: string; tmCreate: string }>(
  kind: AccountKind,
  accountOf: (row: Row) => Account,
  t: Translate,
) {
  const column = columnsOf<Row>();
  return {
    /** The head of the row, with the way to the account's page. */
    identifier: (id: string, label: string, sort: string) =>
      column.display({
        id,
        meta: { label, rowHead: true, sort },
        cell: ({ row: { original } }) => {
          const account = accountOf(original);
          return (
            <div className="two">
              <HoverLink href={accountHref(account)} className="trunc">
                {account.identifier}
              </HoverLink>
              <span className="trunc">{original.name}</span>
            </div>
          );
        },
      }),
    customer: (width: string) =>
      column.display({
        id: "customer",
        meta: { label: t("sip.customer"), width },
        cell: ({ row }) => {
          const { customerId, customerName } = accountOf(row.original);
          return <CustomerLink id={customerId} name={customerName} />;
        },
      }),
    name: column.display({
      id: "name",
      meta: { label: t("sip.name"), sort: "name", narrow: "none", offByDefault: true, width: "12rem" },
      cell: ({ row: { original } }) =>
        isBlank(original.name) ? <Nothing /> : <span className="trunc">{original.name}</span>,
    }),
    created: column.display({
      id: "created",
      meta: { label: t("sip.created"), sort: "tmCreate", width: "8.5rem", narrow: "card" },
      cell: ({ row }) => <Time value={row.original.tmCreate} quiet />,
    }),
    id: column.display({
      id: "id",
      meta: { label: t("common.id"), narrow: "none", offByDefault: true, width: "11rem" },
      cell: ({ row }) => <CopyId id={accountOf(row.original).id} what={t(`${kind}s.id`)} />,
    }),
    actions: column.display({
      id: "actions",
      meta: { label: t("common.actions"), actions: true, width: "3rem" },
      cell: ({ row }) => <RowActions account={accountOf(row.original)} />,
    }),
  };
}
