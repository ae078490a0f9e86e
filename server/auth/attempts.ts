import { RateLimiterMemory } from "rate-limiter-flexible";
import type { AttemptLimiter } from "@/server/domain/admin";

const QUARTER_HOUR_SECONDS = 900;

/**
 * Limits sign-in attempts (ASVS 2.2.1). Ten for an account from one address; a hundred for an account from anywhere, and
 * for an address with any account, so that neither a guesser nor somebody who wants to lock an admin out gets far.
 * Counted per process: a limit that needs Redis would fail with it, open or shut.
 */
export function createAttemptLimiter(): AttemptLimiter {
  const limiter = (points: number): RateLimiterMemory =>
    new RateLimiterMemory({ points, duration: QUARTER_HOUR_SECONDS, blockDuration: QUARTER_HOUR_SECONDS });
  const pairs = limiter(10);
  const accounts = limiter(100);
  const addresses = limiter(100);
  return {
    async take(account, address) {
      const counts = await Promise.all([
        waitOf(pairs, `${account} ${address}`),
        waitOf(accounts, account),
        waitOf(addresses, address),
      ]);
      return Math.max(...counts);
    },
    async clear(account, address) {
      await pairs.delete(`${account} ${address}`);
    },
  };
}

async function waitOf(limiter: RateLimiterMemory, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (refusal) {
    const ms =
      typeof refusal === "object" && refusal !== null && "msBeforeNext" in refusal ? refusal.msBeforeNext : 1_000;
    return Math.max(1, Math.ceil(Number(ms) / 1_000));
  }
}
