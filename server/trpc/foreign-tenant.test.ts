import { randomUUID } from "node:crypto";
import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adminSessions, adminUsers } from "@/db/bin/schema/admin";
import { createAccessKey, createCustomer } from "@/server/domain/customer";
import { addSeconds, NOT_SET } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import type { Role } from "@/server/kernel/permissions";
import { insertRow } from "@/server/kernel/statements";
import { runStatement } from "@/server/kernel/statements-run";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { createTrpcContext, type Caller } from "./context";
import { appRouter, createCaller } from "./root";

/** A customer, and all of theirs that has an id or a name. */
interface Tenant {
  customerId: string;
  email: string;
  name: string;
  keyId: string;
  token: string;
  adminId: string;
  adminEmail: string;
  sessionId: string;
}

/** What a procedure is asked about another customer's records, and what has to come of it. */
interface Attempt {
  input?: (foreign: Tenant) => unknown;
  /** `refused`: not found, or forbidden. `scoped`: an answer without anything foreign in it. `public`: open to strangers. */
  comes: "refused" | "scoped" | "public";
  /** It is for people: an access key is refused. */
  peopleOnly?: boolean;
}

const ofCustomer = ({ customerId: id }: Tenant): object => ({ id });
const ofKey = ({ keyId: id }: Tenant): object => ({ id });
const refused = (input?: Attempt["input"]): Attempt => ({ input, comes: "refused" });
const scoped = (input?: Attempt["input"]): Attempt => ({ input, comes: "scoped" });

/** Every procedure there is: one that is added has to be added here, with ids of another customer. */
const ATTEMPTS: Record<string, Attempt> = {
  "accessKey.list": scoped(({ customerId }) => ({ filter: { customerId } })),
  "accessKey.get": refused(ofKey),
  "accessKey.create": refused(({ customerId }) => ({ customerId, name: "mine" })),
  "accessKey.update": refused((foreign) => ({ ...ofKey(foreign), name: "mine" })),
  "accessKey.rotate": refused((foreign) => ({ ...ofKey(foreign), overlap: 0 })),
  "accessKey.revoke": refused(ofKey),
  "audit.list": scoped(({ customerId }) => ({ filter: { customerId } })),
  "auth.link": { input: () => ({ token: "no-such-link" }), comes: "public" },
  "auth.acceptLink": {
    input: () => ({ token: "no-such-link", name: "Nobody", email: anEmail(), password: "long enough, and wrong" }),
    comes: "public",
  },
  "customer.list": scoped(({ customerId }) => ({ filter: { id: customerId } })),
  "customer.get": refused(ofCustomer),
  "customer.create": refused(() => ({ name: "Mine", email: anEmail() })),
  "customer.update": refused((foreign) => ({ ...ofCustomer(foreign), name: "mine" })),
  "customer.setBillingAccount": refused((foreign) => ({ ...ofCustomer(foreign), billingAccountId: randomUUID() })),
  "customer.deletionPreview": refused(ofCustomer),
  "customer.delete": refused(ofCustomer),
  "customer.restore": refused(ofCustomer),
  "customer.retryDeletion": refused(ofCustomer),
  "deadLetter.list": refused(() => ({})),
  "deadLetter.replay": refused(() => ({ id: "a-dead-letter" })),
  "deadLetter.discard": refused(() => ({ id: "a-dead-letter" })),
  "health.get": refused(),
  "search.find": scoped(({ name }) => ({ query: name })),
  "session.me": scoped(),
  "session.list": { ...scoped(), peopleOnly: true },
  "session.revoke": refused(({ sessionId: id }) => ({ id })),
};

let installation: TestInstallation;
let own: Tenant;
/** Dead letters that somebody got at; nobody of a customer's may. */
const touched: string[] = [];

beforeAll(async () => {
  installation = await openTestInstallation({
    deadLetters: {
      peek: () => Promise.resolve([]),
      replay: (id) => Promise.resolve(touched.push(id) > 0 ? "replayed" : "not-found"),
      discard: (id) => Promise.resolve(touched.push(id) > 0),
    },
  });
  own = await createTenant();
});
afterAll(() => installation.drop());

async function createTenant(): Promise<Tenant> {
  const email = anEmail();
  const name = `Tenant ${randomUUID()}`;
  const customer = await createCustomer(installation.context(), { name, email });
  const { key, token } = await createAccessKey(installation.context(), { customerId: customer.id, name });
  return {
    customerId: customer.id,
    email,
    name,
    keyId: key.id,
    token,
    ...(await createAdmin("admin", customer.id)),
  };
}

async function createAdmin(role: Role, customerId: string | null) {
  const admin = { adminId: newId(), adminEmail: anEmail(), sessionId: newId() };
  const now = installation.runtime.now();
  await runStatement(
    installation.db,
    insertRow(adminUsers, {
      id: admin.adminId,
      email: admin.adminEmail,
      name: role,
      passwordHash: null,
      role,
      customerId,
      tmLastLogin: null,
      tmCreate: now,
      tmUpdate: now,
      tmDelete: NOT_SET,
    }),
  );
  await runStatement(
    installation.db,
    insertRow(adminSessions, {
      id: admin.sessionId,
      userId: admin.adminId,
      ip: "127.0.0.1",
      userAgent: "test",
      tmCreate: now,
      tmLastSeen: now,
      tmExpire: addSeconds(now, 3_600),
      tmRevoke: null,
    }),
  );
  return admin;
}

