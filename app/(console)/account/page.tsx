import { AccountPage } from "@/components/account/account-page";
import { prefetcher } from "../../prefetch";
import { titled } from "../../titled";

export const generateMetadata = titled("nav.account");

export default async function Account() {
  const { trpc, HydrateClient } = await prefetcher();
  await Promise.all([trpc.account.get.prefetch(), trpc.account.sessions.prefetch()]);
  return (
    <HydrateClient>
      <AccountPage />
    </HydrateClient>
  );
}
