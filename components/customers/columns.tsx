"use client";

import { ArchiveRestore, CircleDashed, Ellipsis, Pencil, SquareArrowOutUpRight, Trash2 } from "lucide-react";
import { useMemo } from "react";
import { columnsOf, type Column } from "../data-table/features";
import { useT } from "../i18n/provider";
import { NIL_UUID } from "@/db/uuid";
import { isBlank } from "../lib/keys";
import { useSession } from "../shell/session";
import type { Customer } from "../trpc";
import { Button, IconButton } from "../ui/button";
import { CopyId } from "../ui/copy";
import { Menu, MenuItem, MenuLink } from "../ui/menu";
import { PhoneNumber } from "../ui/phone-number";
import { Status } from "../ui/status";
import { Time } from "../ui/time";
import { isSet } from "../lib/times";
import { customerName } from "./customer-name";
import { CustomerStatus, isDeleting } from "./customer-status";
import { Nothing } from "../ui/nothing";
import { HoverLink } from "../ui/hover-link";

export function useCustomerColumns({
  onDelete,
  onRestore,
}: {
  onDelete: (id: string) => void;
  onRestore: (id: string) => void;
}): Column<Customer>[] {
  const t = useT();
  const { rights } = useSession();
  return useMemo(() => {
    const column = columnsOf<Customer>();
    return column.columns([
      column.display({
        id: "name",
        meta: { label: t("customers.name"), rowHead: true, sort: "name" },
        cell: ({ row: { original: customer } }) => (
          <div className="two">
            <HoverLink href={`/customers/${customer.id}`} className="trunc">
              {customerName(customer)}
            </HoverLink>
            <span className="trunc">{isBlank(customer.name) ? t("customers.noName") : customer.email}</span>
          </div>
        ),
      }),
      column.display({
        id: "status",
        meta: { label: t("customers.status"), width: "12rem" },
        cell: ({ row }) => <CustomerStatus customer={row.original} />,
      }),
      column.display({
        id: "phone",
        meta: { label: t("customers.phone"), width: "10rem", narrow: "card" },
        cell: ({ row }) =>
          isBlank(row.original.phoneNumber) ? <Nothing /> : <PhoneNumber number={row.original.phoneNumber} />,
      }),
      column.display({
        id: "webhook",
        meta: { label: t("customers.webhook"), width: "12rem" },
        cell: ({ row }) => <WebhookCell uri={row.original.webhookUri} />,
      }),
      column.display({
        id: "billing",
        meta: { label: t("customers.billing"), narrow: "none", offByDefault: true, width: "12rem" },
        cell: ({ row }) =>
          row.original.billingAccountId === NIL_UUID ? (
            <span className="faint">{t("customers.notYet")}</span>
          ) : (
            <CopyId id={row.original.billingAccountId} what={t("customers.billing")} />
          ),
      }),
      column.display({
        id: "created",
        meta: { label: t("customers.created"), sort: "tmCreate", width: "8.5rem" },
        cell: ({ row }) => <Time value={row.original.tmCreate} quiet />,
      }),
      column.display({
        id: "changed",
        meta: { label: t("customers.changed"), narrow: "none", offByDefault: true, width: "8.5rem" },
        cell: ({ row }) =>
          isSet(row.original.tmUpdate) ? (
            <Time value={row.original.tmUpdate} quiet />
          ) : (
            <span className="faint">{t("common.never")}</span>
          ),
      }),
      column.display({
        id: "id",
        meta: { label: t("common.id"), narrow: "none", width: "11rem" },
        cell: ({ row }) => <CopyId id={row.original.id} what={t("customers.id")} />,
      }),
      column.display({
        id: "actions",
        meta: { label: t("common.actions"), actions: true, width: "3rem" },
        cell: ({ row: { original: customer } }) =>
          isSet(customer.tmDelete) ? (
            rights.includes("customer:restore") && (
              <Button
                size="sm"
                icon={ArchiveRestore}
                onClick={() => onRestore(customer.id)}
                aria-label={t("customers.restoreNamed", { name: customerName(customer) })}
              >
                {isDeleting(customer.deletion) ? t("common.undo") : t("customers.restore")}
              </Button>
            )
          ) : (
            <Menu
              trigger={
                <IconButton
                  size="sm"
                  icon={Ellipsis}
                  label={t("common.actionsFor", { name: customerName(customer) })}
                />
              }
            >
              <MenuLink icon={SquareArrowOutUpRight} href={`/customers/${customer.id}`}>
                {t("common.open")}
              </MenuLink>
              {rights.includes("customer:update") && (
                <MenuLink icon={Pencil} href={`/customers/${customer.id}/edit`}>
                  {t("common.edit")}
                </MenuLink>
              )}
              {rights.includes("customer:delete") && (
                <MenuItem icon={Trash2} danger onSelect={() => onDelete(customer.id)}>
                  {t("customers.deleteMenu")}
                </MenuItem>
              )}
            </Menu>
          ),
      }),
    ]) as Column<Customer>[];
  }, [t, rights, onDelete, onRestore]);
}

function WebhookCell({ uri }: { uri: string }) {
  const t = useT();
  if (uri === "") {
    return (
      <Status tone="idle" icon={CircleDashed}>
        {t("customers.notSet")}
      </Status>
    );
  }
  return (
    <span className="trunc muted" title={uri}>
      {URL.canParse(uri) ? new URL(uri).host : uri}
    </span>
  );
}
