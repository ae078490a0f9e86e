import { randomBytes } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { startTcpProxy } from "@/server/testing/tcp-proxy";
import { testServers } from "./config/test-servers";
import { createLogger } from "./logger";
import { openRedis, type RedisClient } from "./redis";

const log = createLogger({ level: "silent", process: "test" });
/** Longer than a busy machine keeps an answer back. */
const TIMEOUT_MS = 1_000;
const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** A client with keys of its own, through a proxy that can break. */
async function ownRedis() {
  const server = testServers().redis;
  const proxy = await startTcpProxy(server);
  const prefix = `test:${randomBytes(6).toString("hex")}:`;
  const open = (port: number, host = "127.0.0.1"): RedisClient => {
    const redis = openRedis({ ...server, host, port, log, prefix, timeoutMs: TIMEOUT_MS });
    cleanUps.push(() => redis.close());
    return redis;
  };
  cleanUps.push(() => proxy.close());
  const redis = open(proxy.port);
  expect(await redis.ready(20_000)).toBe(true);
  /** Ends the tombstones of a test, which stand for ten seconds else. */
  const lift = async (): Promise<void> => {
    const keys = await redis.client.keys(`${prefix}*`);
    if (keys.length > 0) await redis.client.del(...keys);
  };
  return { redis, proxy, prefix, lift, another: () => open(server.port, server.host) };
}

const isUp = (redis: RedisClient) => vi.waitFor(() => expect(redis.state()).toBe("up"), { timeout: 30_000 });
const isDown = (redis: RedisClient) => vi.waitFor(() => expect(redis.state()).toBe("down"), { timeout: 30_000 });

test("a value that was read before a change cannot be kept after it", async () => {
  const { redis, prefix, lift } = await ownRedis();
  await redis.fill("customer", "old", 60);
  expect(await redis.get("customer")).toBe("old");
  const dropped = performance.now();
  expect(await redis.drop(["customer", "list"])).toBe(true);
  expect(await redis.get("customer")).toBeNull();
  await redis.fill("customer", "old", 60); // a reader that was slow
  expect(await redis.get("customer")).toBeNull();
  const [tombstone = ""] = await redis.client.keys(`${prefix}*customer`);
  expect((await redis.client.pttl(tombstone)) + performance.now() - dropped).toBeGreaterThan(5_000);
  await lift();
  await redis.fill("customer", "new", 60);
  await redis.fill("customer", "later", 60); // the first one stays
  expect(await redis.get("customer")).toBe("new");
  await lift();
});

test("while Redis is down everything is through at once, and it is used again when it is back", async () => {
  const { redis, proxy, lift } = await ownRedis();
  proxy.refuse();
  await isDown(redis);
  const started = performance.now();
  for (let i = 0; i < 100; i++) {
    expect(await redis.get("key")).toBeNull();
    await redis.fill("key", "value", 60);
    expect(await redis.drop(["key"])).toBe(false);
    expect(await redis.publish("channel", "message")).toBe(false);
    expect(await redis.ping()).toBe(false);
  }
  expect(performance.now() - started).toBeLessThan(2_000); // and not each for itself
  expect(await redis.drop([])).toBe(true);
  proxy.resume();
  await isUp(redis);
  await redis.fill("key", "value", 60);
  expect(await redis.get("key")).toBeNull(); // its drop has been made up for
  await redis.fill("another", "value", 60);
  expect(await redis.get("another")).toBe("value");
  await lift();
});

test("a Redis that hangs costs one short wait, and what hung on the way does not undo a change", async () => {
  const { redis, proxy, lift, another } = await ownRedis();
  const other = another();
  expect(await other.ready(20_000)).toBe(true);
  proxy.stall();
  const started = performance.now();
  const [value] = await Promise.all([redis.get("key"), redis.fill("key", "stale", 60)]);
  expect(value).toBeNull();
  await isDown(redis);
  for (let i = 0; i < 100; i++) expect(await redis.get("key")).toBeNull();
  expect(performance.now() - started).toBeLessThan(2_000); // and not each for itself
  expect(await other.drop(["key"])).toBe(true);
  proxy.resume();
  await isUp(redis);
  expect(await redis.get("key")).toBeNull();
  await lift();
  await redis.fill("key", "fresh", 60);
  expect(await redis.get("key")).toBe("fresh");
  await lift();
});

test("a subscription is heard again after the connection was cut", async () => {
  const { redis, proxy, another } = await ownRedis();
  const other = another();
  expect(await other.ready(20_000)).toBe(true);
  const heard: string[] = [];
  const stop = redis.subscribe("nudge", (message) => heard.push(message));
  const reaches = (message: string) =>
    vi.waitFor(
      async () => {
        await other.publish("nudge", message);
        expect(heard).toContain(message);
      },
      { timeout: 30_000 },
    );
  await reaches("one");
  proxy.cut();
  await reaches("two");
  stop();
  await isUp(redis);
  expect(await redis.get("nothing")).toBeNull();
});

test("what another run of the server holds is not believed", async () => {
  const { redis, prefix, lift } = await ownRedis();
  await redis.client.set(`${prefix}0000dead:customer`, "from before the restart");
  expect(await redis.get("customer")).toBeNull();
  await redis.fill("customer", "fresh", 60);
  expect(await redis.get("customer")).toBe("fresh");
  await lift();
});
