import { forbidden } from "@/app/forbidden-page";
import { AccountFormPage } from "@/components/sip/account-form-page";
import { TrunkForm } from "@/components/trunks/trunk-form";
import { getI18n } from "../../../../i18n";
import { prefetcher } from "../../../../prefetch";
import { newOwner } from "../../new-owner";
import { titled } from "../../../../titled";

export const generateMetadata = titled("trunks.create");

export default async function NewTrunk({ searchParams }: PageProps<"/sip/trunks/new">) {
  const [{ t }, { trpc }, query] = await Promise.all([getI18n(), prefetcher(), searchParams]);
  const { rights } = await trpc.session.me();
  if (!rights.includes("trunk:create")) return forbidden(t);
  const [owner, realmBase] = await Promise.all([newOwner(query.customer), trpc.trunk.realmBase()]);
  return (
    <AccountFormPage kind="trunk">
      <TrunkForm {...owner} realmBase={realmBase} />
    </AccountFormPage>
  );
}
