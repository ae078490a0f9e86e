import { forbidden } from "@/app/forbidden-page";
import { ExtensionForm } from "@/components/extensions/extension-form";
import { AccountFormPage } from "@/components/sip/account-form-page";
import { getI18n } from "../../../../i18n";
import { prefetcher } from "../../../../prefetch";
import { newOwner } from "../../new-owner";
import { titled } from "../../../../titled";

export const generateMetadata = titled("extensions.create");

export default async function NewExtension({ searchParams }: PageProps<"/sip/extensions/new">) {
  const [{ t }, { trpc }, query] = await Promise.all([getI18n(), prefetcher(), searchParams]);
  const { rights } = await trpc.session.me();
  if (!rights.includes("extension:create")) return forbidden(t);
  const owner = await newOwner(query.customer);
  return (
    <AccountFormPage kind="extension">
      <ExtensionForm {...owner} />
    </AccountFormPage>
  );
}
