import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { closeDatabase, openDatabase } from "@/db/client";
import { parseMysqlDsn } from "@/db/dsn";
import { createHealthMonitor, type HealthSources } from "./health";
import { createHousekeeping } from "./jobs/housekeeping";
import { createPresence, listProcesses } from "./presence";
import { openTestInstallation, type TestInstallation } from "./testing/installation";
import { startTcpProxy, type TcpProxy } from "./testing/tcp-proxy";

let installation: TestInstallation;
beforeAll(async () => {
  installation = await openTestInstallation({}, { sip: true });
});
afterAll(() => installation.drop());

const until = (check: () => Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 60_000, interval: 20 });
const presenceOf = (kind: "web" | "worker", name: string, everyMs = 20) =>
  createPresence({ db: installation.db, log: installation.runtime.log, kind, name, roles: ["relay", "jobs"], everyMs });

/** Messaging that is well. */
function wellMessaging(): HealthSources["amqp"] {
  return {
    state: () => "up",
    broker: () => null,
    health: () => ({ consuming: null, publishing: "up", blocked: false, queues: [] }),
    inspectQueues: (queues) => Promise.resolve(new Map(queues.map((queue) => [queue, { messages: 0, consumers: 1 }]))),
  };
}

/** Everything is well, but for what a test says. */
function sources(over: Partial<HealthSources> = {}): HealthSources {
  return {
    runtime: installation.runtime,
    amqp: wellMessaging(),
    redis: { ping: () => Promise.resolve(true), serverVersion: () => Promise.resolve("7.0.15") },
    siblings: [],
    ...over,
  };
}

it("a process says that it runs until it stops, and one that died is gone after 30 seconds", async () => {
  const [web, worker] = [presenceOf("web", "web@one:1"), presenceOf("worker", "worker@two:2")];
  web.start();
  worker.start();
  await until(async () =>
    expect((await listProcesses(installation.db)).map(({ name }) => name)).toEqual(["worker@two:2", "web@one:1"]),
  );
  const [first] = await listProcesses(installation.db);
  expect(first).toMatchObject({ kind: "worker", roles: ["relay", "jobs"], node: process.version, version: "dev" });
  await until(async () => expect((await listProcesses(installation.db))[0]?.tmBeat).not.toBe(first?.tmBeat));
  expect((await listProcesses(installation.db))[0]?.tmStart).toBe(first?.tmStart);
  await web.stop();
  await worker.stop();
  expect(await listProcesses(installation.db)).toEqual([]);

  const silent = presenceOf("worker", "worker@three:3", 3_600_000);
  silent.start();
  await until(async () => expect(await listProcesses(installation.db)).toHaveLength(1));
  await installation.rows("update admin_processes set tm_beat = utc_timestamp(6) - interval 31 second");
  expect(await listProcesses(installation.db)).toEqual([]);
  await silent.stop();
});

it("rows of processes that died are removed", async () => {
  const dead = presenceOf("worker", "worker@dead:4", 3_600_000);
  dead.start();
  await until(async () => expect(await listProcesses(installation.db)).toHaveLength(1));
  await installation.rows("update admin_processes set tm_beat = utc_timestamp(6) - interval 2 minute");
  const housekeeping = createHousekeeping(installation.runtime, 10);
  housekeeping.start();
  await until(async () => expect(await installation.rows("select 1 from admin_processes")).toEqual([]));
  await housekeeping.stop();
  await dead.stop();
});

it("all is well where everything answers", async () => {
  await until(async () => {
    const report = await createHealthMonitor(sources())();
    expect(report).toMatchObject({ state: "ok", deadLetters: 0, processes: [] });
    expect(report.parts.map(({ name, state }) => `${name} ${state}`)).toEqual([
      "database ok",
      "asterisk ok",
      "redis ok",
      "rabbitmq ok",
      "service:customer-manager ok",
      "service:registrar-manager ok",
      "relay ok",
      "jobs ok",
    ]);
    expect(report.parts[0]?.facts).toMatchObject({ connected: expect.any(Number) as number });
  });
});

