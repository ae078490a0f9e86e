"use client";

import { trpc, type Health } from "../trpc";

/** The installation's state for the navigation: asked now and then, and quietly. */
export function useHealthState(): Health["state"] | undefined {
  return trpc.health.get.useQuery(undefined, { refetchInterval: 60_000, retry: false, staleTime: 30_000 }).data?.state;
}
