import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAccessKey, createCustomer } from "@/server/domain/customer";
import { createHousekeeping } from "@/server/jobs/housekeeping";
import { addSeconds } from "@/server/kernel/clock";
import { receiptFor } from "@/server/kernel/receipts";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { startTestWeb, type TestWeb } from "@/server/testing/web";
import { createTrpcContext } from "../context";
import { createCaller } from "../root";

let installation: TestInstallation;
let web: TestWeb;
beforeAll(async () => {
  installation = await openTestInstallation();
  web = await startTestWeb(installation);
});
afterAll(async () => {
  await web?.close();
  await installation?.drop();
});

async function aProgram() {
  const customer = await createCustomer(installation.context(), { email: anEmail() });
  const { key, token } = await createAccessKey(installation.context(), { customerId: customer.id, name: "program" });
  return { customerId: customer.id, keyId: key.id, token };
}

interface Answer {
  status: number;
  headers: Headers;
  data: Record<string, unknown>;
  error: { message: string; data: Record<string, unknown> };
}

async function ask(path: string, init: RequestInit & { at?: TestWeb } = {}): Promise<Answer> {
  const response = await fetch(`${(init.at ?? web).url}/api/trpc/${path}`, init);
  const body = (await response.json()) as { result?: { data: never }; error?: never };
  return {
    status: response.status,
    headers: response.headers,
    data: body.result?.data ?? {},
    error: body.error ?? never,
  };
}
const never = { message: "", data: {} };
const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
const change = (path: string, token: string, input: unknown, headers: Record<string, string> = {}) =>
  ask(path, {
    method: "POST",
    headers: { ...bearer(token), "content-type": "application/json", ...headers },
    body: JSON.stringify(input),
  });
const query = (path: string, input: unknown): string => `${path}?input=${encodeURIComponent(JSON.stringify(input))}`;

describe("a program", () => {
  test("is known by its access key, and sees its customer alone", async () => {
    const [own, other] = [await aProgram(), await aProgram()];
    const { data, status } = await ask(query("customer.list", {}), { headers: bearer(own.token) });
    expect(status).toBe(200);
    expect((data.items as { id: string }[]).map(({ id }) => id)).toEqual([own.customerId]);
    const foreign = await ask(query("customer.get", { id: other.customerId }), { headers: bearer(own.token) });
    expect(foreign).toMatchObject({ status: 404, error: { data: { code: "NOT_FOUND" } } });
    expect(foreign.error.data.requestId).toBe(foreign.headers.get("x-request-id"));
  });

  test("may post a query that is too long for an address", async () => {
    const { token, customerId } = await aProgram();
    const ids = Array.from({ length: 500 }, () => randomUUID());
    const { status, data } = await change("customer.list", token, { filter: { search: "" }, size: 1 });
    expect(status).toBe(200);
    expect(data.items).toMatchObject([{ id: customerId }]);
    const counted = await change("extension.countPhones", token, { ids });
    expect(counted).toMatchObject({ status: 200, data: { phones: null } }); // without a database of Asterisk's
  });

  test.each(["token", "access_key", "accesskey", "accessKey", "api_key", "key", "Authorization", "anything"])(
    "is refused with its access key in the address as %s, even where it is a header as well",
    async (name) => {
      const { token } = await aProgram();
      const { status, error } = await ask(`customer.list?${name}=${token}`, { headers: bearer(token) });
      expect(status).toBe(400);
      expect(error.data).toMatchObject({ code: "INVALID_INPUT", reason: "ACCESS_KEY_IN_URL" });
      expect(error.message).not.toContain(token);
    },
  );

  test("may make so many calls a minute, a batch counts as what it holds, and the headers say what is left", async () => {
    const limited = await startTestWeb(installation, { callsPerMinute: 5 });
    const { token } = await aProgram();
    const other = await aProgram();
    const first = await ask("session.me", { at: limited, headers: bearer(token) });
    expect(first.status).toBe(200);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      "ratelimit-limit": "5",
      "ratelimit-remaining": "4",
      "ratelimit-policy": "5;w=60",
    });
    expect(Number(first.headers.get("ratelimit-reset"))).toBeLessThanOrEqual(60);
    expect(first.headers.get("retry-after")).toBeNull();
    const batch = await fetch(`${limited.url}/api/trpc/session.me,session.me,session.me?batch=1`, {
      headers: bearer(token),
    });
    expect(batch.headers.get("ratelimit-remaining")).toBe("1");
    const over = await fetch(`${limited.url}/api/trpc/session.me,session.me?batch=1`, { headers: bearer(token) });
    expect(over.status).toBe(429);
    expect(Number(over.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(((await over.json()) as Answer).error.data).toMatchObject({ code: "TOO_MANY_REQUESTS" });
    expect((await ask("session.me", { at: limited, headers: bearer(other.token) })).status).toBe(200);
    // Counted in Redis: another process knows.
    const second = await startTestWeb(installation, { callsPerMinute: 5 });
    expect((await ask("session.me", { at: second, headers: bearer(token) })).status).toBe(429);
    await Promise.all([limited.close(), second.close()]);
  });

  test("is limited, and not shut out, while Redis is away", async () => {
    const limited = await startTestWeb(installation, { callsPerMinute: 3 });
    await limited.redis.close();
    const { token } = await aProgram();
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++)
      statuses.push((await ask("session.me", { at: limited, headers: bearer(token) })).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    await limited.close();
  });

  test("which guesses is held back by its address, and a good one at the same address is not", async () => {
    const address = { "x-test-address": randomUUID() };
    const good = await aProgram();
    const wrong = (): Promise<Answer> => ask("session.me", { headers: { ...bearer(randomUUID()), ...address } });
    expect((await ask("session.me", { headers: { ...bearer(good.token), ...address } })).status).toBe(200);
    const statuses = await Promise.all(Array.from({ length: 60 }, wrong)).then((all) =>
      all.map(({ status }) => status),
    );
    expect(new Set(statuses)).toEqual(new Set([401]));
    const held = await wrong();
    expect(held.status).toBe(429);
    expect(Number(held.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await ask("session.me", { headers: { ...bearer(good.token), ...address } })).status).toBe(200);
    expect((await ask("session.me", { headers: bearer(randomUUID()) })).status).toBe(401);
  });
});

