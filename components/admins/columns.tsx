"use client";

import { ShieldCheck, ShieldOff } from "lucide-react";
import { useMemo } from "react";
import { columnsOf, type Column } from "../data-table/features";
import { useT } from "../i18n/provider";
import { useSession } from "../shell/session";
import type { Admin } from "../trpc";
import { HoverLink } from "../ui/hover-link";
import { Status } from "../ui/status";
import { Time } from "../ui/time";
import { AdminStatus } from "./admin-status";
import { adminName, useRoleName } from "./names";

export function useAdminColumns(): Column<Admin>[] {
  const t = useT();
  const roleName = useRoleName();
  const { user, tenant } = useSession();
  return useMemo(() => {
    const column = columnsOf<Admin>();
    return column.columns([
      column.display({
        id: "name",
        meta: { label: t("admins.name"), rowHead: true, sort: "name" },
        cell: ({ row: { original: admin } }) => (
          <div className="two">
            <span className="row">
              <HoverLink href={`/settings/admins/${admin.id}`} className="trunc">
                {adminName(admin)}
              </HoverLink>
              {admin.id === user.id && <span className="tag">{t("admins.you")}</span>}
            </span>
            {adminName(admin) !== admin.email && <span className="trunc">{admin.email}</span>}
          </div>
        ),
      }),
      column.display({
        id: "role",
        meta: { label: t("admins.role"), width: "11rem" },
        cell: ({ row }) => roleName(row.original.role),
      }),
      ...(tenant.all
        ? [
            column.display({
              id: "reach",
              meta: { label: t("admins.reach"), width: "13rem" },
              cell: ({ row: { original: admin } }) => <Reach admin={admin} />,
            }),
          ]
        : []),
      column.display({
        id: "status",
        meta: { label: t("admins.state"), width: "11rem" },
        cell: ({ row }) => <AdminStatus admin={row.original} />,
      }),
      column.display({
        id: "twoFactor",
        meta: { label: t("admins.twoFactor"), width: "8rem", narrow: "card" },
        cell: ({ row }) => <TwoFactor on={row.original.twoFactor} />,
      }),
      column.display({
        id: "signIn",
        meta: { label: t("admins.lastSignIn"), sort: "tmLastLogin", width: "9rem" },
        cell: ({ row }) => <LastSignIn admin={row.original} />,
      }),
      column.display({
        id: "created",
        meta: { label: t("admins.added"), sort: "tmCreate", width: "8.5rem", narrow: "none", offByDefault: true },
        cell: ({ row }) => <Time value={row.original.tmCreate} quiet />,
      }),
    ]) as Column<Admin>[];
  }, [t, roleName, user.id, tenant.all]);
}

/** Whose data an admin sees. */
export function Reach({ admin: { customerId, customerName } }: { admin: Admin }) {
  const t = useT();
  if (customerId === null) return <span className="muted">{t("admins.everyone")}</span>;
  const name = customerName === null || customerName.trim() === "" ? t("admins.unnamedCustomer") : customerName;
  return (
    <HoverLink href={`/customers/${customerId}`} className="trunc">
      {name}
    </HoverLink>
  );
}

export function TwoFactor({ on }: { on: boolean }) {
  const t = useT();
  return (
    <Status tone={on ? "ok" : "idle"} icon={on ? ShieldCheck : ShieldOff}>
      {t(on ? "admins.twoFactorOn" : "admins.twoFactorOff")}
    </Status>
  );
}

export function LastSignIn({ admin: { tmLastLogin } }: { admin: Admin }) {
  const t = useT();
  return tmLastLogin === "" ? <span className="faint">{t("common.never")}</span> : <Time value={tmLastLogin} quiet />;
}
