import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { parseMysqlDsn } from "@/db/dsn";
import { createRelay } from "@/server/events/relay";
import type { Runtime } from "@/server/kernel/context";
import { announceOn } from "@/server/live/hub";
import { testServers } from "@/server/platform/config/test-servers";
import { createLogger } from "@/server/platform/logger";
import { openRedis, type RedisClient } from "@/server/platform/redis";
import { anEmail } from "@/server/testing/installation";
import { quickest } from "@/server/testing/quickest";
import { startTcpProxy, type TcpProxy } from "@/server/testing/tcp-proxy";
import { createDeliverer, type Delivered } from "./deliveries";
import { idOf, installationWithOtherWays } from "./other-ways";
import { makeRecords, needs, SERVED, uriOf, walk, type Served, type Walked } from "./served";

/** How long something that is back may take to be found. */
const PATIENCE = { timeout: 30_000, interval: 50 };
/** What is promised, and what the way there and back takes. */
const ANSWER_MOST_MS = 2_200;
/** Without Redis an answer takes as long as ever. */
const WITHOUT_REDIS_MS = 1_000;
const log = createLogger({ level: "silent", process: "test" });
const { installation, closing, throughPort } = installationWithOtherWays({ sip: true });

async function proxyOf(target: { host: string; port: number }): Promise<TcpProxy> {
  const proxy = await startTcpProxy(target);
  closing(() => proxy.close());
  return proxy;
}
function redisThrough(port: number): RedisClient {
  const redis = openRedis({ ...testServers().redis, host: "127.0.0.1", port, log, prefix: `test:${randomUUID()}:` });
  closing(() => redis.close());
  return redis;
}

/** A route, a record of its own to ask about, and how to ask. */
interface Question {
  route: Walked;
  ask: () => Promise<Delivered>;
}
/** One question to every route of a service. */
async function questionsTo(served: Served, runtime: Runtime): Promise<Question[]> {
  const ahead = createDeliverer(installation().runtime, {}, served);
  const deliver = createDeliverer(runtime, {}, served);
  return await Promise.all(
    walk(served).map(async (route) => {
      const records = await makeRecords(served, ahead);
      const uri = uriOf(route, records.get(route.collection));
      return { route, ask: () => deliver(route.method, uri, route.good?.()) };
    }),
  );
}
/** Everything that both databases hold of what routes change. */
const everything = async (): Promise<string> => {
  const [bin, asterisk] = await Promise.all([
    Promise.all(
      [
        "customer_customers",
        "customer_accesskeys",
        "registrar_extensions",
        "registrar_trunks",
        "registrar_sip_auths",
      ].map((table) => installation().rows(`select * from ${table} order by id`)),
    ),
    Promise.all(
      ["ps_aors", "ps_auths", "ps_endpoints"].map((table) =>
        installation().asteriskRows(`select * from ${table} order by id`),
      ),
    ),
  ]);
  return JSON.stringify([bin, asterisk]);
};

