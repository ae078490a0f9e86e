import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import type { RedisClient } from "./redis";

/** Where a key stands after it was counted. */
export interface RateState {
  allowed: boolean;
  /** Points in a window. */
  limit: number;
  remaining: number;
  /** Until the window begins anew, rounded up. */
  resetSeconds: number;
}

export interface RateLimit {
  readonly points: number;
  readonly seconds: number;
  /** Counts so many points of a key, and says whether they were still to be had. */
  take(key: string, points?: number): Promise<RateState>;
  /** Where a key stands, without counting. */
  look(key: string): Promise<RateState>;
}

/**
 * So many points per window for each key, counted in Redis for all processes together. While Redis is away each process
 * counts for itself: nobody is shut out, and nobody is let through without bound.
 * @param name in front of the keys
 */
export function createRateLimit(
  redis: Pick<RedisClient, "client" | "state" | "ping">,
  { name, points, seconds }: { name: string; points: number; seconds: number },
): RateLimit {
  const shared = new RateLimiterRedis({
    storeClient: redis.client,
    keyPrefix: `vbadm:1:rate:${name}`,
    points,
    duration: seconds,
  });
  const own = new RateLimiterMemory({ keyPrefix: name, points, duration: seconds });
  const stateOf = (result: RateLimiterRes): RateState => ({
    allowed: result.consumedPoints <= points,
    limit: points,
    remaining: Math.max(0, points - result.consumedPoints),
    resetSeconds: Math.max(1, Math.ceil(result.msBeforeNext / 1_000)),
  });
  const fresh: RateState = { allowed: true, limit: points, remaining: points, resetSeconds: seconds };

  async function ask<T>(question: (limiter: RateLimiterRedis | RateLimiterMemory) => Promise<T>): Promise<T> {
    if (redis.state() === "up") {
      try {
        return await question(shared);
      } catch (error) {
        if (error instanceof RateLimiterRes) throw error;
        void redis.ping(); // whoever cannot be reached is noticed by this, and not asked again
      }
    }
    return await question(own);
  }

  return {
    points,
    seconds,
    async take(key, taken = 1) {
      try {
        return stateOf(await ask((limiter) => limiter.consume(key, taken)));
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return stateOf(refusal);
        throw refusal;
      }
    },
    async look(key) {
      const result = await ask((limiter) => limiter.get(key));
      return result === null ? fresh : { ...stateOf(result), allowed: result.consumedPoints < points };
    },
  };
}
