"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { BadgeCheck, Globe, ShieldCheck, UserCog, UserPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import { useCustomerField } from "../customers/customer-field";
import type { FilterField } from "../data-table/filter-field";
import { ListPage } from "../data-table/list-page";
import { useList } from "../data-table/use-list";
import { useT } from "../i18n/provider";
import { useOnceOpen } from "../lib/use-once-open";
import { useRight, useSession } from "../shell/session";
import { trpc, type Admin, type Outputs } from "../trpc";
import { Button } from "../ui/button";
import { State } from "../ui/state";
import { useAdminColumns } from "./columns";
import { adminListParams, REACHES, ROLE_NAMES, STATUS_NAMES, toAdminListInput } from "./list-params";

// Loaded when they are first opened.
const InviteDialog = dynamic(() => import("./invite-dialog").then((module) => module.InviteDialog), { ssr: false });
const LinkDialog = dynamic(() => import("./link-dialog").then((module) => module.LinkDialog), { ssr: false });

const idOf = ({ id }: Admin): string => id;
const PASSING = ["dialog"] as const;

export function AdminList() {
  const t = useT();
  const mayInvite = useRight("admin:invite");
  const list = useList({
    name: "admins",
    path: "/settings/admins",
    parsers: adminListParams,
    fields: useFields(),
    passing: PASSING,
  });
  const query = trpc.admin.list.useQuery(toAdminListInput(list.params), { placeholderData: keepPreviousData });
  const [opened, setOpened] = useState(false);
  const inviting = mayInvite && (opened || list.params.dialog === "invite");
  const [made, setMade] = useState<Outputs["admin"]["invite"] | null>(null);
  const [seen, madeSeen] = [useOnceOpen(inviting), useOnceOpen(made !== null)];
  const close = () => {
    setOpened(false);
    if (list.params.dialog !== null) list.set({ dialog: null }, { history: "replace" });
  };
  return (
    <>
      <ListPage
        list={list}
        query={query}
        title={t("admins.title")}
        label={t("admins.title")}
        caption={t("admins.caption")}
        actions={
          mayInvite && (
            <Button tone="primary" icon={UserPlus} onClick={() => setOpened(true)}>
              {t("admins.invite")}
            </Button>
          )
        }
        views={[{ label: t("common.all"), query: "", current: !list.narrowed }]}
        search={t("admins.search")}
        sorts={[
          { by: "tmCreate", direction: "desc", label: t("admins.sorts.tmCreate_desc") },
          { by: "tmCreate", direction: "asc", label: t("admins.sorts.tmCreate_asc") },
          { by: "name", direction: "asc", label: t("admins.sorts.name_asc") },
          { by: "tmLastLogin", direction: "desc", label: t("admins.sorts.tmLastLogin_desc") },
          { by: "tmLastLogin", direction: "asc", label: t("admins.sorts.tmLastLogin_asc") },
        ]}
        columns={useAdminColumns()}
        rowId={idOf}
        rowState={({ status }) => (status === "disabled" ? "is-gone" : undefined)}
        skeletonRows={8}
        tall
        empty={<State icon={UserCog} title={t("admins.noneTitle")} text={t("admins.noneText")} />}
      />
      {seen && <InviteDialog open={inviting} onClose={close} onMade={setMade} />}
      {madeSeen && <LinkDialog made={made} purpose="invite" onClose={() => setMade(null)} />}
    </>
  );
}

function useFields(): readonly FilterField[] {
  const t = useT();
  const { tenant } = useSession();
  const customer = useCustomerField();
  return useMemo(
    () => [
      {
        kind: "choice",
        name: "role",
        label: t("admins.roleIs"),
        icon: BadgeCheck,
        options: ROLE_NAMES.map((value) => ({ value, label: t(`roles.${value}`) })),
      },
      {
        kind: "choice",
        name: "status",
        label: t("admins.stateIs"),
        icon: UserCog,
        options: STATUS_NAMES.map((value) => ({ value, label: t(`admins.status.${value}`) })),
      },
      {
        kind: "choice",
        name: "twofactor",
        label: t("admins.twoFactorIs"),
        icon: ShieldCheck,
        options: [
          { value: "yes", label: t("admins.twoFactorOn") },
          { value: "no", label: t("admins.twoFactorOff") },
        ],
      },
      ...(tenant.all
        ? ([
            {
              kind: "choice",
              name: "reach",
              label: t("admins.reachIs"),
              icon: Globe,
              options: REACHES.map((value) => ({ value, label: t(`admins.reaches.${value}`) })),
            },
          ] satisfies FilterField[])
        : []),
      ...customer,
    ],
    [t, tenant.all, customer],
  );
}
