import { createHash } from "node:crypto";
import type { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterAbstract } from "rate-limiter-flexible";
import type { Attempt, AttemptLimiter } from "@/server/domain/admin";

const QUARTER_HOUR_SECONDS = 900;
const DAY_SECONDS = 86_400;

/** Attempts that cost nothing; from then on each is followed by a pause, twice as long as the last. Seconds. */
interface Growing {
  free: number;
  firstPause: number;
  longestPause: number;
}
const PAIR: Growing = { free: 10, firstPause: 60, longestPause: QUARTER_HOUR_SECONDS };
/** A code has six digits: whoever knows the password gets some hundred guesses a day at it, from wherever he asks. */
const CODES: Growing = { free: 20, firstPause: 60, longestPause: QUARTER_HOUR_SECONDS };
/** In a quarter of an hour. */
const ACCOUNT_MOST = 100;
const ADDRESS_MOST = 100;

/** One limit. @returns seconds to wait, 0 when the attempt may go on */
interface Limit {
  take(key: string): Promise<number>;
  clear(key: string): Promise<void>;
}

/**
 * Limits sign-in attempts (ASVS 2.2.1) so that a guesser gets nowhere, and so that nobody can lock an admin out by
 * guessing. The small limit is for one account from one place: ten attempts, then growing pauses of a quarter of an
 * hour at most. The large ones are for an account from everywhere and for an address with any account; the first of
 * them does not hold up a browser or an address that has signed in to the account before.
 * Counted in Redis for all processes together, and in each process while Redis is away. Nothing that was typed is kept
 * there: people type passwords into every field.
 */
export function createAttemptLimiter(redis: Redis | null, prefix = "vbadm:attempts"): AttemptLimiter {
  const make = (name: string, points: number, duration: number): RateLimiterAbstract => {
    const options = { keyPrefix: `${prefix}:${name}`, points, duration };
    const memory = new RateLimiterMemory(options);
    if (redis === null) return memory;
    return new RateLimiterRedis({
      ...options,
      storeClient: redis,
      rejectIfRedisNotReady: true,
      insuranceLimiter: memory,
    });
  };
  const growing = (name: string, rule: Growing): Limit => {
    const counts = make(`${name}:count`, Number.MAX_SAFE_INTEGER, DAY_SECONDS);
    const pauses = make(`${name}:pause`, 1, rule.longestPause);
    return {
      async take(key) {
        const pause = await pauses.get(key);
        if (pause !== null && pause.consumedPoints > 0) return secondsOf(pause);
        const { consumedPoints } = await counts.consume(key);
        const beyond = consumedPoints - rule.free;
        if (beyond < 0) return 0;
        // Whoever begins the pause may go on; those who came at the same moment wait.
        const customDuration = Math.min(rule.firstPause * 2 ** Math.min(beyond, 20), rule.longestPause);
        return await waitFor(pauses.consume(key, 1, { customDuration }));
      },
      async clear(key) {
        await Promise.all([counts.delete(key), pauses.delete(key)]);
      },
    };
  };
  const fixed = (name: string, points: number): Pick<Limit, "take"> => {
    const limiter = make(name, points, QUARTER_HOUR_SECONDS);
    return { take: (key) => waitFor(limiter.consume(key)) };
  };

  const pairs = growing("pair", PAIR);
  const addresses = fixed("address", ADDRESS_MOST);
  const accounts = fixed("account", ACCOUNT_MOST);
  const codes = growing("codes", CODES);

  const accountKey = ({ kind, account }: Attempt): string => digest(`${kind} ${account}`);
  const pairKey = (attempt: Attempt): string =>
    digest(`${attempt.kind} ${attempt.account} ${attempt.device ?? networkOf(attempt.address)}`);

  return {
    async take(attempt) {
      const { kind, device, knownAddress, address } = attempt;
      if (device === null) {
        const wait = await addresses.take(digest(`${kind === "passkey" ? kind : "any"} ${networkOf(address)}`));
        if (wait > 0) return wait;
      }
      if (kind === "passkey") return 0;
      const wait = await pairs.take(pairKey(attempt));
      if (wait > 0 || device !== null || knownAddress) return wait;
      return await (kind === "code" ? codes : accounts).take(accountKey(attempt));
    },
    clear: (attempt) => pairs.clear(pairKey(attempt)),
  };
}

const digest = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** What one subscriber has: an IPv4 address, or the first half of an IPv6 address. */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.toLowerCase().split("%")[0]?.split("::") ?? [];
  const groups = head.split(":").filter((group) => group !== "");
  const after = tail === undefined ? [] : tail.split(":").filter((group) => group !== "");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length);
  const whole = [...groups, ...Array.from({ length: zeros }, () => "0"), ...after];
  return `${whole
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}

async function waitFor(consumed: Promise<unknown>): Promise<number> {
  try {
    await consumed;
    return 0;
  } catch (refusal) {
    return secondsOf(refusal);
  }
}

const secondsOf = (limit: unknown): number => {
  const ms =
    typeof limit === "object" && limit !== null && "msBeforeNext" in limit ? Number(limit.msBeforeNext) : 1_000;
  return Math.max(1, Math.ceil(ms / 1_000));
};