/** Calls a procedure by its path. @returns its result, or the code of its refusal */
async function call(
  caller: Partial<Caller>,
  path: string,
  input: unknown,
): Promise<{ result?: unknown; code?: string }> {
  const context = await createTrpcContext(
    installation.runtime,
    { sessionId: null, token: null, idempotencyKey: null, ip: "127.0.0.1", userAgent: "test", ...caller },
    { health: () => Promise.reject(new Error("not asked for")), siblings: [] },
  );
  const procedure = path
    .split(".")
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], createCaller(context));
  try {
    return { result: await (procedure as (input: unknown) => Promise<unknown>)(input) };
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return { code: error.code };
  }
}

/** All rows of a customer, and of the people who belong to it. */
async function recordsOf({ customerId, adminId }: Tenant): Promise<string> {
  const id = customerId.replaceAll("-", "");
  const parts = await Promise.all([
    installation.rows("select * from customer_customers where id = unhex(?)", [id]),
    // when a key was used last is not theirs to keep still
    installation.rows(
      "select hex(id), name, detail, token, hex(token_hash), tm_update, tm_delete from customer_accesskeys where customer_id = unhex(?)",
      [id],
    ),
    installation.rows("select * from admin_jobs where customer_id = unhex(?)", [id]),
    installation.rows("select * from admin_audit where customer_id = unhex(?)", [id]),
    installation.rows("select * from admin_users where customer_id = unhex(?)", [id]),
    installation.rows("select hex(id), tm_revoke from admin_sessions where user_id = unhex(?)", [
      adminId.replaceAll("-", ""),
    ]),
  ]);
  return JSON.stringify(parts);
}

const procedures = Object.keys(appRouter._def.procedures).sort();

test("every procedure is tried out here", () => {
  expect(Object.keys(ATTEMPTS).sort()).toEqual(procedures);
});

describe.each(procedures)("%s", (path) => {
  const attempt = ATTEMPTS[path];
  if (attempt === undefined) return;
  const { input = () => undefined, comes, peopleOnly = false } = attempt;

  test.each<[string, () => Partial<Caller>]>([
    ["an access key", () => ({ token: own.token })],
    ["a customer's admin", () => ({ sessionId: own.sessionId })],
  ])("shows %s nothing of another customer, and changes nothing there", async (_, caller) => {
    const foreign = await createTenant();
    const before = await recordsOf(foreign);
    const asker = caller();
    const { result, code } = await call(asker, path, input(foreign));
    expect(await recordsOf(foreign)).toBe(before);
    expect(touched).toEqual([]);
    if (comes === "refused") expect(["NOT_FOUND", "FORBIDDEN"]).toContain(code);
    if (comes === "scoped") expect(code).toBe(peopleOnly && asker.token !== undefined ? "FORBIDDEN" : undefined);
    const text = JSON.stringify(result) ?? "";
    for (const [what, value] of Object.entries(foreign)) expect(text.includes(String(value)), what).toBe(false);
  });

  test("knows no stranger, no false token and no false session", async () => {
    const foreign = await createTenant();
    const before = await recordsOf(foreign);
    for (const caller of [{}, { token: "x".repeat(16) }, { token: "" }, { sessionId: randomUUID() }]) {
      const { code } = await call(caller, path, input(foreign));
      if (comes === "public") expect(code).not.toBe("UNAUTHORIZED");
      else expect(code).toBe("UNAUTHORIZED");
    }
    expect(await recordsOf(foreign)).toBe(before);
  });

  // Else a refusal would prove nothing: the same input has to mean something to somebody who may.
  if (comes !== "public" && path !== "session.revoke" && path !== "health.get")
    test("is asked for something that is there", async () => {
      const owner = await createAdmin("owner", null);
      const { code } = await call({ sessionId: owner.sessionId }, path, input(await createTenant()));
      if (path === "customer.restore")
        expect(code).toBe("CONFLICT"); // it is not deleted
      else if (path === "customer.retryDeletion")
        expect(["NOT_FOUND", "CONFLICT"]).toContain(code); // nothing failed
      else expect(code).toBeUndefined();
      touched.length = 0;
    });
});

test("a key of a deleted customer, a revoked one and an ended session are strangers", async () => {
  const former = await createTenant();
  const owner = await createAdmin("owner", null);
  expect((await call({ token: former.token }, "session.me", undefined)).code).toBeUndefined();
  expect(
    (await call({ sessionId: owner.sessionId }, "customer.delete", { id: former.customerId })).code,
  ).toBeUndefined();
  expect((await call({ token: former.token }, "session.me", undefined)).code).toBe("UNAUTHORIZED");

  const revoked = await createTenant();
  expect((await call({ sessionId: owner.sessionId }, "accessKey.revoke", { id: revoked.keyId })).code).toBeUndefined();
  expect((await call({ token: revoked.token }, "session.me", undefined)).code).toBe("UNAUTHORIZED");

  await installation.rows("update admin_sessions set tm_revoke = tm_create where id = unhex(?)", [
    revoked.sessionId.replaceAll("-", ""),
  ]);
  expect((await call({ sessionId: revoked.sessionId }, "session.me", undefined)).code).toBe("UNAUTHORIZED");
});
