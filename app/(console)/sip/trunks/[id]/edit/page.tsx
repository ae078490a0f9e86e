import { redirect } from "next/navigation";
import { forbidden } from "@/app/forbidden-page";
import { isSet } from "@/components/lib/times";
import { AccountFormPage } from "@/components/sip/account-form-page";
import { accountOf } from "@/components/trunks/account";
import { TrunkForm } from "@/components/trunks/trunk-form";
import { getI18n } from "../../../../../i18n";
import { orNotFound, prefetcher } from "../../../../../prefetch";
import { titled } from "../../../../../titled";

export const generateMetadata = titled("trunks.edit");

export default async function EditTrunk({ params }: PageProps<"/sip/trunks/[id]/edit">) {
  const [{ id }, { t }, { trpc }] = await Promise.all([params, getI18n(), prefetcher()]);
  const { rights } = await trpc.session.me();
  if (!rights.includes("trunk:update")) return forbidden(t);
  const [trunk, realmBase] = await Promise.all([orNotFound(trpc.trunk.get({ id })), trpc.trunk.realmBase()]);
  if (isSet(trunk.tmDelete)) redirect(`/sip/trunks/${id}`);
  return (
    <AccountFormPage kind="trunk" account={accountOf(trunk)}>
      <TrunkForm trunk={trunk} realmBase={realmBase} />
    </AccountFormPage>
  );
}
