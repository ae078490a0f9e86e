import { randomUUID } from "node:crypto";
import { request, type IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createAccessKey, createCustomer } from "@/server/domain/customer";
import type { Log } from "@/server/kernel/context";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { RIGHTS_PORTS } from "@/server/testing/rights/overrides";
import { startTestWeb, type TestWeb } from "@/server/testing/web";
import { fieldsOf, HOSTILE_TEXTS, hostileData } from "@/server/testing/wire/hostile";
import { SERVED } from "@/server/testing/wire/served";
import { appRouter } from "../root";
import { BATCH_MOST, BODY_MOST_BYTES, DEPTH_MOST, depthOf } from "./read-call";

const RUNS = Number(process.env.FUZZ_RUNS ?? 300);
const ANSWER_MOST_MS = 15_000;
const ANSWER_MOST_BYTES = 100_000;
const GROWTH_MOST_MB = 250;
const REQUEST_TIMEOUT_MS = 400;

let installation: TestInstallation;
let web: TestWeb;
/** As `web`, but soon out of patience with what arrives slowly. */
let impatient: TestWeb;
let token: string;
let customerId: string;
const errors: unknown[] = [];

beforeAll(async () => {
  installation = await openTestInstallation(RIGHTS_PORTS, { sip: true });
  const log: Log = { ...installation.runtime.log, error: (fields) => void errors.push(fields) };
  const watched = { ...installation, runtime: { ...installation.runtime, log } };
  web = await startTestWeb(watched);
  impatient = await startTestWeb(watched, { requestTimeoutMs: REQUEST_TIMEOUT_MS });
  customerId = (await createCustomer(installation.context(), { email: anEmail() })).id;
  ({ token } = await createAccessKey(installation.context(), { customerId }));
});
beforeEach(() => void errors.splice(0));
afterAll(async () => {
  await Promise.all([web?.close(), impatient?.close()]);
  await installation?.drop();
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  ms: number;
}

interface Sent {
  method?: string;
  headers?: Record<string, string | string[]>;
  body?: Buffer | string;
}

/** Sends what fetch would tidy up. */
function send(path: string, { method = "GET", headers = {}, body }: Sent = {}): Promise<Answer> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        port: web.port,
        host: "127.0.0.1",
        path,
        method,
        headers: { authorization: `Bearer ${token}`, ...headers },
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
            ms: performance.now() - started,
          }),
        );
      },
    );
    sent.on("error", reject);
    sent.setTimeout(ANSWER_MOST_MS, () => sent.destroy(new Error("no answer in time")));
    sent.end(body);
  });
}

const JSON_TYPE = { "content-type": "application/json" };
const post = (path: string, body: Buffer | string, headers: Record<string, string> = {}): Promise<Answer> =>
  send(path, { method: "POST", body, headers: { ...JSON_TYPE, ...headers } });

/** Bytes as they are, without a client's help. */
function sendRaw(bytes: string | Buffer, to = web): Promise<Answer> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const socket = connect(to.port, "127.0.0.1", () => socket.write(bytes));
    const chunks: Buffer[] = [];
    socket.setTimeout(ANSWER_MOST_MS, () => socket.destroy(new Error("no answer in time")));
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", reject);
    socket.on("close", () => {
      const [head = "", ...rest] = Buffer.concat(chunks).toString().split("\r\n\r\n");
      resolve({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
        headers: { "x-request-id": /x-request-id: (\S+)/i.exec(head)?.[1] },
        text: rest.join("\r\n\r\n"),
        ms: performance.now() - started,
      });
    });
  });
}

interface Failure {
  message: string;
  data: { code: string; httpStatus: number; reason: string; requestId: string };
}

