import { RateLimiterMemory } from "rate-limiter-flexible";
import type { AttemptLimiter } from "@/server/domain/admin";

/** Ten attempts in a quarter of an hour per account and per address, then a quarter of an hour of rest. */
const ATTEMPTS = 10;
const WINDOW_SECONDS = 900;

/** Counts per process: a limit that needs Redis would fail with it, open or shut. */
export function createAttemptLimiter(): AttemptLimiter {
  const limiter = new RateLimiterMemory({ points: ATTEMPTS, duration: WINDOW_SECONDS, blockDuration: WINDOW_SECONDS });
  return {
    async take(key) {
      try {
        await limiter.consume(key);
        return 0;
      } catch (refusal) {
        const wait =
          typeof refusal === "object" && refusal !== null && "msBeforeNext" in refusal
            ? Number(refusal.msBeforeNext)
            : 1_000;
        return Math.max(1, Math.ceil(wait / 1_000));
      }
    },
    async clear(key) {
      await limiter.delete(key);
    },
  };
}
