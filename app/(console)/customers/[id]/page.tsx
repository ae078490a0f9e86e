import type { Metadata } from "next";
import { cache } from "react";
import { toAccessKeyListInput } from "@/components/access-keys/list-input";
import { loadAuditParams, toAuditInput, toAuditSummaryInput } from "@/components/audit/params";
import { customerName } from "@/components/customers/customer-name";
import { loadCustomerPageParams } from "@/components/customers/customer-params";
import { CustomerPage } from "@/components/customers/customer-page";
import { UrlState } from "@/components/lib/url-state";
import { orNotFound, prefetcher } from "../../../prefetch";

const getCustomer = cache(async (id: string) => orNotFound((await prefetcher()).trpc.customer.get({ id })));

export async function generateMetadata({ params }: PageProps<"/customers/[id]">): Promise<Metadata> {
  return { title: customerName(await getCustomer((await params).id)) };
}

export default async function Customer({ params, searchParams }: PageProps<"/customers/[id]">) {
  const [{ id }, query, audit, { trpc, HydrateClient }] = await Promise.all([
    params,
    loadCustomerPageParams(searchParams),
    loadAuditParams(searchParams),
    prefetcher(),
  ]);
  await getCustomer(id);
  await Promise.all([
    trpc.customer.get.prefetch({ id }),
    ...(query.tab === "access-keys"
      ? [
          trpc.accessKey.list.prefetch(toAccessKeyListInput(id, query)),
          ...(query.key === null ? [] : [trpc.accessKey.get.prefetch({ id: query.key })]),
        ]
      : []),
    ...(query.tab === "audit" ? [trpc.audit.list.prefetch(toAuditInput({ ...audit, customer: id }))] : []),
    ...(query.tab === "overview" ? [trpc.audit.list.prefetch(toAuditSummaryInput(id))] : []),
  ]);
  return (
    <HydrateClient>
      <UrlState>
        <CustomerPage id={id} />
      </UrlState>
    </HydrateClient>
  );
}
