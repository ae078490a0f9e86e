import type { Metadata } from "next";
import { forbidden } from "@/app/forbidden-page";
import { KeyList } from "@/components/access-keys/key-list";
import { loadKeyListParams, toKeyListInput } from "@/components/access-keys/list-input";
import { UrlState } from "@/components/lib/url-state";
import { getI18n } from "../../i18n";
import { openDefaultView } from "../../default-view";
import { prefetcher } from "../../prefetch";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getI18n()).t("keys.title") });

export default async function AccessKeys({ searchParams }: PageProps<"/access-keys">) {
  const [{ t }, params, { trpc, HydrateClient }] = await Promise.all([
    getI18n(),
    loadKeyListParams(searchParams),
    prefetcher(),
  ]);
  const { rights } = await trpc.session.me();
  if (!rights.includes("access-key:read")) return forbidden(t);
  await openDefaultView("all-access-keys", "/access-keys", searchParams);
  await trpc.accessKey.list.prefetch(toKeyListInput(params));
  return (
    <HydrateClient>
      <UrlState>
        <KeyList />
      </UrlState>
    </HydrateClient>
  );
}
