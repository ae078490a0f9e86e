import { forbidden } from "@/app/forbidden-page";
import { CustomerForm } from "@/components/customers/customer-form";
import { PageHead } from "@/components/shell/page-head";
import { getI18n } from "../../../i18n";
import { prefetcher } from "../../../prefetch";
import { titled } from "../../../titled";

export const generateMetadata = titled("customers.create");

export default async function NewCustomer() {
  const [{ t }, { trpc }] = await Promise.all([getI18n(), prefetcher()]);
  const { rights } = await trpc.session.me();
  if (!rights.includes("customer:create")) return forbidden(t);
  return (
    <div className="narrow">
      <PageHead
        crumbs={{
          label: t("shell.breadcrumb"),
          items: [{ text: t("customers.title"), href: "/customers" }, { text: t("customers.create") }],
        }}
        title={t("customers.create")}
        sub={t("customers.createText")}
      />
      <CustomerForm />
    </div>
  );
}
