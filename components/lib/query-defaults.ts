import type { DefaultOptions } from "@tanstack/react-query";

/** Codes after which asking again can help. */
const PASSING = new Set(["UNAVAILABLE", "TIMEOUT", "TOO_MANY_REQUESTS", "SERVICE_UNAVAILABLE", "GATEWAY_TIMEOUT"]);

function isPassing(error: unknown): boolean {
  const data: unknown = typeof error === "object" && error !== null && "data" in error ? error.data : null;
  if (typeof data !== "object" || data === null || !("code" in data)) return true;
  return PASSING.has(String(data.code));
}

/** What the server has read is fresh for a while: a page does not ask again for what it was drawn with. */
export const queryDefaults: Pick<DefaultOptions<Error>, "queries"> = {
  queries: {
    staleTime: 10_000,
    refetchOnWindowFocus: true,
    retry: (failures, error) => failures < 2 && isPassing(error),
    retryDelay: 500,
  },
};
