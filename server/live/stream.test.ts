import { EventEmitter } from "node:events";
import type { ServerResponse } from "node:http";
import { randomUUID } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import type { Change } from "@/server/kernel/changes";
import { EVERYONE } from "@/server/kernel/context";
import { rightsOf, type Role } from "@/server/kernel/permissions";
import { openRedis } from "@/server/platform/redis";
import { createLogger } from "@/server/platform/logger";
import { testServers } from "@/server/platform/config/test-servers";
import { startTcpProxy } from "@/server/testing/tcp-proxy";
import { createChangeHub, type ChangeHub } from "./hub";
import { createLiveStream, type Listener } from "./stream";

const log = createLogger({ level: "silent", process: "test" });
const opened: { close(): unknown }[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const each of opened.splice(0).reverse()) await each.close();
});

/** How long something may take to be heard, beside whatever else the machine does. */
const PATIENCE = { timeout: 30_000 };
const newPrefix = (): string => `test:${randomUUID()}:`;

/** A hub of a process of its own. @param port of another way to Redis, which can be taken away */
async function openHub(prefix = newPrefix(), port?: number): Promise<ChangeHub> {
  const server = testServers().redis;
  const way = port === undefined ? {} : { host: "127.0.0.1", port };
  const redis = openRedis({ ...server, ...way, prefix, log, timeoutMs: 1_000 });
  opened.push(redis);
  expect(await redis.ready(20_000)).toBe(true);
  return createChangeHub(redis, log);
}

function admin(role: Role, customerId: string | null): Listener {
  const id = randomUUID();
  return {
    actor: { type: "admin", id, name: "Kim", role, customerId, sessionId: randomUUID() },
    tenant: customerId === null ? EVERYONE : { all: false, customerId },
    rights: rightsOf(role, customerId),
  };
}

/** A browser that listens. */
async function listen(stream: ReturnType<typeof createLiveStream>, identify: () => Listener | null, ageMs?: number) {
  let text = "";
  const response = Object.assign(new EventEmitter(), {
    status: 0,
    ended: false,
    writableLength: 0,
    writeHead: (status: number) => ((response.status = status), response),
    write: (chunk: string) => ((text += chunk), true),
    end: () => ((response.ended = true), response.emit("close")),
  });
  await stream.open(response as unknown as ServerResponse, () => Promise.resolve(identify()), ageMs);
  return {
    response,
    heard: () =>
      [...text.matchAll(/event: changes\ndata: (.*)\n/g)].flatMap(
        (match) => (JSON.parse(match[1] ?? "{}") as { changes: Change[] }).changes,
      ),
    text: () => text,
  };
}
const change = (over: Partial<Change> = {}): Change => ({
  type: "customer",
  id: randomUUID(),
  customerId: randomUUID(),
  by: "somebody",
  ...over,
});

test("what one process changes is heard by the browsers of another, each within its tenant and rights", async () => {
  const prefix = newPrefix();
  const [hub, worker] = [await openHub(prefix), await openHub(prefix)];
  const stream = createLiveStream({ hub, gatherMs: 5 });
  opened.push({ close: () => stream.stop() });
  const customerId = randomUUID();
  const [all, own, billing] = [admin("owner", null), admin("admin", customerId), admin("billing-read", customerId)];
  const ears = await Promise.all([all, own, billing].map((who) => listen(stream, () => who)));
  const [mine, foreign, key, letter] = [
    change({ customerId }),
    change(),
    change({ type: "access-key", customerId }),
    change({ type: "dead-letter", customerId: null }),
  ];
  await vi.waitFor(() => {
    worker.announce(mine);
    expect(ears[1]?.heard()).toContainEqual(mine);
  }, PATIENCE);
  const last = change({ customerId }); // of what all of them hear: who has heard it has heard what came before
  for (const each of [foreign, key, letter, last]) worker.announce(each);
  await vi.waitFor(() => {
    for (const ear of ears) expect(ear.heard()).toContainEqual(last);
  }, PATIENCE);
  expect(ears[0]?.heard()).toContainEqual(letter);
  expect(ears[0]?.heard()).toContainEqual(foreign);
  expect(ears[1]?.heard()).toContainEqual(key);
  expect(ears[1]?.heard()).not.toContainEqual(foreign);
  expect(ears[1]?.heard()).not.toContainEqual(letter);
  expect(ears[2]?.heard()).toContainEqual(mine);
  expect(ears[2]?.heard()).not.toContainEqual(key);
});

