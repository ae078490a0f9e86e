import { randomUUID } from "node:crypto";
import fc from "fast-check";
import type { Options } from "amqplib";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { DEAD_LETTER_QUEUE } from "@/server/platform/amqp";
import { quickest } from "@/server/testing/quickest";
import { openAsker, type Answer, type Asker } from "./asker";
import { bundle, type Bundles } from "./bundle";
import { withChannel } from "./channel";
import { HOSTILE_TEXTS, hostileEnvelope, isEnvelope, oddEnvelope, placesFor } from "./hostile";
import { startProcess, untilConsumed, type TestProcess } from "./process";
import { CUSTOMERS, makeRecords, queueOf, SERVED, uriOf, walk, type Served } from "./served";
import { openSurroundings, type Surroundings } from "./surroundings";

const QUEUE = queueOf(CUSTOMERS);
const RESIDENT_MOST_MB = 300;
const ANSWER_MOST_MS = 2_000;
/** For what comes about in the background. */
const SOON = { timeout: 30_000, interval: 100 };
/** For a longer search: FUZZ_RUNS=20000 npx vitest run server/testing/wire/fuzz.test.ts */
const RUNS = Number(process.env.FUZZ_RUNS ?? 400);
/** Stands in bodies; the log must never show it. */
const SECRET = `secret-${randomUUID()}`;

let surroundings: Surroundings;
let bundles: Bundles;
let worker: TestProcess;
/** One who asks customer-manager, and one for each service. */
let asker: Asker;
const askers: Record<string, Asker> = {};
const askerOf = ({ service }: Served): Asker => askers[service] ?? asker;

beforeAll(async () => {
  [surroundings, bundles] = await Promise.all([openSurroundings(), bundle({ "worker.mjs": "server/worker.ts" })]);
  worker = startProcess(bundles.path("worker.mjs"), { ...surroundings.env, LOG_LEVEL: "debug" });
  for (const served of SERVED) {
    await untilConsumed(surroundings.amqpUrl, queueOf(served), worker);
    askers[served.service] = await openAsker(surroundings.amqpUrl, queueOf(served));
  }
  asker = askerOf(CUSTOMERS);
}, 300_000);

afterAll(async () => {
  for (const each of Object.values(askers)) await each.close();
  await worker?.stop();
  bundles?.remove();
  await surroundings?.close();
});

/** Ids of those messages whose id begins with a mark that lie among the dead letters, where they stay. */
const deadLetters = (mark: string): Promise<string[]> =>
  withChannel(surroundings.amqpUrl, async (channel) => {
    await channel.assertQueue(DEAD_LETTER_QUEUE, { durable: true });
    const ids: string[] = [];
    for (;;) {
      const letter = await channel.get(DEAD_LETTER_QUEUE);
      if (letter === false) return ids.filter((id) => id.startsWith(mark)).sort();
      ids.push(String(letter.properties.headers?.["x-original-message-id"]));
    }
  });
/** Asks, and asks again where the answer came late: one that is slow by itself comes late each time. */
const inTime = async (ask: () => Promise<Answer>): Promise<Answer> => {
  const answer = await quickest(ask, ANSWER_MOST_MS);
  expect(answer.ms).toBeLessThan(ANSWER_MOST_MS);
  return answer;
};
const anEmail = (): string => `${randomUUID()}@fuzz.example`;
const hasStatus = (answer: Answer, ...statuses: number[]): void => {
  expect(answer.faults).toEqual([]);
  expect(statuses, JSON.stringify(answer)).toContain(answer.status_code);
};
/** Nobody who sends is ever told twice, and the process is as it was. */
async function isWell(answers: readonly Answer[]): Promise<void> {
  for (const served of SERVED)
    for (const route of walk(served))
      if (route.filters === true) hasStatus(await askerOf(served).call("GET", uriOf(route)), 200);
  expect(answers.filter((answer) => answer.count !== 1)).toEqual([]);
  expect(worker.ended(), worker.output()).toBeNull();
  expect(worker.output()).not.toContain(SECRET);
  expect(await worker.residentMb()).toBeLessThan(RESIDENT_MOST_MB);
}