/** A refusal is JSON of a bounded size with a code, a message and the request's id; never a fault of ours. */
function isRefused(answer: Answer, ...statuses: number[]): Failure {
  expect(statuses, answer.text.slice(0, 500)).toContain(answer.status);
  expect(answer.text.length).toBeLessThan(ANSWER_MOST_BYTES);
  const parsed = JSON.parse(answer.text) as { error: Failure } | { error: Failure }[];
  const [{ error } = { error: undefined }] = Array.isArray(parsed) ? parsed : [parsed];
  expect(error?.data.code).toMatch(/^[A-Z_]{3,40}$/);
  expect(error?.data.reason).toMatch(/^[A-Z_]{3,40}$/);
  expect(error?.message.length).toBeGreaterThan(5);
  expect(error?.data.requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(error?.data.requestId).toBe(answer.headers["x-request-id"]);
  return error as Failure;
}

/** It goes on answering, and nothing went wrong in it. */
async function isWell(): Promise<void> {
  const answer = await send("/api/trpc/session.me");
  expect(answer.status).toBe(200);
  expect(errors).toEqual([]);
}

const nested = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const CREATE = "/api/trpc/accessKey.create";

describe("what is wrong with a request is said, with a code and its id", () => {
  test.each<[string, () => Promise<Answer>, number]>([
    ["a batch of 10,000", () => send(`/api/trpc/${"a,".repeat(10_000)}a?batch=1`), 431],
    ["a batch of 800", () => send(`/api/trpc/${"session.me,".repeat(799)}session.me?batch=1`), 400],
    ["a batch of one too many", () => send(`/api/trpc/${"session.me,".repeat(BATCH_MOST)}session.me?batch=1`), 400],
    ["a batch with commas in disguise", () => send(`/api/trpc/${"session.me%2c".repeat(700)}session.me?batch=1`), 400],
    ["a batch of queries and changes", () => post("/api/trpc/session.me,accessKey.create?batch=1", "{}"), 400],
    ["a batch without calls", () => send("/api/trpc/?batch=1"), 404],
    ["a batch that is a list", () => post(`${CREATE},accessKey.create?batch=1`, "[{},{}]"), 400],
    ["a batch that is null", () => post(`${CREATE}?batch=1`, "null"), 400],
    ["lists in lists", () => post(CREATE, nested(DEPTH_MOST + 1)), 400],
    ["500,000 lists in lists", () => post(CREATE, nested(500_000)), 400],
    ["200,000 brackets", () => post(CREATE, "[".repeat(200_000)), 400],
    ["100,000 objects in objects", () => post(CREATE, `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`), 400],
    ["7,000 brackets in an address", () => send(`/api/trpc/customer.list?input=${nested(3_500)}`), 400],
    ["no content type", () => send(CREATE, { method: "POST", body: "{}" }), 415],
    ["a form", () => post(CREATE, "a=b", { "content-type": "application/x-www-form-urlencoded" }), 415],
    ["a form in parts", () => post(CREATE, "--x--", { "content-type": "multipart/form-data; boundary=x" }), 415],
    ["bytes", () => post(CREATE, "x", { "content-type": "application/octet-stream" }), 415],
    ["plain text", () => post(CREATE, "{}", { "content-type": "text/plain" }), 415],
    ["nearly JSON", () => post(CREATE, "{}", { "content-type": "application/jsonp" }), 415],
    ["another character set", () => post(CREATE, "{}", { "content-type": "application/json; charset=utf-16" }), 415],
    ["a compressed body", () => post(CREATE, "x", { "content-encoding": "gzip" }), 415],
    ["a body one byte over the limit", () => post(CREATE, `"${"x".repeat(BODY_MOST_BYTES - 1)}"`), 413],
    ["a body of 5 MB", () => post(CREATE, Buffer.alloc(5_000_000, "x")), 413],
    [
      "a body of 5 MB in pieces",
      () => post(CREATE, Buffer.alloc(5_000_000, "x"), { "transfer-encoding": "chunked" }),
      413,
    ],
    ["bytes that are no UTF-8", () => post(CREATE, Buffer.from([0x22, 0xff, 0xfe, 0x22])), 400],
    ["UTF-8 cut in half", () => post(CREATE, Buffer.from([0x22, 0xf0, 0x9f, 0x22])), 400],
    ["no JSON", () => post(CREATE, "{nope"), 400],
    ["an empty body", () => post(CREATE, ""), 400],
    ["an input in the address that is no JSON", () => send("/api/trpc/customer.list?input=%7B"), 400],
    ["an address of 20 kB", () => send(`/api/trpc/customer.list?input=${"x".repeat(20_000)}`), 431],
    ["a posted query that is no JSON", () => post("/api/trpc/customer.list", "{nope"), 400],
    ["a posted query of a form", () => post("/api/trpc/customer.list", "a=b", { "content-type": "text/plain" }), 415],
    ["a change that is got", () => send(`${CREATE}?input={}`), 405],
    ["PUT", () => send(CREATE, { method: "PUT", body: "{}", headers: JSON_TYPE }), 405],
    ["DELETE", () => send(CREATE, { method: "DELETE" }), 405],
    ["PATCH", () => send(CREATE, { method: "PATCH", body: "{}", headers: JSON_TYPE }), 405],
    ["OPTIONS", () => send(CREATE, { method: "OPTIONS" }), 405],
    ["a method that nobody knows", () => sendRaw("BREW /api/trpc/session.me HTTP/1.1\r\nhost: x\r\n\r\n"), 400],
    ["a path that climbs", () => send("/api/trpc/../../etc/passwd"), 404],
    ["a path that climbs in disguise", () => send("/api/trpc/%2e%2e%2f%2e%2e%2fetc%2fpasswd"), 404],
    ["percent signs", () => send("/api/trpc/%zz%"), 400],
    ["a NUL", () => send("/api/trpc/session.me%00"), 404],
    ["a prototype", () => send("/api/trpc/__proto__"), 404],
    ["a constructor", () => send("/api/trpc/constructor"), 404],
    ["a prototype of a router", () => send("/api/trpc/customer.__proto__"), 404],
    ["toString", () => send("/api/trpc/toString,hasOwnProperty?batch=1"), 404],
    ["a router", () => send("/api/trpc/customer"), 404],
    ["no name", () => send("/api/trpc/"), 404],
    ["a very long name", () => send(`/api/trpc/${"x".repeat(15_000)}`), 404],
    ["headers of 40 kB", () => send("/api/trpc/session.me", { headers: { "x-long": "h".repeat(40_000) } }), 431],
    [
      "2,000 headers",
      () =>
        send("/api/trpc/session.me", {
          headers: Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`x-${i}`, "h".repeat(8)])),
        }),
      431,
    ],
    [
      "headers without an end",
      () => sendRaw(`GET /api/trpc/session.me HTTP/1.1\r\nhost: x\r\n${"a: b\r\n".repeat(20_000)}`),
      431,
    ],
    ["no HTTP", () => sendRaw("\u0000\u0001\u0002 what is this\r\n\r\n"), 400],
    [
      "two lengths",
      () => sendRaw(`POST ${CREATE} HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}`),
      400,
    ],
    [
      "a length and pieces",
      () => sendRaw(`POST ${CREATE} HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}`),
      400,
    ],
    ["a length below zero", () => sendRaw(`POST ${CREATE} HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n`), 400],
    [
      "headers that do not end",
      () => sendRaw("GET /api/trpc/session.me HTTP/1.1\r\nhost: x\r\nx-slow: ", impatient),
      408,
    ],
    [
      "a body that does not end",
      () =>
        sendRaw(
          `POST ${CREATE} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"customerId":`,
          impatient,
        ),
      408,
    ],
    [
      "an access key of a megabyte",
      () => send("/api/trpc/session.me", { headers: { authorization: `Bearer ${"x".repeat(9_000)}` } }),
      401,
    ],
    [
      "an access key of control characters",
      () => send("/api/trpc/session.me", { headers: { authorization: "Bearer \t\u00ff\u00fe" } }),
      401,
    ],
  ])("%s", async (_, ask, status) => {
    isRefused(await ask(), status);
    await isWell();
  });

  test("a request that goes away leaves nothing behind", async () => {
    for (let i = 0; i < 20; i++)
      await new Promise<void>((resolve) => {
        const socket = connect(web.port, "127.0.0.1", () => {
          socket.write(
            `POST ${CREATE} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`,
          );
          socket.destroy();
          resolve();
        });
      });
    await vi.waitFor(async () => expect(await web.connections()).toBe(0), { timeout: 30_000 });
    await isWell();
  });
});

