import type { Metadata } from "next";
import { SettingsPage } from "@/components/settings/settings-page";
import { getI18n } from "../../i18n";
import { prefetcher } from "../../prefetch";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getI18n()).t("nav.settings") });

export default async function Settings() {
  const { trpc, HydrateClient } = await prefetcher();
  await trpc.session.list.prefetch();
  return (
    <HydrateClient>
      <SettingsPage />
    </HydrateClient>
  );
}
