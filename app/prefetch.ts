import "server-only";
import { QueryClient } from "@tanstack/react-query";
import { createHydrationHelpers } from "@trpc/react-query/rsc";
import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";
import { cache } from "react";
import { queryDefaults } from "@/components/lib/query-defaults";
import { serverCaller } from "@/server/trpc/caller";
import type { AppRouter } from "@/server/trpc/root";

const getQueryClient = cache(
  () => new QueryClient({ defaultOptions: { ...queryDefaults, queries: { ...queryDefaults.queries, retry: false } } }),
);

/**
 * The procedures of the signed-in visitor, for reading ahead what the page's components will ask for. A read that fails is
 * left to the browser, which asks again and says what is wrong.
 */
export const prefetcher = cache(async () => createHydrationHelpers<AppRouter>(await serverCaller(), getQueryClient));

/** Waits for reads at most so long: what is slow comes later, and holds the page up no more. */
export async function within(ms: number, reads: readonly Promise<unknown>[]): Promise<void> {
  await Promise.race([Promise.allSettled(reads), new Promise((resolve) => setTimeout(resolve, ms))]);
}

/** A record that the page cannot do without: what is not there, or not ours to see, is a page that does not exist. */
export async function orNotFound<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof TRPCError && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST")) notFound();
    throw error;
  }
}
