import type { Metadata } from "next";
import { forbidden } from "@/app/forbidden-page";
import { ExtensionList } from "@/components/extensions/extension-list";
import { loadExtensionListParams, toExtensionListInput } from "@/components/extensions/list-params";
import { UrlState } from "@/components/lib/url-state";
import { openDefaultView } from "../../../default-view";
import { getI18n } from "../../../i18n";
import { prefetcher } from "../../../prefetch";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getI18n()).t("extensions.title") });

export default async function Extensions({ searchParams }: PageProps<"/sip/extensions">) {
  const [{ t }, params, { trpc, HydrateClient }] = await Promise.all([
    getI18n(),
    loadExtensionListParams(searchParams),
    prefetcher(),
  ]);
  const { rights } = await trpc.session.me();
  if (!rights.includes("extension:read")) return forbidden(t);
  await openDefaultView("extensions", "/sip/extensions", searchParams);
  await trpc.extension.list.prefetch(toExtensionListInput(params));
  return (
    <HydrateClient>
      <UrlState>
        <ExtensionList />
      </UrlState>
    </HydrateClient>
  );
}
