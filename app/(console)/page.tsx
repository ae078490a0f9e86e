import { toAuditSummaryInput } from "@/components/audit/params";
import { HomePage } from "@/components/home/home-page";
import {
  ALARMS_INPUT,
  DELETED_INPUT,
  EXPIRING_INPUT,
  LATEST_INPUT,
  PHONES_INPUT,
  PHONES_NOW_INPUT,
  USED_INPUT,
} from "@/components/home/inputs";
import type { Right } from "@/server/kernel/permissions";
import { prefetcher, within } from "../prefetch";
import { titled } from "../titled";

export const generateMetadata = titled("nav.home");

/** Cards that are slow come later: nothing here may hold up the way to another page. */
const PATIENCE_MS = 300;

export default async function Home() {
  const { trpc, HydrateClient } = await prefetcher();
  const { rights, tenant } = await trpc.session.me();
  const may = (right: Right, ...reads: (() => Promise<unknown>)[]) =>
    rights.includes(right) ? reads.map((read) => read()) : [];
  await within(PATIENCE_MS, [
    trpc.customer.list.prefetch(LATEST_INPUT),
    ...(tenant.all ? [trpc.customer.list.prefetch(DELETED_INPUT), trpc.customer.growth.prefetch({ days: 30 })] : []),
    ...may(
      "access-key:read",
      () => trpc.accessKey.list.prefetch(EXPIRING_INPUT),
      () => trpc.accessKey.list.prefetch(USED_INPUT),
    ),
    ...may(
      "registration:read",
      () => trpc.registration.counts.prefetch(PHONES_NOW_INPUT),
      () => trpc.registration.overTime.prefetch(PHONES_INPUT),
      () => trpc.registration.alarms.prefetch(ALARMS_INPUT),
    ),
    ...may("audit:read", () => trpc.audit.list.prefetch(toAuditSummaryInput(undefined))),
  ]);
  return (
    <HydrateClient>
      <HomePage />
    </HydrateClient>
  );
}
