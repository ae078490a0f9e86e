import type { Metadata } from "next";
import { forbidden } from "@/app/forbidden-page";
import { UrlState } from "@/components/lib/url-state";
import { loadTrunkListParams, toTrunkListInput } from "@/components/trunks/list-params";
import { TrunkList } from "@/components/trunks/trunk-list";
import { openDefaultView } from "../../../default-view";
import { getI18n } from "../../../i18n";
import { prefetcher } from "../../../prefetch";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getI18n()).t("trunks.title") });

export default async function Trunks({ searchParams }: PageProps<"/sip/trunks">) {
  const [{ t }, params, { trpc, HydrateClient }] = await Promise.all([
    getI18n(),
    loadTrunkListParams(searchParams),
    prefetcher(),
  ]);
  const { rights } = await trpc.session.me();
  if (!rights.includes("trunk:read")) return forbidden(t);
  await openDefaultView("trunks", "/sip/trunks", searchParams);
  await trpc.trunk.list.prefetch(toTrunkListInput(params));
  return (
    <HydrateClient>
      <UrlState>
        <TrunkList />
      </UrlState>
    </HydrateClient>
  );
}