it.each<[string, string, string, Partial<HealthSources>]>([
  [
    "redis",
    "degraded",
    "gone",
    { redis: { ping: () => Promise.resolve(false), serverVersion: () => Promise.resolve(null) } },
  ],
  ["rabbitmq", "down", "gone", { amqp: { ...wellMessaging(), state: () => "down" } }],
  ["rabbitmq", "down", "gone", { amqp: { ...wellMessaging(), inspectQueues: () => new Promise(() => undefined) } }],
  ...["service:customer-manager", "service:registrar-manager"].map(
    (service): [string, string, string, Partial<HealthSources>] => [
      service,
      "down",
      "unserved",
      { amqp: { ...wellMessaging(), inspectQueues: () => Promise.resolve(new Map()) } },
    ],
  ),
])("what is wrong with %s is said: %s, %s", async (name, state, reason, over) => {
  await until(async () => {
    const report = await createHealthMonitor(sources(over))();
    expect(report.parts.find((part) => part.name === name)).toMatchObject({ state, reason });
    expect(report.state).toBe(state);
  });
});

it.each<[string, (proxy: TcpProxy) => void]>([
  ["down", (proxy) => proxy.refuse()],
  ["silent", (proxy) => proxy.stall()],
])(
  "Asterisk's database is one of the servers: when it is %s, that is said, since when, and when it is back",
  async (_, vanish) => {
    const dsn = parseMysqlDsn(`${installation.url}_asterisk`);
    const proxy = await startTcpProxy(dsn);
    const asterisk = openDatabase({ ...dsn, host: "127.0.0.1", port: proxy.port }, { size: 2 });
    const monitor = createHealthMonitor(sources({ runtime: { ...installation.runtime, asterisk } }));
    const part = async () => (await monitor()).parts.find(({ name }) => name === "asterisk");
    await until(async () =>
      expect(await part()).toMatchObject({ state: "ok", reason: "ok", latencyMs: expect.any(Number) as number }),
    );
    const well = await part();
    expect(well?.facts).toMatchObject({ version: expect.stringMatching(/^\d/) as string });
    vanish(proxy);
    await until(async () => expect(await part()).toMatchObject({ state: "down", reason: "gone", latencyMs: null }));
    await until(async () => {
      const { state, parts } = await monitor();
      expect(state).toBe("down");
      expect(parts.find(({ name }) => name === "database")?.state).toBe("ok");
      const since = parts.find(({ name }) => name === "asterisk")?.since ?? "";
      expect(since > (well?.since ?? "")).toBe(true);
    });
    proxy.cut();
    proxy.resume();
    await until(async () => expect(await part()).toMatchObject({ state: "ok" }));
    await closeDatabase(asterisk);
    await proxy.close();
  },
);

it("an installation without Asterisk's database shows none", async () => {
  const { parts } = await createHealthMonitor(sources({ runtime: { ...installation.runtime, asterisk: null } }))();
  expect(parts.map(({ name }) => name)).not.toContain("asterisk");
});

it("events and jobs that wait too long are told, and that nobody works on them", async () => {
  await installation.rows(
    `insert into admin_outbox (message_id, exchange, type, body, tm_create) values (repeat('1', 16), 'x', 'x', '', utc_timestamp(6) - interval 1 minute);`,
  );
  await installation.rows(
    `insert into admin_jobs (id, type, state, due_at, tm_create) values (repeat('1', 16), 'x', 'queued', utc_timestamp(6) - interval 5 minute, utc_timestamp(6))`,
  );
  await until(async () => {
    const report = await createHealthMonitor(sources())();
    expect(report.parts.filter(({ state }) => state !== "ok")).toMatchObject([
      { name: "relay", reason: "unserved", facts: { waiting: 1 } },
      { name: "jobs", reason: "unserved" },
    ]);
  });
});

it("a state is dated from when it was seen first, and many who ask at once get one report", async () => {
  let up = true;
  const ping = vi.fn(() => Promise.resolve(up));
  const monitor = createHealthMonitor(sources({ redis: { ping, serverVersion: () => Promise.resolve("") } }));
  const [one, two] = await Promise.all([monitor(), monitor()]);
  expect(two).toBe(one);
  expect(ping).toHaveBeenCalledTimes(1);
  const since = (report: typeof one) => report.parts.find(({ name }) => name === "redis")?.since ?? "";
  await until(async () => expect((await monitor()).checkedAt).not.toBe(one.checkedAt));
  expect(since(await monitor())).toBe(since(one));
  up = false;
  await until(async () => expect((await monitor()).state).not.toBe(one.state === "ok" ? "ok" : ""));
  await until(async () => expect(since(await monitor()) > since(one)).toBe(true));
});
