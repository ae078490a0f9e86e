import { forbidden } from "@/app/forbidden-page";
import { ImportPage } from "@/components/sip-bulk/import-page";
import { getI18n } from "../../../../i18n";
import { prefetcher } from "../../../../prefetch";
import { titled } from "../../../../titled";

export const generateMetadata = titled("sipImport.trunks.title");

export default async function ImportTrunks() {
  const [{ t }, { trpc, HydrateClient }] = await Promise.all([getI18n(), prefetcher()]);
  const { rights } = await trpc.session.me();
  if (!rights.includes("trunk:create")) return forbidden(t);
  return (
    <HydrateClient>
      <ImportPage kind="trunks" />
    </HydrateClient>
  );
}
