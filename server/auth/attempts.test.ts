import { randomBytes } from "node:crypto";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Attempt, AttemptLimiter } from "@/server/domain/admin";
import { testServers } from "@/server/platform/config/test-servers";
import { createLogger } from "@/server/platform/logger";
import { openRedis } from "@/server/platform/redis";
import { startTcpProxy } from "@/server/testing/tcp-proxy";
import { createAttemptLimiter, networkOf } from "./attempts";

const log = createLogger({ level: "silent", process: "test" });
const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const attempt = (over: Partial<Attempt> = {}): Attempt => ({
  kind: "password",
  account: "ada@example.com",
  address: "203.0.113.1",
  device: null,
  knownAddress: false,
  ...over,
});
const many = async (limiter: AttemptLimiter, count: number, over: (index: number) => Partial<Attempt>) => {
  const waits: number[] = [];
  for (let index = 0; index < count; index++) waits.push(await limiter.take(attempt(over(index))));
  return waits;
};
const here = () => ({});
const anywhere = (index: number) => ({ address: `198.51.${index >> 8}.${index & 255}` });

describe("guessing one account from one place", () => {
  test("has ten attempts, then pauses that double up to a quarter of an hour, and none for good", async () => {
    vi.useFakeTimers();
    const limiter = createAttemptLimiter(null);
    expect(await many(limiter, 10, here)).toEqual(Array(10).fill(0));
    const pauses: number[] = [];
    for (let round = 0; round < 7; round++) {
      const wait = await limiter.take(attempt());
      pauses.push(wait);
      expect(await limiter.take(attempt()), "asking again makes it no longer").toBe(wait);
      vi.advanceTimersByTime(wait * 1_000 + 1);
      expect(await limiter.take(attempt()), "after the pause").toBe(0);
    }
    expect(pauses).toEqual([60, 120, 240, 480, 900, 900, 900]);
    vi.advanceTimersByTime(86_400_000);
    expect(await many(limiter, 10, here)).toEqual(Array(10).fill(0));
  });

  test("is forgotten with the right password, and does not hold up other places and accounts", async () => {
    const limiter = createAttemptLimiter(null);
    await many(limiter, 10, here);
    expect(await limiter.take(attempt())).toBeGreaterThan(0);
    expect(await limiter.take(attempt({ address: "203.0.113.2" }))).toBe(0);
    expect(await limiter.take(attempt({ account: "eve@example.com" }))).toBe(0);
    expect(await limiter.take(attempt({ device: "ada's laptop" }))).toBe(0);
    await limiter.clear(attempt());
    expect(await limiter.take(attempt())).toBe(0);
  });

  test("at the same moment gives no more attempts", async () => {
    const limiter = createAttemptLimiter(null);
    const waits = await Promise.all(Array.from({ length: 40 }, () => limiter.take(attempt())));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(10);
  });
});

describe("guessing one account from everywhere", () => {
  test("is stopped, while its own devices and addresses still get in", async () => {
    const limiter = createAttemptLimiter(null);
    expect((await many(limiter, 100, anywhere)).every((wait) => wait === 0)).toBe(true);
    expect(await limiter.take(attempt({ address: "192.0.2.1" }))).toBeGreaterThan(0);
    expect(await limiter.take(attempt({ address: "192.0.2.2", knownAddress: true }))).toBe(0);
    expect(await limiter.take(attempt({ address: "192.0.2.3", device: "ada's laptop" }))).toBe(0);
  });

  test("is stopped sooner for codes, of which there are only a million", async () => {
    const limiter = createAttemptLimiter(null);
    const waits = await many(limiter, 40, (index) => ({ kind: "code", ...anywhere(index) }));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(20);
    expect(await limiter.take(attempt({ kind: "code", device: "ada's laptop" }))).toBe(0);
    expect(await limiter.take(attempt())).toBe(0);
  });
});

test("guessing many accounts from one address is stopped", async () => {
  const limiter = createAttemptLimiter(null);
  const waits = await many(limiter, 101, (index) => ({ account: `someone.${index}@example.com` }));
  expect(waits.slice(0, 100).every((wait) => wait === 0)).toBe(true);
  expect(waits[100]).toBeGreaterThan(0);
});

test("all addresses of one IPv6 subscriber are one place", () => {
  expect(networkOf("2001:db8:0:12::1")).toBe(networkOf("2001:0DB8::12:ffff:1:2:3"));
  expect(networkOf("2001:db8:0:12::1")).not.toBe(networkOf("2001:db8:0:13::1"));
  expect(networkOf("::1")).toBe("0:0:0:0::/64");
  expect(networkOf("203.0.113.7")).toBe("203.0.113.7");
});

describe("with Redis", () => {
  async function ownRedis() {
    const server = testServers().redis;
    const proxy = await startTcpProxy(server);
    cleanUps.push(() => proxy.close());
    const redis = openRedis({ ...server, host: "127.0.0.1", port: proxy.port, log, timeoutMs: 5_000 });
    cleanUps.push(() => redis.close());
    expect(await redis.ready(20_000)).toBe(true);
    const prefix = `test:${randomBytes(6).toString("hex")}`;
    return { redis, proxy, prefix };
  }

  test("all processes count together, and nothing that was typed is kept there", async () => {
    const { redis, prefix } = await ownRedis();
    const [one, other] = [createAttemptLimiter(redis.client, prefix), createAttemptLimiter(redis.client, prefix)];
    await many(one, 5, here);
    expect(await many(other, 5, here)).toEqual(Array(5).fill(0));
    expect(await one.take(attempt())).toBeGreaterThan(0);
    expect(await other.take(attempt())).toBeGreaterThan(0);
    const keys = await redis.client.keys(`${prefix}*`);
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.join()).not.toMatch(/ada@|203\.0/);
    for (const key of keys) expect(await redis.client.ttl(key), key).toBeGreaterThan(0);
    await one.clear(attempt());
    expect(await other.take(attempt())).toBe(0);
    await redis.client.del(...(await redis.client.keys(`${prefix}*`)));
  });

  test("that goes away, each process goes on counting for itself, at once", async () => {
    const { redis, proxy, prefix } = await ownRedis();
    const limiter = createAttemptLimiter(redis.client, prefix);
    proxy.refuse();
    await vi.waitFor(() => expect(redis.state()).toBe("down"), { timeout: 20_000 });
    const started = performance.now();
    expect(await many(limiter, 10, here)).toEqual(Array(10).fill(0));
    expect(await limiter.take(attempt())).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
