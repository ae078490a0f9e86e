import { createHash, randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { connect, type ChannelModel } from "amqplib";
import { DEAD_LETTER_QUEUE, eventExchange, requestQueue } from "@/server/platform/amqp";
import { openAsker, type Answer, type Asker } from "./asker";
import { bundle, type Bundles } from "./bundle";
import { withChannel } from "./channel";
import type { Point } from "./doomed-worker";
import { startProcess, untilConsumed, type TestProcess } from "./process";
import { openSurroundings, type Surroundings } from "./surroundings";

const QUEUE = requestQueue("customer-manager");
const PATIENCE_MS = 20_000;

let surroundings: Surroundings;
let bundles: Bundles;
let asker: Asker;
let listening: ChannelModel;
/** Every event that reached a sibling: repeats too. */
const events: { type: string; id: string; messageId: unknown }[] = [];
let running: TestProcess | null = null;

beforeAll(async () => {
  [surroundings, bundles] = await Promise.all([
    openSurroundings(),
    bundle({ "worker.mjs": "server/worker.ts", "doomed-worker.mjs": "server/testing/wire/doomed-worker.ts" }),
  ]);
  await withChannel(surroundings.amqpUrl, (channel) => channel.assertQueue(QUEUE, { durable: true }));
  asker = await openAsker(surroundings.amqpUrl, QUEUE);
  listening = await connect(surroundings.amqpUrl);
  const channel = await listening.createChannel();
  await channel.assertExchange(eventExchange("customer-manager"), "fanout", { durable: true });
  const { queue } = await channel.assertQueue("", { exclusive: true });
  await channel.bindQueue(queue, eventExchange("customer-manager"), "");
  await channel.consume(
    queue,
    (message) => {
      if (message === null) return;
      const { type, data } = JSON.parse(message.content.toString()) as { type: string; data: { id: string } };
      events.push({ type, id: data.id, messageId: message.properties.messageId as unknown });
    },
    { noAck: true },
  );
}, 300_000);

afterEach(async () => {
  await running?.stop();
  running = null;
});
afterAll(async () => {
  await listening?.close();
  await asker?.close();
  bundles?.remove();
  await surroundings?.close();
});

/** A worker that dies at this line, when so much has come there. @returns when it is dead */
async function runDoomed(point: Point, most = 1): Promise<void> {
  const doomed = startProcess(bundles.path("doomed-worker.mjs"), surroundings.env, [point, String(most)]);
  const timer = setTimeout(() => doomed.kill("SIGTERM"), PATIENCE_MS);
  const how = await doomed.end();
  clearTimeout(timer);
  expect(how, doomed.output()).toBe("SIGKILL");
}
async function runWorker(): Promise<void> {
  running = startProcess(bundles.path("worker.mjs"), surroundings.env);
  await untilConsumed(surroundings.amqpUrl, QUEUE, running);
}
const anEmail = (): string => `${randomUUID()}@crash.example`;
const create = (email: string): Promise<Answer> =>
  asker.call("POST", "/v1/customers", { name: "Crash", email }, PATIENCE_MS);
const idOf = ({ data }: Answer): string => (data as { id: string }).id;
const customersNamed = (email: string): Promise<{ id: string }[]> =>
  surroundings.rows("select lower(hex(id)) as id from customer_customers where email = ?", [email]);
const eventsOf = (id: string, type: string) => events.filter((event) => event.id === id && event.type === type);
const nothingWaits = (): Promise<void> =>
  vi.waitFor(
    async () => {
      const [row] = await surroundings.rows<{ count: number }>("select count(*) as count from admin_outbox");
      expect(Number(row?.count)).toBe(0);
    },
    { timeout: PATIENCE_MS },
  );
/** Told once, whatever number of times it was said. */
async function isToldOnce(id: string, type: string): Promise<void> {
  await nothingWaits();
  await vi.waitFor(() => expect(eventsOf(id, type).length).toBeGreaterThan(0), { timeout: PATIENCE_MS });
  expect(new Set(eventsOf(id, type).map((event) => event.messageId)).size).toBe(1);
}

describe("a request during which the process is killed is done once, and answered truthfully", () => {
  test.each<[string, Point]>([
    ["before its commit", "commit"],
    ["between its commit and its reply", "reply"],
    ["between its reply and its ack", "ack"],
  ])(
    "%s",
    async (_, point) => {
      await runWorker();
      const [updated, deleted] = await Promise.all([create(anEmail()), create(anEmail())]);
      await running?.stop();

      const email = anEmail();
      const name = randomUUID();
      const answers = Promise.all([
        create(email),
        asker.call("POST", "/v1/accesskeys", { customer_id: idOf(updated), name }, PATIENCE_MS),
        asker.call("PUT", `/v1/customers/${idOf(updated)}`, { name }, PATIENCE_MS),
        asker.call("DELETE", `/v1/customers/${idOf(deleted)}`, undefined, PATIENCE_MS),
      ]);
      await runDoomed(point, 4);
      await runWorker();
      const [created, key, update, deletion] = await answers;
      for (const answer of [created, key, update, deletion])
        expect(answer).toMatchObject({ status_code: 200, faults: [] });

      const customers = await customersNamed(email);
      expect(customers).toEqual([{ id: idOf(created).replaceAll("-", "") }]);
      await isToldOnce(idOf(created), "customer_created");

      const { token } = key.data as { token: string };
      const keys = await surroundings.rows<{ id: string; hash: Buffer }>(
        "select lower(hex(id)) as id, token_hash as hash from customer_accesskeys where name = ?",
        [name],
      );
      expect(keys.map((each) => each.id)).toEqual([idOf(key).replaceAll("-", "")]);
      expect(keys[0]?.hash).toEqual(createHash("sha256").update(token).digest());
      const verified = await asker.call("GET", "/v1/accesskeys?page_size=10", { token, deleted: false });
      expect(verified.data).toMatchObject([{ id: idOf(key), token }]);
      await isToldOnce(idOf(key), "accesskey_created");

      expect(update.data).toMatchObject({ id: idOf(updated), name });
      await isToldOnce(idOf(updated), "customer_updated");
      await isToldOnce(idOf(deleted), "customer_deleted");
      expect(eventsOf(idOf(updated), "customer_updated")).toHaveLength(1);
      expect(eventsOf(idOf(deleted), "customer_deleted")).toHaveLength(1);
    },
    60_000,
  );
});

describe("no event is missing when the relay is killed", () => {
  test.each<[string, Point, number]>([
    ["between the commit and the publishing; it is said once", "publish", 1],
    ["between the broker's confirm and the removal; it is said again under the same message id", "confirmed", 2],
  ])(
    "%s",
    async (_, point, times) => {
      const emails = Array.from({ length: 5 }, anEmail);
      const answers = Promise.all(emails.map(create));
      await runDoomed(point);
      await runWorker();
      for (const answer of await answers) {
        expect(answer).toMatchObject({ status_code: 200, faults: [] });
        await isToldOnce(idOf(answer), "customer_created");
      }
      const most = Math.max(...(await answers).map((answer) => eventsOf(idOf(answer), "customer_created").length));
      expect(most).toBe(times);
    },
    60_000,
  );
});

test("a deletion whose worker is killed between two pages goes on and completes; every key is told of once", async () => {
  await runWorker();
  const customer = idOf(await create(anEmail()));
  await surroundings.rows(
    `insert into customer_accesskeys (id, customer_id, name, detail, token, token_hash, tm_expire, tm_create, tm_update, tm_delete)
     select unhex(replace(uuid(), '-', '')), unhex(?), 'many', '', concat('vb_', seq), unhex(sha2(concat(?, seq), 256)),
            '2099-01-01', '2026-01-01', '9999-01-01', '9999-01-01'
     from (with recursive numbers (seq) as (select 1 union all select seq + 1 from numbers where seq < 450) select seq from numbers) as numbers`,
    [customer.replaceAll("-", ""), customer],
  );
  await running?.stop();
  const deletion = asker.call("DELETE", `/v1/customers/${customer}`, undefined, PATIENCE_MS);
  await runDoomed("page");
  await surroundings.rows("update admin_jobs set due_at = tm_create where state = 'running'"); // the claim has run out
  await runWorker();
  expect((await deletion).status_code).toBe(200);
  await vi.waitFor(
    async () => {
      const [job] = await surroundings.rows<{ state: string }>(
        "select state from admin_jobs where subject_id = unhex(?)",
        [customer.replaceAll("-", "")],
      );
      expect(job?.state).toBe("done");
    },
    { timeout: PATIENCE_MS },
  );
  const keys = await surroundings.rows<{ id: string; live: number }>(
    "select lower(hex(id)) as id, tm_delete >= '9999-01-01' as live from customer_accesskeys where customer_id = unhex(?)",
    [customer.replaceAll("-", "")],
  );
  expect(keys).toHaveLength(450);
  expect(keys.filter((key) => Number(key.live) === 1)).toEqual([]);
  await nothingWaits();
  const told = (): number[] =>
    keys.map(
      ({ id }) =>
        events.filter((event) => event.type === "accesskey_deleted" && event.id.replaceAll("-", "") === id).length,
    );
  await vi.waitFor(() => expect(told().every((count) => count === 1)).toBe(true), { timeout: PATIENCE_MS });
}, 60_000);

test("a request that kills its process each time is set aside after a few times; its neighbours are carried out", async () => {
  const emails = Array.from({ length: 10 }, anEmail);
  const poison = asker.call("POST", "/v1/poison", {}, 3 * PATIENCE_MS);
  const neighbours = Promise.all(
    emails.map((email) => asker.call("POST", "/v1/customers", { email }, 3 * PATIENCE_MS)),
  );
  let deaths = 0;
  for (;;) {
    const doomed = startProcess(bundles.path("doomed-worker.mjs"), surroundings.env, ["poison"]);
    running = doomed;
    const how = await Promise.race([doomed.end(), poison.then(() => "answered")]);
    if (how === "answered") break;
    expect(++deaths).toBeLessThan(20);
  }
  expect(await poison).toMatchObject({ status_code: 500, faults: [] });
  expect((await poison).data).toMatchObject({ reason: "POISON_MESSAGE" });
  expect(deaths).toBeGreaterThan(2);
  for (const answer of await neighbours) expect(answer).toMatchObject({ status_code: 200, faults: [] });
  for (const email of emails) expect(await customersNamed(email)).toHaveLength(1);
  await withChannel(surroundings.amqpUrl, async (channel) => {
    expect((await channel.assertQueue(DEAD_LETTER_QUEUE, { durable: true })).messageCount).toBe(1);
  });
}, 90_000);
