import type { Metadata } from "next";
import { CustomerList } from "@/components/customers/customer-list";
import { loadCustomerListParams, toCustomerListInput } from "@/components/customers/list-params";
import { UrlState } from "@/components/lib/url-state";
import { getI18n } from "../../i18n";
import { openDefaultView } from "../../default-view";
import { prefetcher } from "../../prefetch";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getI18n()).t("customers.title") });

export default async function Customers({ searchParams }: PageProps<"/customers">) {
  await openDefaultView("customers", "/customers", searchParams);
  const params = await loadCustomerListParams(searchParams);
  const { trpc, HydrateClient } = await prefetcher();
  await trpc.customer.list.prefetch(toCustomerListInput(params));
  return (
    <HydrateClient>
      <UrlState>
        <CustomerList />
      </UrlState>
    </HydrateClient>
  );
}
