import type { Metadata } from "next";
import { forbidden } from "@/app/forbidden-page";
import { AdminList } from "@/components/admins/admin-list";
import { loadAdminListParams, toAdminListInput } from "@/components/admins/list-params";
import { UrlState } from "@/components/lib/url-state";
import { getI18n } from "../../../i18n";
import { prefetcher } from "../../../prefetch";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getI18n()).t("admins.title") });

export default async function Admins({ searchParams }: PageProps<"/settings/admins">) {
  const [{ t }, params, { trpc, HydrateClient }] = await Promise.all([
    getI18n(),
    loadAdminListParams(searchParams),
    prefetcher(),
  ]);
  const { rights } = await trpc.session.me();
  if (!rights.includes("admin:read")) return forbidden(t);
  await trpc.admin.list.prefetch(toAdminListInput(params));
  return (
    <HydrateClient>
      <UrlState>
        <AdminList />
      </UrlState>
    </HydrateClient>
  );
}
