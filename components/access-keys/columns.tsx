"use client";

import { Ban, Ellipsis, Pencil, RefreshCw } from "lucide-react";
import { useMemo } from "react";
import type { AccessKeySort } from "@/server/domain/customer/schemas";
import { customerName } from "../customers/customer-name";
import { columnsOf, type Column } from "../data-table/features";
import { useT } from "../i18n/provider";
import { isBlank, shortId } from "../lib/keys";
import { isSet } from "../lib/times";
import { useSession } from "../shell/session";
import type { AccessKey } from "../trpc";
import { IconButton } from "../ui/button";
import { CopyId } from "../ui/copy";
import { HoverLink } from "../ui/hover-link";
import { Menu, MenuItem } from "../ui/menu";
import { Time } from "../ui/time";
import { KeyStatus } from "./key-status";

export const keyName = (key: { name: string; token: string }): string => (isBlank(key.name) ? key.token : key.name);

export type KeyDialog = "edit-key" | "rotate-key" | "revoke-key";

export function useAccessKeyColumns({
  onDialog,
  readOnly = false,
  withCustomer = false,
  sorts,
}: {
  onDialog: (dialog: KeyDialog, id: string) => void;
  readOnly?: boolean;
  /** Whether it is said whose each key is: in a list of many customers' keys. */
  withCustomer?: boolean;
  /** What the list can be sorted by. */
  sorts: readonly AccessKeySort[];
}): Column<AccessKey>[] {
  const t = useT();
  const { rights } = useSession();
  return useMemo(() => {
    const column = columnsOf<AccessKey>();
    const sortable = (sort: AccessKeySort) => (sorts.includes(sort) ? { sort } : {});
    return column.columns([
      column.display({
        id: "name",
        meta: { label: t("keys.name"), rowHead: true },
        cell: ({ row: { original: key } }) => (
          <div className="two">
            <span className="trunc" title={key.detail}>
              {keyName(key)}
            </span>
            {withCustomer ? <Owner accessKey={key} /> : <span className="trunc">{key.detail}</span>}
          </div>
        ),
      }),
      column.display({
        id: "token",
        meta: { label: t("keys.token"), width: "8rem" },
        cell: ({ row }) => <code>{row.original.token}</code>,
      }),
      column.display({
        id: "status",
        meta: { label: t("keys.status"), width: "14rem" },
        cell: ({ row }) => <KeyStatus accessKey={row.original} />,
      }),
      column.display({
        id: "used",
        meta: { label: t("keys.used"), width: "12rem", ...sortable("tmUsed") },
        cell: ({ row: { original: key } }) =>
          isSet(key.tmUsed) ? (
            <div className="two">
              <span>
                <Time value={key.tmUsed} quiet />
              </span>
              <span className="trunc" title={key.usedAgent}>
                {[key.usedIp, key.usedAgent].filter((each) => each !== "").join(" · ")}
              </span>
            </div>
          ) : (
            <span className="faint">{t("common.never")}</span>
          ),
      }),
      column.display({
        id: "expires",
        meta: { label: t("keys.expires"), width: "9rem", ...sortable("tmExpire") },
        cell: ({ row: { original: key } }) => {
          const end = isSet(key.tmDelete) ? key.tmDelete : key.tmExpire;
          return isSet(end) ? (
            <Time value={end} as={isSet(key.tmDelete) ? "relative" : "date"} quiet />
          ) : (
            <span className="faint">{t("common.never")}</span>
          );
        },
      }),
      column.display({
        id: "created",
        meta: { label: t("keys.created"), narrow: "card", width: "9rem", ...sortable("tmCreate") },
        cell: ({ row }) => <Time value={row.original.tmCreate} quiet />,
      }),
      column.display({
        id: "id",
        meta: { label: t("common.id"), narrow: "none", offByDefault: true, width: "11rem" },
        cell: ({ row }) => <CopyId id={row.original.id} what={t("keys.id")} />,
      }),
      column.display({
        id: "actions",
        meta: { label: t("common.actions"), actions: true, width: "3rem" },
        cell: ({ row: { original: key } }) => {
          const may = !readOnly && !isSet(key.tmDelete);
          if (
            !may ||
            !(
              rights.includes("access-key:update") ||
              rights.includes("access-key:rotate") ||
              rights.includes("access-key:revoke")
            )
          )
            return null;
          return (
            <Menu
              trigger={<IconButton size="sm" icon={Ellipsis} label={t("common.actionsFor", { name: keyName(key) })} />}
            >
              {rights.includes("access-key:update") && (
                <MenuItem icon={Pencil} onSelect={() => onDialog("edit-key", key.id)}>
                  {t("common.edit")}
                </MenuItem>
              )}
              {rights.includes("access-key:rotate") && (
                <MenuItem icon={RefreshCw} onSelect={() => onDialog("rotate-key", key.id)}>
                  {t("keys.rotateMenu")}
                </MenuItem>
              )}
              {rights.includes("access-key:revoke") && (
                <MenuItem icon={Ban} danger onSelect={() => onDialog("revoke-key", key.id)}>
                  {t("keys.revokeMenu")}
                </MenuItem>
              )}
            </Menu>
          );
        },
      }),
    ]) as Column<AccessKey>[];
  }, [t, rights, onDialog, readOnly, withCustomer, sorts]);
}

/** Whose key it is, as a way there. */
function Owner({ accessKey: { customerId, customer } }: { accessKey: AccessKey }) {
  const name = customer === null ? "" : customerName(customer);
  return (
    <HoverLink href={`/customers/${customerId}?tab=access-keys`} className="trunc">
      {isBlank(name) ? shortId(customerId) : name}
    </HoverLink>
  );
}
