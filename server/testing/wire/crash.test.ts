import { createHash, randomUUID } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { DEAD_LETTER_QUEUE } from "@/server/platform/amqp";
import type { Answer } from "./asker";
import { withChannel } from "./channel";
import { crashSite, PATIENCE_MS } from "./crash-site";
import type { Point } from "./doomed-worker";
import { idOf } from "./other-ways";

const site = crashSite("customer-manager");
const {
  allIsHeard,
  areAnswered,
  call,
  events,
  eventsOf,
  isToldOnce,
  rows,
  runDoomed,
  runWorker,
  startDoomed,
  stopWorker,
} = site;

const anEmail = (): string => `${randomUUID()}@crash.example`;
const create = (email: string): Promise<Answer> => call("POST", "/v1/customers", { name: "Crash", email });
const customersNamed = (email: string): Promise<{ id: string }[]> =>
  rows("select lower(hex(id)) as id from customer_customers where email = ?", [email]);

describe("a request during which the process is killed is done once, and answered truthfully", () => {
  test.each<[string, Point]>([
    ["before its writes", "write"],
    ["between its commit and its reply", "reply"],
    ["between its reply and its ack", "ack"],
  ])(
    "%s",
    async (_, point) => {
      await runWorker();
      const [updated, deleted] = await Promise.all([create(anEmail()), create(anEmail())]);
      await stopWorker();

      const email = anEmail();
      const name = randomUUID();
      const answers = Promise.all([
        create(email),
        call("POST", "/v1/accesskeys", { customer_id: idOf(updated), name }),
        call("PUT", `/v1/customers/${idOf(updated)}`, { name }),
        call("DELETE", `/v1/customers/${idOf(deleted)}`),
      ]);
      await runDoomed(point, 4);
      await runWorker();
      const [created, key, update, deletion] = await answers;
      for (const answer of [created, key, update, deletion])
        expect(answer).toMatchObject({ status_code: 200, faults: [] });

      const customers = await customersNamed(email);
      expect(customers).toEqual([{ id: idOf(created).replaceAll("-", "") }]);
      await isToldOnce(idOf(created), "customer_created");
      expect(eventsOf(idOf(created), "customer_created")).toHaveLength(1);

      const { token } = key.data as { token: string };
      const keys = await rows<{ id: string; hash: Buffer }>(
        "select lower(hex(id)) as id, token_hash as hash from customer_accesskeys where name = ?",
        [name],
      );
      expect(keys.map((each) => each.id)).toEqual([idOf(key).replaceAll("-", "")]);
      expect(keys[0]?.hash).toEqual(createHash("sha256").update(token).digest());
      const verified = await call("GET", "/v1/accesskeys?page_size=10", { token, deleted: false });
      expect(verified.data).toMatchObject([{ id: idOf(key), token }]);
      await isToldOnce(idOf(key), "accesskey_created");

      expect(update.data).toMatchObject({ id: idOf(updated), name });
      await isToldOnce(idOf(updated), "customer_updated");
      await isToldOnce(idOf(deleted), "customer_deleted");
      expect(eventsOf(idOf(updated), "customer_updated")).toHaveLength(1);
      expect(eventsOf(idOf(deleted), "customer_deleted")).toHaveLength(1);
      // One whose ack is lost is answered again, in the same words.
      await areAnswered([created, key, update, deletion], point === "ack" ? 2 : 1);
    },
    240_000,
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
      const told = (await answers).map((answer) => eventsOf(idOf(answer), "customer_created").length);
      expect(Math.max(...told)).toBe(times);
    },
    240_000,
  );
});

test("a deletion whose worker is killed between two pages goes on and completes; every key is told of once", async () => {
  await runWorker();
  const customer = idOf(await create(anEmail()));
  await rows(
    `insert into customer_accesskeys (id, customer_id, name, detail, token, token_hash, tm_expire, tm_create, tm_update, tm_delete)
     select unhex(replace(uuid(), '-', '')), unhex(?), 'many', '', concat('vb_', seq), unhex(sha2(concat(?, seq), 256)),
            '2099-01-01', '2026-01-01', '9999-01-01', '9999-01-01'
     from (with recursive numbers (seq) as (select 1 union all select seq + 1 from numbers where seq < 450) select seq from numbers) as numbers`,
    [customer.replaceAll("-", ""), customer],
  );
  await stopWorker();
  const deletion = call("DELETE", `/v1/customers/${customer}`);
  await runDoomed("page");
  await rows("update admin_jobs set due_at = tm_create where state = 'running'"); // the claim has run out
  await runWorker();
  expect((await deletion).status_code).toBe(200);
  await vi.waitFor(
    async () => {
      const [job] = await rows<{ state: string }>("select state from admin_jobs where subject_id = unhex(?)", [
        customer.replaceAll("-", ""),
      ]);
      expect(job?.state).toBe("done");
    },
    { timeout: PATIENCE_MS },
  );
  const keys = await rows<{ id: string; live: number }>(
    "select lower(hex(id)) as id, tm_delete >= '9999-01-01' as live from customer_accesskeys where customer_id = unhex(?)",
    [customer.replaceAll("-", "")],
  );
  expect(keys).toHaveLength(450);
  expect(keys.filter((key) => Number(key.live) === 1)).toEqual([]);
  await allIsHeard();
  const told = (): number[] =>
    keys.map(
      ({ id }) =>
        events.filter((event) => event.type === "accesskey_deleted" && event.id.replaceAll("-", "") === id).length,
    );
  expect(told().every((count) => count === 1)).toBe(true);
}, 240_000);

test("a request that kills its process each time is set aside after a few times; its neighbours are carried out", async () => {
  const emails = Array.from({ length: 10 }, anEmail);
  const poison = call("POST", "/v1/poison", {}, 3 * PATIENCE_MS);
  const neighbours = Promise.all(emails.map((email) => call("POST", "/v1/customers", { email }, 3 * PATIENCE_MS)));
  let deaths = 0;
  for (;;) {
    const how = await Promise.race([startDoomed("poison").end(), poison.then(() => "answered")]);
    if (how === "answered") break;
    expect(++deaths).toBeLessThan(20);
  }
  expect(await poison).toMatchObject({ status_code: 500, faults: [] });
  expect((await poison).data).toMatchObject({ reason: "POISON_MESSAGE" });
  expect(deaths).toBeGreaterThan(2);
  for (const answer of await neighbours) expect(answer).toMatchObject({ status_code: 200, faults: [] });
  for (const email of emails) expect(await customersNamed(email)).toHaveLength(1);
  await withChannel(site.surroundings().amqpUrl, async (channel) => {
    expect((await channel.assertQueue(DEAD_LETTER_QUEUE, { durable: true })).messageCount).toBe(1);
  });
}, 240_000);
