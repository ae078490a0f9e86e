import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { LRUCache } from "lru-cache";
import { networkOf } from "@/server/auth/address";
import { DomainError } from "@/server/kernel/errors";
import { createRateLimit, type RateState } from "@/server/platform/rate-limit";
import type { RedisClient } from "@/server/platform/redis";

const MINUTE_SECONDS = 60;
/** Tokens that are none, per address and minute; after them unknown tokens from there are not even looked up. */
const WRONG_TOKENS_MOST = 60;
/** For so long a token that was good is not held back by wrong ones from the same address. Milliseconds. */
const KNOWN_GOOD_MS = 3_600_000;

/** How much a program may ask for. */
export interface ProgramLimits {
  /** Before a token is looked up. @throws DomainError TOO_MANY_REQUESTS */
  beforeToken(response: ServerResponse, token: string, address: string): Promise<void>;
  /** After a token turned out to be none. */
  wrongToken(address: string): Promise<void>;
  /** Counts calls of an access key, and says in the standard headers what is left. @throws DomainError TOO_MANY_REQUESTS */
  take(response: ServerResponse, token: string, accessKeyId: string, calls: number): Promise<void>;
}

export function createProgramLimits(
  redis: Pick<RedisClient, "client" | "state" | "ping">,
  callsPerMinute: number,
): ProgramLimits {
  const calls = createRateLimit(redis, { name: "access-key", points: callsPerMinute, seconds: MINUTE_SECONDS });
  const wrong = createRateLimit(redis, { name: "wrong-token", points: WRONG_TOKENS_MOST, seconds: MINUTE_SECONDS });
  const good = new LRUCache<string, true>({ max: 10_000, ttl: KNOWN_GOOD_MS });
  const nameOf = (token: string): string => createHash("sha256").update(token).digest("base64");

  return {
    async beforeToken(response, token, address) {
      if (good.has(nameOf(token))) return;
      const state = await wrong.look(networkOf(address));
      if (state.allowed) return;
      good.delete(nameOf(token));
      throw refuse(response, state, "Too many access keys from this address were not valid.");
    },
    async wrongToken(address) {
      await wrong.take(networkOf(address));
    },
    async take(response, token, accessKeyId, count) {
      const state = await calls.take(accessKeyId, count);
      good.set(nameOf(token), true);
      response.setHeader("ratelimit-policy", `${state.limit};w=${MINUTE_SECONDS}`);
      response.setHeader("ratelimit-limit", state.limit);
      response.setHeader("ratelimit-remaining", state.remaining);
      response.setHeader("ratelimit-reset", state.resetSeconds);
      if (!state.allowed) throw refuse(response, state, `This access key may make ${state.limit} calls a minute.`);
    },
  };
}

function refuse(response: ServerResponse, { resetSeconds }: RateState, what: string): DomainError {
  response.setHeader("retry-after", resetSeconds);
  return new DomainError(
    "TOO_MANY_REQUESTS",
    "TOO_MANY_REQUESTS",
    `${what} Try again in ${resetSeconds} ${resetSeconds === 1 ? "second" : "seconds"}.`,
  );
}