describe("a change without an idempotency key", () => {
  const receipts = async (): Promise<Set<string>> =>
    new Set((await installation.rows<{ id: string }>("select hex(id) as id from admin_receipts")).map(({ id }) => id));

  test("keeps its answer under a name that is nowhere else: not even the same request id leads to it", async () => {
    const { token, customerId, keyId } = await aProgram();
    const requestId = randomUUID();
    const asked = { sessionId: null, token, idempotencyKey: null, requestId, ip: "127.0.0.1", userAgent: "test" };
    const rest = { health: () => Promise.reject(new Error("not asked for")), siblings: [] };
    const before = await receipts();
    const answers = [];
    for (let i = 0; i < 2; i++)
      answers.push(
        await createCaller(await createTrpcContext(installation.runtime, asked, rest)).accessKey.create({
          customerId,
          name: "twin",
        }),
      );
    expect(new Set(answers.map((answer) => answer.token)).size).toBe(2);
    const kept = [...(await receipts())].filter((id) => !before.has(id));
    expect(kept).toHaveLength(2);
    const known = [requestId, keyId, customerId, ...answers.map(({ key }) => key.id)];
    const guesses = known.flatMap((value) =>
      [[value], ["trpc", value], ["trpc", "access-key", keyId, value], ["trpc", "access-key", keyId, value, "0"]].map(
        (parts) => receiptFor(parts).id.toString("hex").toUpperCase(),
      ),
    );
    expect(kept.filter((id) => guesses.includes(id))).toEqual([]);
    const audited = await installation.rows("select request_id from admin_audit where request_id = ?", [requestId]);
    expect(audited).toHaveLength(2);
  });
});

