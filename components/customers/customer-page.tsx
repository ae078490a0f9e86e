"use client";

import { Pencil, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { AccessKeys } from "../access-keys/access-keys";
import { AuditList } from "../audit/audit-list";
import { useT } from "../i18n/provider";
import { isSet } from "../lib/times";
import { useOnceOpen } from "../lib/use-once-open";
import { PageHead } from "../shell/page-head";
import { useSession } from "../shell/session";
import { trpc } from "../trpc";
import { Button, ButtonLink } from "../ui/button";
import { CopyId } from "../ui/copy";
import { RecordState } from "../ui/record-state";
import { Time } from "../ui/time";
import { customerName } from "./customer-name";
import { customerPageParams, type CustomerTab } from "./customer-params";
import { CustomerStatus, isDeleting } from "./customer-status";
import { DeletionCard } from "./deletion-card";
import { Overview } from "./overview";
import { useDialog } from "./use-dialog";
import type { MessageKey } from "../i18n/translate";
import { HoverLink } from "../ui/hover-link";

// Loaded when it is first opened.
const DeleteCustomerDialog = dynamic(() => import("./delete-dialog").then((module) => module.DeleteCustomerDialog), {
  ssr: false,
});

const POLL_MS = 1_000;
const TABS: readonly {
  tab: CustomerTab;
  label: MessageKey;
  right: "customer:read" | "access-key:read" | "audit:read";
}[] = [
  { tab: "overview", label: "customers.tabOverview", right: "customer:read" },
  { tab: "access-keys", label: "customers.tabKeys", right: "access-key:read" },
  { tab: "audit", label: "customers.tabAudit", right: "audit:read" },
];

export function CustomerPage({ id }: { id: string }) {
  const t = useT();
  const { rights } = useSession();
  const [params] = useQueryStates(customerPageParams);
  const dialog = useDialog();
  const query = trpc.customer.get.useQuery(
    { id },
    { refetchInterval: ({ state }) => (isDeleting(state.data?.deletion ?? null) ? POLL_MS : false) },
  );
  const customer = query.data;
  const deleteSeen = useOnceOpen(dialog.current?.name === "delete");

  if (customer === undefined) return <RecordState query={query} />;

  const name = customerName(customer);
  const deleted = isSet(customer.tmDelete);
  const tabs = TABS.filter(({ right }) => rights.includes(right));
  return (
    <>
      <PageHead
        crumbs={{
          label: t("shell.breadcrumb"),
          items: [{ text: t("customers.title"), href: "/customers" }, { text: name }],
        }}
        title={name}
        badge={<CustomerStatus customer={customer} badge />}
        meta={
          <>
            <CopyId id={id} what={t("customers.id")} />
            <span>
              {t("customers.since")} <Time value={customer.tmCreate} as="date" />
            </span>
            {isSet(customer.tmUpdate) && !deleted && (
              <span>
                {t("customers.changedAt")} <Time value={customer.tmUpdate} />
              </span>
            )}
          </>
        }
        actions={
          !deleted && (
            <>
              {rights.includes("customer:update") && (
                <ButtonLink icon={Pencil} href={`/customers/${id}/edit`}>
                  {t("common.edit")}
                </ButtonLink>
              )}
              {rights.includes("customer:delete") && (
                <Button tone="danger-quiet" icon={Trash2} onClick={() => dialog.open("delete")}>
                  {t("customers.deleteMenu")}
                </Button>
              )}
            </>
          )
        }
      />
      {deleted && <DeletionCard customer={customer} />}
      <nav className="tabs" aria-label={name}>
        <ul>
          {tabs.map(({ tab, label }) => (
            <li key={tab}>
              <HoverLink
                href={tab === "overview" ? `/customers/${id}` : `/customers/${id}?tab=${tab}`}
                scroll={false}
                aria-current={params.tab === tab ? "page" : undefined}
              >
                {t(label)}
              </HoverLink>
            </li>
          ))}
        </ul>
      </nav>
      {params.tab === "overview" && <Overview customer={customer} />}
      {params.tab === "access-keys" && rights.includes("access-key:read") && <AccessKeys customer={customer} />}
      {params.tab === "audit" && rights.includes("audit:read") && (
        <AuditList customerId={id} path={`/customers/${id}`} />
      )}
      {deleteSeen && !deleted && rights.includes("customer:delete") && (
        <DeleteCustomerDialog customer={customer} open={dialog.current?.name === "delete"} onClose={dialog.close} />
      )}
    </>
  );
}