describe.each(SERVED)("every request to $service gets one well-formed answer within two seconds", (served) => {
  test("whatever its bytes are; what is no envelope is kept as a dead letter", async () => {
    const { send } = askerOf(served);
    const answers: Answer[] = [];
    const mark = randomUUID();
    const malformed: string[] = [];
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
          fc.string({ unit: "binary", maxLength: 500 }).map((text) => Buffer.from(text)),
          fc.json().map((text) => Buffer.from(text)),
          oddEnvelope(served).map((text) => Buffer.from(text)),
        ),
        async (body) => {
          const ids: string[] = [];
          const answer = await inTime(() => {
            const messageId = `${mark} ${answers.length} ${ids.length}`;
            ids.push(messageId);
            return send({ body, properties: { messageId } });
          });
          answers.push(answer);
          if (isEnvelope(body)) return hasStatus(answer, 200, 400, 404);
          malformed.push(...ids);
          hasStatus(answer, 400);
          expect(answer.data).toMatchObject({ reason: "MALFORMED_ENVELOPE" });
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
    await vi.waitFor(async () => expect(await deadLetters(mark)).toEqual(malformed.sort()), SOON);
    await isWell(answers);
  }, 1_200_000);

  test("whatever it asks of a route, and with which fields: never more than a refusal", async () => {
    const answers: Answer[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(hostileEnvelope(served), { minLength: 1, maxLength: 8 }), async (bodies) => {
        const came = await Promise.all(bodies.map((body) => inTime(() => askerOf(served).send({ body }))));
        answers.push(...came);
        for (const answer of came) hasStatus(answer, 200, 400, 404, 409);
      }),
      { numRuns: RUNS / 2, endOnFailure: true },
    );
    await isWell(answers);
  }, 1_200_000);

  test("whatever text stands in any field, in a path or in a page, of any route", async () => {
    const { call } = askerOf(served);
    const records = await makeRecords(served, call);
    for (const each of HOSTILE_TEXTS) {
      const places = walk(served).flatMap((route) => placesFor(route, records.get(route.collection), each));
      const answers = await Promise.all(places.map((place) => inTime(() => call(...place))));
      for (const answer of answers) hasStatus(answer, 200, 400, 404, 409);
    }
    await isWell([]);
  }, 600_000);

  test.each(bodiesFor(served))("%s is answered with the right class: %#", async (_, body, status) => {
    const answer = await inTime(() => askerOf(served).send({ body }));
    hasStatus(answer, status);
    await isWell([answer]);
  });
});

/** Bodies that are too much, or nearly right, with the status of their answer. */
function bodiesFor(served: Served): [string, Buffer | string, number][] {
  const routes = walk(served);
  const made = routes.find(({ method, good }) => method === "POST" && good !== undefined);
  const uri = made?.template ?? "";
  const integer = routes.find(({ fields = {} }) => Object.values(fields).includes("integer")) ?? made;
  const field = "name";
  const posted = (data: string, at = uri): string =>
    `{"uri":"${at}","method":"POST","publisher":"","data_type":"","data":${data}}`;
  const nested = (depth: number, open: string, close: string): string =>
    posted(`${open.repeat(depth)}1${close.repeat(depth)}`);
  const number = (text: string): string =>
    posted(
      `{${Object.keys(integer?.fields ?? {})
        .map((name) => `"${name}":${text}`)
        .join(",")}}`,
      integer?.template.replace(":id", randomUUID()),
    );
  return [
    ["a body of 10 MB", Buffer.alloc(10_000_000, "x"), 413],
    ["an envelope of 10 MB", posted(`{"name":"${"x".repeat(1e7)}"}`), 413],
    ["100,000 brackets", "[".repeat(100_000), 400],
    ["100,000 nested lists", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, 400],
    ["a body of 100,000 nested lists", nested(100_000, "[", "]"), 400],
    ["a body of 100,000 nested objects", nested(100_000, `{"${field}":`, "}"), 400],
    ["numbers beyond all bounds", number("1e999"), 400],
    ["a number as long as a book", number("9".repeat(1e5)), 400],
    [
      "UTF-8 cut in half",
      Buffer.from([...Buffer.from('{"uri":"/v1/x","method":"GET","publisher":"'), 0xf0, 0x9f, 0x22, 0x7d]),
      404,
    ],
    ["an empty body", "", 400],
    ["null", "null", 400],
    ["an empty object", "{}", 404],
    ["a method of another case", `{"uri":"${uri}","method":"get"}`, 404],
    ["a path that climbs", `{"uri":"/v1/x/..${uri.replace("/v1", "")}","method":"GET"}`, 404],
    ["a route in the query", `{"uri":"/x?${uri}/${randomUUID()}","method":"GET"}`, 404],
    ["a NUL in the path", `{"uri":"${uri}\\u0000","method":"GET"}`, 404],
    ["a percent-encoded NUL", `{"uri":"${uri}%00","method":"GET"}`, 404],
    ["a path of a megabyte", `{"uri":"/${"v1/".repeat(300_000)}","method":"GET"}`, 404],
  ];
}