describe("an idempotency key", () => {
  const keys = (customerId: string) =>
    installation.rows("select id from customer_accesskeys where customer_id = unhex(?)", [
      customerId.replaceAll("-", ""),
    ]);

  test.each(["x-idempotency-key", "idempotency-key"])(
    "makes a change take effect once: the repeat gets the first answer, token and all (%s)",
    async (name) => {
      const { token, customerId } = await aProgram();
      const headers = { [name]: randomUUID() };
      const first = await change("accessKey.create", token, { customerId, name: "once" }, headers);
      const again = await change("accessKey.create", token, { customerId, name: "once" }, headers);
      expect(first.status).toBe(200);
      expect(first.data.token).toMatch(/^vb_/);
      expect(again.data).toEqual(first.data);
      expect(await keys(customerId)).toHaveLength(2);
    },
  );

  test("with another body or for another procedure is refused, and nothing happens", async () => {
    const { token, customerId, keyId } = await aProgram();
    const headers = { "x-idempotency-key": randomUUID() };
    await change("accessKey.create", token, { customerId, name: "one" }, headers);
    for (const [path, input] of [
      ["accessKey.create", { customerId, name: "another" }],
      ["accessKey.rotate", { id: keyId }],
      ["accessKey.revoke", { id: keyId }],
    ] as const)
      expect(await change(path, token, input, headers), path).toMatchObject({
        status: 409,
        error: { data: { code: "CONFLICT", reason: "IDEMPOTENCY_KEY_REUSED" } },
      });
    expect(await keys(customerId)).toHaveLength(2);
    expect((await ask("session.me", { headers: bearer(token) })).status).toBe(200);
  });

  test("is remembered where the change had nothing to do", async () => {
    const { token, customerId } = await aProgram();
    const { key } = (await change("accessKey.create", token, { customerId })).data as { key: { id: string } };
    const headers = { "x-idempotency-key": randomUUID() };
    await change("accessKey.revoke", token, { id: key.id });
    expect((await change("accessKey.revoke", token, { id: key.id }, headers)).status).toBe(200);
    expect(await change("accessKey.update", token, { id: key.id, name: "x" }, headers)).toMatchObject({ status: 409 });
  });

  test("that many requests use at once makes one of them take effect, and all get its answer", async () => {
    const { token, customerId } = await aProgram();
    const headers = { "x-idempotency-key": randomUUID() };
    const all = await Promise.all(
      Array.from({ length: 12 }, () => change("accessKey.create", token, { customerId, name: "twelve" }, headers)),
    );
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(all.map(({ data }) => data.token)).size).toBe(1);
    expect(await keys(customerId)).toHaveLength(2);
  });

  test("is each program's own", async () => {
    const [one, other] = [await aProgram(), await aProgram()];
    const headers = { "x-idempotency-key": randomUUID() };
    const first = await change("accessKey.create", one.token, { customerId: one.customerId }, headers);
    const second = await change("accessKey.create", other.token, { customerId: other.customerId }, headers);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.data.token).not.toBe(second.data.token);
  });

  test("of a refused change may be used again: nothing has happened under it", async () => {
    const { token, customerId } = await aProgram();
    const headers = { "x-idempotency-key": randomUUID() };
    expect((await change("accessKey.create", token, { customerId, expire: -1 }, headers)).status).toBe(400);
    expect((await change("accessKey.create", token, { customerId, expire: 60 }, headers)).status).toBe(200);
  });

  test("covers the calls of a batch one by one", async () => {
    const { token, customerId } = await aProgram();
    const headers = { ...bearer(token), "content-type": "application/json", "idempotency-key": randomUUID() };
    const send = async () => {
      const response = await fetch(`${web.url}/api/trpc/accessKey.create,accessKey.create?batch=1`, {
        method: "POST",
        headers,
        body: JSON.stringify({ 0: { customerId, name: "same" }, 1: { customerId, name: "same" } }),
      });
      return (await response.json()) as { result: { data: { token: string } } }[];
    };
    const [first, again] = [await send(), await send()];
    expect(new Set(first.map(({ result }) => result.data.token)).size).toBe(2);
    expect(again).toEqual(first);
  });

  test.each(["short", "with blanks in it", "x".repeat(256), 'with"quotes"', "umlaut-ä-umlaut", "a,comma,list"])(
    "that is none is refused: %j",
    async (key) => {
      const { token, customerId } = await aProgram();
      const { status, error } = await change("accessKey.create", token, { customerId }, { "x-idempotency-key": key });
      expect(status).toBe(400);
      expect(error.data).toMatchObject({ code: "INVALID_INPUT", field: "idempotency-key" });
    },
  );

  test("in two headers has to be the same", async () => {
    const { token, customerId } = await aProgram();
    const key = randomUUID();
    const both = (other: string) =>
      change("accessKey.create", token, { customerId }, { "x-idempotency-key": key, "idempotency-key": other });
    expect((await both(randomUUID())).status).toBe(400);
    expect((await both(`"${key}"`)).status).toBe(200);
  });

  test("is kept for 24 hours, and no longer", async () => {
    const { token, customerId } = await aProgram();
    const headers = { "x-idempotency-key": randomUUID() };
    const create = () => change("accessKey.create", token, { customerId }, headers);
    const first = await create();
    const sweepAfter = (seconds: number) =>
      createHousekeeping({
        ...installation.runtime,
        now: () => addSeconds(installation.runtime.now(), seconds),
      }).sweep();
    await sweepAfter(86_400 - 60);
    expect((await create()).data.token).toBe(first.data.token);
    await sweepAfter(86_400 + 60);
    const later = await create();
    expect(later.status).toBe(200);
    expect(later.data.token).not.toBe(first.data.token);
  });
});
