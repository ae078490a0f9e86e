import type { Metadata } from "next";
import { forbidden } from "@/app/forbidden-page";
import { DriftPage } from "@/components/drift/drift-page";
import { loadDriftParams, toDriftInput } from "@/components/drift/params";
import { UrlState } from "@/components/lib/url-state";
import { getI18n } from "../../../i18n";
import { prefetcher } from "../../../prefetch";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getI18n()).t("nav.drift") });

export default async function Drift({ searchParams }: PageProps<"/operations/drift">) {
  const [{ t }, params, { trpc, HydrateClient }] = await Promise.all([
    getI18n(),
    loadDriftParams(searchParams),
    prefetcher(),
  ]);
  const { rights } = await trpc.session.me();
  if (!rights.includes("drift:read")) return forbidden(t);
  await Promise.all([trpc.drift.list.prefetch(toDriftInput(params)), trpc.drift.state.prefetch()]);
  return (
    <HydrateClient>
      <UrlState>
        <DriftPage />
      </UrlState>
    </HydrateClient>
  );
}