const NEEDED = SERVED.flatMap((served) =>
  (["bin", "asterisk"] as const)
    .filter((database) => walk(served).some((route) => needs(route, database)))
    .map((database) => ({ served, service: served.service, database })),
);
describe.each(NEEDED)("where the $database database does not answer, $service", ({ served, database }) => {
  const target = () => parseMysqlDsn(database === "bin" ? installation().url : installation().asteriskUrl);
  const isRefused = (answer: Delivered): void => {
    expect(answer).toMatchObject({ status_code: 503, data: { reason: "DATABASE_UNAVAILABLE" } });
    expect(answer.ms).toBeLessThan(ANSWER_MOST_MS);
  };

  test("says so within two seconds on each route that needs it, serves the others, and then all", async () => {
    const proxy = await proxyOf(target());
    const { db, runtime } = throughPort(proxy.port, database);
    const questions = await questionsTo(served, runtime);
    const stopped = questions.filter(({ route }) => needs(route, database));
    const going = questions.filter((question) => !stopped.includes(question));
    const sure = stopped.filter(({ route }) => route.atOnce !== true);
    const unsure = stopped.filter(({ route }) => route.atOnce === true);
    // So that there are connections, over which their commits leave.
    await Promise.all([...going, ...unsure, ...unsure].map(({ ask }) => ask()));
    const before = await everything();

    proxy.stall();
    let taken = 0;
    db.$client.on("acquire", () => taken++);
    const commits = unsure.map(({ ask }) => ask());
    await vi.waitFor(() => expect(taken).toBe(unsure.length), PATIENCE);
    for (const answer of await Promise.all(sure.map(({ ask }) => ask()))) isRefused(answer);
    expect(await everything()).toBe(before);
    for (const { route, ask } of going) expect(await ask(), route.key).toMatchObject({ status_code: 200 });

    // Whether a commit that got no answer took place is known when the database is back, and not before.
    const known = await Promise.all(commits.map((answer) => Promise.race([answer, sleep(300, "waits")])));
    expect(known).toEqual(unsure.map(() => "waits"));
    const creations = async (): Promise<string[]> =>
      (
        await installation().rows<{ id: string }>(
          "select resource_id as id from admin_audit where action like '%.create'",
        )
      )
        .map(({ id }) => id)
        .sort();
    const earlier = await creations();
    proxy.cut();
    proxy.resume();
    const told = (await Promise.all(commits)).flatMap((answer) => {
      expect([200, 503]).toContain(answer.status_code);
      return answer.status_code === 200 ? [idOf(answer)] : [];
    });
    expect(await creations()).toEqual([...earlier, ...told].sort());
    for (const { route, ask } of sure)
      await vi.waitFor(async () => expect((await ask()).status_code, route.key).toBe(200), PATIENCE);
  });

  test("says so at once where it is down", async () => {
    const proxy = await proxyOf(target());
    const questions = await questionsTo(served, throughPort(proxy.port, database).runtime);
    const before = await everything();
    proxy.refuse();
    const stopped = questions.filter(({ route }) => needs(route, database));
    for (const answer of await Promise.all(stopped.map(({ ask }) => ask()))) isRefused(answer);
    expect(await everything()).toBe(before);
    proxy.resume();
    for (const { route, ask } of stopped)
      await vi.waitFor(async () => expect((await ask()).status_code, route.key).toBe(200), PATIENCE);
  });
});

describe("a Redis that is gone", () => {
  const lose: [string, (proxy: TcpProxy) => void][] = [
    ["down", (proxy) => proxy.refuse()],
    ["silent", (proxy) => proxy.stall()],
  ];
  test.each(lose)("(%s) keeps no route of any service from its answer", async (_, vanish) => {
    const proxy = await proxyOf(testServers().redis);
    const redis = redisThrough(proxy.port);
    await redis.ready(20_000);
    const runtime = { ...installation().runtime, cache: redis, announce: announceOn(redis) };
    const questions = (await Promise.all(SERVED.map((served) => questionsTo(served, runtime)))).flat();
    vanish(proxy);
    for (const { route, ask } of questions) {
      const answer = await quickest(ask, WITHOUT_REDIS_MS);
      expect(answer, route.key).toMatchObject({ status_code: 200 });
      expect(answer.ms, route.key).toBeLessThan(WITHOUT_REDIS_MS);
    }
  });
  test.each(lose)(
    "(%s) slows nothing much, fails nothing, and shows nothing stale when it is back",
    async (_, vanish) => {
      const proxy = await proxyOf(testServers().redis);
      const [redis, far] = [redisThrough(proxy.port), redisThrough(testServers().redis.port)];
      // `far` is another process, whose way to the same cache is never broken
      Object.assign(far, {});
      await Promise.all([redis.ready(20_000), far.ready(20_000)]);
      const deliver = createDeliverer({ ...installation().runtime, cache: redis });
      const id = idOf(await deliver("POST", "/v1/customers", { email: anEmail(), name: "before" }));
      const read = async () => (await deliver("GET", `/v1/customers/${id}`)).data as { name?: string };
      expect(await read()).toMatchObject({ name: "before" });
      expect(await read()).toMatchObject({ name: "before" }); // out of the cache, by now

      vanish(proxy);
      for (const name of ["while it was gone", "once more"]) {
        const answer = await quickest(() => deliver("PUT", `/v1/customers/${id}`, { name }), WITHOUT_REDIS_MS);
        expect(answer).toMatchObject({ status_code: 200, data: { name } });
        expect(answer.ms).toBeLessThan(WITHOUT_REDIS_MS);
        expect(await read()).toMatchObject({ name });
      }
      proxy.resume();
      expect(await redis.ready(30_000)).toBe(true);
      expect(await read()).toMatchObject({ name: "once more" });
      const relay = createRelay({ db: installation().db, cache: redis, log, publish: () => Promise.resolve() });
      relay.start();
      await relay.stop();
      expect(await read()).toMatchObject({ name: "once more" });
      expect((await deliver("PUT", `/v1/customers/${id}`, { name: "after" })).status_code).toBe(200);
      expect(await read()).toMatchObject({ name: "after" });
    },
  );
});
