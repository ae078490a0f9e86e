import { redirect } from "next/navigation";
import { forbidden } from "@/app/forbidden-page";
import { accountOf } from "@/components/extensions/account";
import { ExtensionForm } from "@/components/extensions/extension-form";
import { isSet } from "@/components/lib/times";
import { AccountFormPage } from "@/components/sip/account-form-page";
import { getI18n } from "../../../../../i18n";
import { orNotFound, prefetcher } from "../../../../../prefetch";
import { titled } from "../../../../../titled";

export const generateMetadata = titled("extensions.edit");

export default async function EditExtension({ params }: PageProps<"/sip/extensions/[id]/edit">) {
  const [{ id }, { t }, { trpc }] = await Promise.all([params, getI18n(), prefetcher()]);
  const { rights } = await trpc.session.me();
  if (!rights.includes("extension:update")) return forbidden(t);
  const extension = await orNotFound(trpc.extension.get({ id }));
  if (isSet(extension.tmDelete)) redirect(`/sip/extensions/${id}`);
  return (
    <AccountFormPage kind="extension" account={accountOf(extension)}>
      <ExtensionForm extension={extension} />
    </AccountFormPage>
  );
}
