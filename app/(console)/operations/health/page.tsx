import { forbidden } from "@/app/forbidden-page";
import { HealthPage } from "@/components/health/health-page";
import { getI18n } from "../../../i18n";
import { prefetcher, within } from "../../../prefetch";
import { titled } from "../../../titled";

export const generateMetadata = titled("nav.health");

/** When something hangs, the page comes first and its report after it. */
const PATIENCE_MS = 400;

export default async function HealthRoute() {
  const [{ t }, { trpc, HydrateClient }] = await Promise.all([getI18n(), prefetcher()]);
  const { rights } = await trpc.session.me();
  if (!rights.includes("health:read")) return forbidden(t);
  await within(PATIENCE_MS, [trpc.health.get.prefetch()]);
  return (
    <HydrateClient>
      <HealthPage />
    </HydrateClient>
  );
}