describe("the answer says what is wrong", () => {
  test("an e-mail that is none, and a name of 100,000 characters, are refused by name", async () => {
    for (const [field, value] of Object.entries({
      email: "@",
      name: "n".repeat(100_000),
      detail: "😀".repeat(100_000),
    })) {
      const answer = await asker.call("POST", "/v1/customers", { email: anEmail(), [field]: value });
      hasStatus(answer, 400);
      expect((answer.data as { message: string }).message).toContain(field);
    }
  });

  test("the last of equal keys counts, in the envelope and in the body", async () => {
    const [first, last] = [anEmail(), anEmail()];
    const body = `{"uri":"/nowhere","method":"GET","URI":"/v1/customers","Method":"POST","data":{"email":"${first}","Email":"${last}"}}`;
    const answer = await asker.send({ body });
    hasStatus(answer, 200);
    expect(answer.data).toMatchObject({ email: last });
  });

  test("a page of 1e9 is a page of at most a thousand; 1e9 in words of a computer is refused", async () => {
    hasStatus(await asker.call("GET", "/v1/customers?page_size=1000000000"), 200);
    hasStatus(await asker.call("GET", "/v1/customers?page_size=1e9"), 400);
    hasStatus(await asker.call("GET", "/v1/customers?page_size=-1"), 400);
  });

  test("a name of a prototype is an unknown field, and pollutes nothing", async () => {
    const data = `{"email":"${anEmail()}","__proto__":{"name":"polluted"},"constructor":{"prototype":{"detail":"x"}}}`;
    const answer = await asker.send({ body: `{"uri":"/v1/customers","method":"POST","data":${data}}` });
    hasStatus(answer, 200);
    expect(answer.data).not.toHaveProperty("name");
  });
});

describe("whatever its properties are", () => {
  const envelope = JSON.stringify({ uri: "/v1/customers?page_size=1", method: "GET", publisher: SECRET, data: null });
  const huge = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`x-header-${i}`, "h".repeat(500)]));

  test.each<[string, Options.Publish]>([
    ["no correlation id", { correlationId: undefined }],
    ["a correlation id of 255 bytes", { correlationId: "c".repeat(255) }],
    ["a correlation id of emoji", { correlationId: "😀".repeat(60) }],
    ["a correlation id of control characters", { correlationId: "\0\r\n\u001b" }],
    ["headers of 50 KB", { headers: huge }],
    ["headers of any type", { headers: { a: [1, [2, { b: null }]], c: { d: true }, e: 1.5, f: Buffer.from("g") } }],
    ["headers named like ours", { headers: { "x-attempt": "NaN", "x-deaths": -1, "x-original-queue": QUEUE } }],
    [
      "every other property",
      {
        contentType: "😀",
        contentEncoding: "gzip",
        priority: 255,
        expiration: "60000",
        type: "\0",
        appId: "x",
        timestamp: 2 ** 40,
      },
    ],
  ])("%s", async (_, properties) => {
    const answer = await asker.send({ body: envelope, properties });
    hasStatus(answer, 200);
    const refused = await asker.send({ body: `no envelope ${SECRET}`, properties });
    hasStatus(refused, 400);
    await isWell([answer, refused]);
  });

  test("without an address for the answer it is carried out all the same", async () => {
    const email = anEmail();
    const body = JSON.stringify({ uri: "/v1/customers", method: "POST", publisher: "", data: { email } });
    asker.drop({ body });
    asker.drop({ body: "no envelope and no address" });
    await vi.waitFor(
      async () =>
        expect(await surroundings.rows("select id from customer_customers where email = ?", [email])).toHaveLength(1),
      SOON,
    );
  });

  test("an answer to nobody, or to ourselves, ends there", async () => {
    for (const replyTo of [randomUUID(), QUEUE, "x".repeat(255), "\0"]) {
      asker.drop({ body: envelope, properties: { replyTo, correlationId: randomUUID() } });
      asker.drop({ body: "no envelope", properties: { replyTo } });
    }
    const waiting = () =>
      withChannel(surroundings.amqpUrl, async (channel) => (await channel.checkQueue(QUEUE)).messageCount);
    await vi.waitFor(async () => expect(await waiting()).toBe(0), SOON);
    await isWell([]);
  });

  test("thirty bodies of 10 MB at once", async () => {
    const body = Buffer.alloc(10_000_000, "y");
    const answers = await Promise.all(Array.from({ length: 30 }, () => asker.send({ body }, 120_000)));
    for (const answer of answers) hasStatus(answer, 413);
    hasStatus(await asker.call("GET", "/v1/customers?page_size=1"), 200);
    expect(await worker.residentMb()).toBeLessThan(2 * RESIDENT_MOST_MB);
  }, 240_000);
});
