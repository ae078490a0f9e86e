import type { Metadata } from "next";
import { toAuditSummaryInput } from "@/components/audit/params";
import { HomePage } from "@/components/home/home-page";
import { DELETED_INPUT, LATEST_INPUT } from "@/components/home/inputs";
import { getI18n } from "../i18n";
import { prefetcher, within } from "../prefetch";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getI18n()).t("nav.home") });

/** Cards that are slow come later: nothing here may hold up the way to another page. */
const PATIENCE_MS = 300;

export default async function Home() {
  const { trpc, HydrateClient } = await prefetcher();
  await within(PATIENCE_MS, [
    trpc.customer.list.prefetch(LATEST_INPUT),
    trpc.customer.list.prefetch(DELETED_INPUT),
    trpc.audit.list.prefetch(toAuditSummaryInput(undefined)),
  ]);
  return (
    <HydrateClient>
      <HomePage />
    </HydrateClient>
  );
}
