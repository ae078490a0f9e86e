import { redirect } from "next/navigation";
import { forbidden } from "@/app/forbidden-page";
import { CustomerForm } from "@/components/customers/customer-form";
import { customerName } from "@/components/customers/customer-name";
import { isSet } from "@/components/lib/times";
import { PageHead } from "@/components/shell/page-head";
import { getI18n } from "../../../../i18n";
import { orNotFound, prefetcher } from "../../../../prefetch";
import { titled } from "../../../../titled";

export const generateMetadata = titled("customers.editTitle");

export default async function EditCustomer({ params }: PageProps<"/customers/[id]/edit">) {
  const [{ id }, { t }, { trpc }] = await Promise.all([params, getI18n(), prefetcher()]);
  const [{ rights }, customer] = await Promise.all([trpc.session.me(), orNotFound(trpc.customer.get({ id }))]);
  if (!rights.includes("customer:update")) return forbidden(t);
  if (isSet(customer.tmDelete)) redirect(`/customers/${id}`);
  const name = customerName(customer);
  return (
    <div className="narrow">
      <PageHead
        crumbs={{
          label: t("shell.breadcrumb"),
          items: [
            { text: t("customers.title"), href: "/customers" },
            { text: name, href: `/customers/${id}` },
            { text: t("common.edit") },
          ],
        }}
        title={t("customers.editNamed", { name })}
      />
      <CustomerForm customer={customer} />
    </div>
  );
}
