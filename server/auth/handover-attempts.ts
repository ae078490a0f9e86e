import type { HandoverPort } from "@/server/domain/registrar";
import { createRateLimit } from "@/server/platform/rate-limit";
import type { RedisClient } from "@/server/platform/redis";
import { networkOf } from "./address";

const MINUTE_SECONDS = 60;
/** Tokens that we never made, per address and minute. */
const FORGED_MOST = 30;
/** Attempts with one token of ours, whoever makes them: none of them is a guess. */
const KNOWN_MOST = 60;

/**
 * Limits what comes to one-time addresses of phones, counted in Redis and in each process while Redis is away. Who
 * guesses holds up nobody beside him: a token of ours is told from a guess before anything is counted.
 */
export function createHandoverAttempts(
  redis: Pick<RedisClient, "client" | "state" | "ping">,
): HandoverPort["attempts"] {
  const forged = createRateLimit(redis, { name: "handover-forged", points: FORGED_MOST, seconds: MINUTE_SECONDS });
  const known = createRateLimit(redis, { name: "handover", points: KNOWN_MOST, seconds: MINUTE_SECONDS });
  return {
    async take(kind, key) {
      const state = await (kind === "forged" ? forged.take(networkOf(key)) : known.take(key));
      return state.allowed ? 0 : state.resetSeconds;
    },
  };
}
