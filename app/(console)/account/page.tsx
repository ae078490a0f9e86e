import type { Metadata } from "next";
import { AccountPage } from "@/components/account/account-page";
import { getI18n } from "../../i18n";
import { prefetcher } from "../../prefetch";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getI18n()).t("nav.account") });

export default async function Account() {
  const { trpc, HydrateClient } = await prefetcher();
  await Promise.all([trpc.account.get.prefetch(), trpc.account.sessions.prefetch()]);
  return (
    <HydrateClient>
      <AccountPage />
    </HydrateClient>
  );
}
