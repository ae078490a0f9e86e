import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { closeDatabase, openDatabase, type Database } from "@/db/client";
import { parseMysqlDsn } from "@/db/dsn";
import { createRelay } from "@/server/events/relay";
import type { Runtime } from "@/server/kernel/context";
import { testServers } from "@/server/platform/config/test-servers";
import { createLogger } from "@/server/platform/logger";
import { openRedis, type RedisClient } from "@/server/platform/redis";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { startTcpProxy, type TcpProxy } from "@/server/testing/tcp-proxy";
import { createDeliverer } from "./deliveries";

const log = createLogger({ level: "silent", process: "test" });
let installation: TestInstallation;
const closings: (() => Promise<unknown>)[] = [];

beforeAll(async () => (installation = await openTestInstallation()));
afterAll(async () => {
  for (const close of closings.reverse()) await close();
  await installation.drop();
});

/** The same installation, reached in another way. */
function throughPort(port: number): { db: Database; runtime: Runtime } {
  const db = openDatabase({ ...parseMysqlDsn(installation.url), host: "127.0.0.1", port }, { size: 8 });
  closings.push(() => closeDatabase(db));
  return { db, runtime: { ...installation.runtime, db } };
}
async function proxyOf(target: { host: string; port: number }): Promise<TcpProxy> {
  const proxy = await startTcpProxy(target);
  closings.push(() => proxy.close());
  return proxy;
}
function redisThrough(port: number): RedisClient {
  const redis = openRedis({ ...testServers().redis, host: "127.0.0.1", port, log, prefix: `test:${randomUUID()}:` });
  closings.push(() => redis.close());
  return redis;
}
const idOf = ({ data }: { data?: unknown }): string => (data as { id: string }).id;

describe("a database that does not answer", () => {
  test("costs a request two seconds at most, and a 503; then everything is as before", async () => {
    const proxy = await proxyOf(parseMysqlDsn(installation.url));
    const { runtime } = throughPort(proxy.port);
    const deliver = createDeliverer(runtime);
    const id = idOf(await deliver("POST", "/v1/customers", { email: anEmail() }));
    const key = idOf(await deliver("POST", "/v1/accesskeys", { customer_id: id }));

    proxy.stall();
    const answers = await Promise.all([
      deliver("GET", `/v1/customers/${id}`),
      deliver("GET", "/v1/customers?page_size=10", { deleted: false }),
      deliver("GET", "/v1/accesskeys?page_size=10", { token: "x".repeat(16) }),
      deliver("PUT", `/v1/customers/${id}`, { name: "late" }),
      deliver("PUT", `/v1/accesskeys/${key}`, { name: "late" }),
      deliver("DELETE", `/v1/customers/${id}`),
    ]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ status_code: 503, data: { reason: "DATABASE_UNAVAILABLE" } });
      expect(answer.ms).toBeLessThan(2_200);
    }
    // Whether a commit that got no answer took place is known when the database is back, and not before.
    const waiting = deliver("POST", "/v1/accesskeys", { customer_id: id, name: "waited" });
    expect(await Promise.race([waiting, sleep(500, "waits")])).toBe("waits");
    proxy.cut();
    proxy.resume();
    const { status_code: status } = await waiting;
    const keys = await installation.rows("select id from customer_accesskeys where name = 'waited'");
    expect(keys).toHaveLength(status === 200 ? 1 : 0);
    await vi.waitFor(async () => expect((await deliver("GET", `/v1/customers/${id}`)).status_code).toBe(200));
    expect((await deliver("GET", `/v1/customers/${id}`)).data).not.toHaveProperty("name");
  }, 30_000);

  test("that is down costs nearly nothing, and a 503", async () => {
    const proxy = await proxyOf(parseMysqlDsn(installation.url));
    const deliver = createDeliverer(throughPort(proxy.port).runtime);
    const id = idOf(await deliver("POST", "/v1/customers", { email: anEmail() }));
    proxy.refuse();
    for (const answer of [
      await deliver("GET", `/v1/customers/${id}`),
      await deliver("PUT", `/v1/customers/${id}`, { name: "late" }),
      await deliver("DELETE", `/v1/customers/${id}`),
      await deliver("POST", "/v1/customers", { email: anEmail() }),
    ]) {
      expect(answer).toMatchObject({ status_code: 503, data: { reason: "DATABASE_UNAVAILABLE" } });
      expect(answer.ms).toBeLessThan(2_000);
    }
    proxy.resume();
    await vi.waitFor(async () => expect((await deliver("GET", `/v1/customers/${id}`)).status_code).toBe(200));
  });
});

describe("a Redis that is gone", () => {
  const lose: [string, (proxy: TcpProxy) => void][] = [
    ["down", (proxy) => proxy.refuse()],
    ["silent", (proxy) => proxy.stall()],
  ];
  test.each(lose)(
    "(%s) slows nothing much, fails nothing, and shows nothing stale when it is back",
    async (_, vanish) => {
      const proxy = await proxyOf(testServers().redis);
      const [redis, far] = [redisThrough(proxy.port), redisThrough(testServers().redis.port)];
      // `far` is another process, whose way to the same cache is never broken
      Object.assign(far, {});
      await Promise.all([redis.ready(2_000), far.ready(2_000)]);
      const deliver = createDeliverer({ ...installation.runtime, cache: redis });
      const id = idOf(await deliver("POST", "/v1/customers", { email: anEmail(), name: "before" }));
      const read = async () => (await deliver("GET", `/v1/customers/${id}`)).data as { name?: string };
      expect(await read()).toMatchObject({ name: "before" });
      expect(await read()).toMatchObject({ name: "before" }); // out of the cache, by now

      vanish(proxy);
      for (const name of ["while it was gone", "once more"]) {
        const answer = await deliver("PUT", `/v1/customers/${id}`, { name });
        expect(answer).toMatchObject({ status_code: 200, data: { name } });
        expect(answer.ms).toBeLessThan(1_000);
        expect(await read()).toMatchObject({ name });
      }
      proxy.resume();
      expect(await redis.ready(5_000)).toBe(true);
      expect(await read()).toMatchObject({ name: "once more" });
      const relay = createRelay({ db: installation.db, cache: redis, log, publish: () => Promise.resolve() });
      relay.start();
      await relay.stop();
      expect(await read()).toMatchObject({ name: "once more" });
      expect((await deliver("PUT", `/v1/customers/${id}`, { name: "after" })).status_code).toBe(200);
      expect(await read()).toMatchObject({ name: "after" });
    },
  );
});