describe("whatever a procedure is asked", () => {
  const procedures = Object.entries(
    appRouter._def.procedures as unknown as Record<string, { _def: { type: "query" | "mutation" } }>,
  );
  /** Ends nothing that the other cases stand on. */
  const harmless = procedures.filter(([name]) => !/sign-?out|session\.(revoke|end)/i.test(name));

  test("with which input: an answer, or a refusal that is the asker's own fault", async () => {
    const before = process.memoryUsage().rss;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...harmless),
        hostileData(fieldsOf(...SERVED)),
        async ([name, { _def }], data) => {
          const answer =
            _def.type === "query"
              ? await send(
                  `/api/trpc/${name}${data === undefined ? "" : `?input=${encodeURIComponent(data).slice(0, 12_000)}`}`,
                )
              : await post(`/api/trpc/${name}`, data ?? "");
          if (answer.status !== 200) isRefused(answer, 400, 401, 403, 404, 409, 413, 429);
          expect(answer.ms).toBeLessThan(ANSWER_MOST_MS);
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
    expect(errors).toEqual([]);
    await isWell();
    expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(GROWTH_MOST_MB);
  }, 600_000);

  test("at whatever path and by whatever method", async () => {
    const part = fc.oneof(
      fc.constantFrom(
        ...procedures.map(([name]) => name),
        "..",
        "%2e%2e",
        "__proto__",
        "customer.",
        ".list",
        ",",
        "%00",
        "%",
      ),
      fc.webSegment({ size: "small" }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { minLength: 1, maxLength: 6 }),
        fc.constantFrom("/", ",", ".", "%2f", "%2c"),
        fc.constantFrom("", "?batch=1", "?batch=0", "?batch=1&input={}", "?input=", "?batch=1&batch=2"),
        fc.constantFrom("GET", "POST", "PUT", "HEAD", "TRACE"),
        async (parts, glue, query, method) => {
          const answer = await send(`/api/trpc/${parts.join(glue)}${query}`, {
            method,
            ...(method === "POST" ? { headers: JSON_TYPE, body: "{}" } : {}),
          });
          if (method === "HEAD") expect(answer.status).toBe(405);
          else if (answer.status !== 200 && answer.status !== 207) isRefused(answer, 400, 401, 403, 404, 405, 409);
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
    await isWell();
  }, 600_000);

  test("in whatever words", async () => {
    for (const text of HOSTILE_TEXTS) {
      const input = JSON.stringify({ customerId, name: text, detail: text });
      const answer = await post(CREATE, input);
      if (answer.status !== 200) isRefused(answer, 400);
      const asked = encodeURIComponent(
        JSON.stringify({ filter: { search: text.replace(/\p{Surrogate}/gu, "?").slice(0, 1_000) } }),
      );
      for (const list of ["customer.list", "accessKey.list"]) {
        const found = await send(`/api/trpc/${list}?input=${asked}`);
        if (found.status !== 200) isRefused(found, 400);
      }
      for (const key of ["x-idempotency-key", "idempotency-key"]) {
        const safe = text.replace(/[^\x20-\x7e]/g, "").slice(0, 500);
        const sent = await post(CREATE, JSON.stringify({ customerId, name: randomUUID() }), { [key]: safe });
        if (sent.status !== 200) isRefused(sent, 400, 409);
      }
    }
    await isWell();
  }, 120_000);

  test("thirty bodies of 1 MB at once", async () => {
    const body = JSON.stringify({ customerId, detail: "y".repeat(1_000_000) });
    const answers = await Promise.all(Array.from({ length: 30 }, () => post(CREATE, body)));
    for (const answer of answers) expect(isRefused(answer, 400).message).toContain("detail");
    await isWell();
  });
});

test.each([
  ["1", 0],
  ['"[[["', 0],
  ['"\\"[["', 0],
  ['{"a":[{"b":"]}"}]}', 3],
  ["[[],[[]]]", 3],
])("the depth of %s is %i", (text, depth) => expect(depthOf(text)).toBe(depth));