test("what changed between the reading of a page and its listening is told at once, within rights and memory", async () => {
  const hub = await openHub();
  vi.useFakeTimers({ toFake: ["performance"] });
  const stream = createLiveStream({ hub, gatherMs: 5, rememberMs: 300 });
  opened.push({ close: () => stream.stop() });
  vi.advanceTimersByTime(100);
  const begun = performance.now() - 50;
  const age = () => performance.now() - begun;
  const customerId = randomUUID();
  const own = admin("admin", customerId);
  const [mine, foreign] = [change({ customerId }), change()];
  for (const each of [mine, foreign]) hub.tell(each);

  const late = await listen(stream, () => own, age());
  await vi.waitFor(() => expect(late.heard()).toEqual([mine]), PATIENCE);
  const [fresh, older] = [await listen(stream, () => own), await listen(stream, () => own, age() + 60_000)];
  expect(older.text()).toContain('data: {"many":true}');

  vi.advanceTimersByTime(350);
  hub.tell(change()); // takes the place of what is forgotten
  const tooLate = await listen(stream, () => own, age());
  expect(tooLate.text()).toContain('data: {"many":true}');
  const last = change({ customerId });
  hub.tell(last);
  await vi.waitFor(() => expect(fresh.heard()).toEqual([last]), PATIENCE);
});

test("a stream ends with its session, and follows a change of role", async () => {
  const hub = await openHub();
  const stream = createLiveStream({ hub, gatherMs: 5, beatMs: 20 });
  opened.push({ close: () => stream.stop() });
  let who: Listener | null = admin("owner", null);
  const ear = await listen(stream, () => who);
  who = { ...who, tenant: { all: false, customerId: randomUUID() } };
  await vi.waitFor(() => expect(ear.text().split(": still here").length).toBeGreaterThan(2), PATIENCE);
  hub.announce(change());
  who = null;
  await vi.waitFor(() => expect(ear.response.ended).toBe(true), PATIENCE);
  expect(ear.text()).toContain("event: end");
  expect(ear.heard()).toEqual([]);
  expect(stream.count()).toBe(0);
});

test("strangers hear nothing, and one session opens so many streams and no more", async () => {
  const hub = await openHub();
  const stream = createLiveStream({ hub, mostPerSession: 2 });
  opened.push({ close: () => stream.stop() });
  const who = admin("owner", null);
  expect((await listen(stream, () => null)).response.status).toBe(401);
  const statuses = [];
  for (let index = 0; index < 3; index++) statuses.push((await listen(stream, () => who)).response.status);
  expect(statuses).toEqual([200, 200, 429]);
});

test("while Redis is away the browser is told to look by itself, and the process tells its own changes", async () => {
  const proxy = await startTcpProxy(testServers().redis);
  opened.push(proxy);
  const hub = await openHub(newPrefix(), proxy.port);
  const stream = createLiveStream({ hub, gatherMs: 5 });
  opened.push({ close: () => stream.stop() });
  const ear = await listen(stream, () => admin("owner", null));
  expect(ear.text()).toContain('data: {"live":true}');
  proxy.refuse();
  await vi.waitFor(() => expect(ear.text()).toContain('data: {"live":false}'), PATIENCE);
  const seen = change();
  hub.announce(seen);
  await vi.waitFor(() => expect(ear.heard()).toContainEqual(seen), PATIENCE);

  proxy.resume();
  await vi.waitFor(() => expect(ear.text().split('data: {"live":true}')).toHaveLength(3), PATIENCE);
  const begunBefore = await listen(stream, () => admin("owner", null), 600_000);
  expect(begunBefore.text()).toContain('data: {"many":true}');
});
