import type { ReactNode } from "react";
import { Shell } from "@/components/shell/shell";
import { prefetcher, within } from "../prefetch";

/** How long a page waits for the state of the installation, which it shows only at the side. */
const PATIENCE_MS = 150;

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { trpc, HydrateClient } = await prefetcher();
  const session = await trpc.session.me();
  await within(PATIENCE_MS, session.rights.includes("health:read") ? [trpc.health.get.prefetch()] : []);
  return (
    <HydrateClient>
      <Shell session={session}>{children}</Shell>
    </HydrateClient>
  );
}
