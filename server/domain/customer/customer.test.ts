import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { randomUUID } from "node:crypto";
import type { Context } from "@/server/kernel/context";
import { isDomainError, type ErrorCode } from "@/server/kernel/errors";
import { receiptFor } from "@/server/kernel/receipts";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import {
  createAccessKey,
  createCustomer,
  deleteCustomer,
  deletionProgress,
  getCustomer,
  listAccessKeys,
  listCustomers,
  listCustomersBefore,
  restoreCustomer,
  revokeAccessKey,
  rotateAccessKey,
  setBillingAccount,
  updateAccessKey,
  updateCustomer,
  verifyAccessKey,
} from ".";

let installation: TestInstallation;
beforeAll(async () => (installation = await openTestInstallation()));
afterAll(() => installation.drop());

const codeOf = async (work: Promise<unknown>): Promise<ErrorCode | "done"> => {
  try {
    await work;
    return "done";
  } catch (error) {
    if (isDomainError(error)) return error.code;
    throw error;
  }
};
const create = (over: object = {}) =>
  createCustomer(installation.context(), { name: "Acme", email: anEmail(), ...over });
const eventsOf = async (id: string): Promise<string[]> =>
  (
    await installation.rows<{ type: string }>("select type from admin_outbox where body like ? order by seq", [
      `%${id}%`,
    ])
  ).map((row) => row.type);

describe("a customer", () => {
  test("leaves its row, its event and its audit entry together", async () => {
    const customer = await create();
    expect(await eventsOf(customer.id)).toEqual(["customer_created"]);
    const audit = await installation.rows<{ action: string; actor_type: string }>(
      "select action, actor_type from admin_audit where resource_id = ?",
      [customer.id],
    );
    expect(audit).toEqual([{ action: "customer.create", actor_type: "service" }]);
  });

  test("is not changed from what it no longer is: the second is told who was quicker, when, and what is there now", async () => {
    const customer = await create();
    const admin = { type: "admin", id: randomUUID(), name: "Dana Wolf", role: "owner", customerId: null } as const;
    const first = await updateCustomer(installation.context({ actor: { ...admin, sessionId: randomUUID() } }), {
      ...customer,
      webhookMethod: "POST",
      name: "First",
    });
    const change = (tmUpdate?: string) =>
      updateCustomer(installation.context(), { ...customer, webhookMethod: "", name: "Second", tmUpdate });
    await expect(change(customer.tmUpdate)).rejects.toMatchObject({
      code: "CONFLICT",
      reason: "CHANGED_MEANWHILE",
      details: { meanwhile: { by: "Dana Wolf", at: first.tmUpdate, present: first } },
    });
    expect(await getCustomer(installation.context(), { id: customer.id })).toEqual(first);
    expect(await change(first.tmUpdate)).toMatchObject({ name: "Second" });
    // Siblings and programs that name no version go on as before: the last one wins.
    expect(await change(undefined)).toMatchObject({ name: "Second" });
  });

  test("keeps any script and emoji", async () => {
    const customer = await create({ name: "Zürcher 株式会社 👩‍👩‍👧", detail: "عربى \u0001" });
    expect(await getCustomer(installation.context(), { id: customer.id })).toEqual(customer);
  });

  test("has an e-mail of its own, ignoring case, even when sixteen are created at once", async () => {
    const email = anEmail();
    const results = await Promise.all(
      Array.from({ length: 16 }, (_, i) => codeOf(create({ email: i % 2 === 0 ? email : email.toUpperCase() }))),
    );
    expect(results.filter((each) => each === "done")).toHaveLength(1);
    expect(results.filter((each) => each === "CONFLICT")).toHaveLength(15);
  });

  test("keeps its e-mail when an update leaves it out, and loses what else is left out", async () => {
    const customer = await create({ detail: "x", webhookUri: "https://a.example" });
    const updated = await updateCustomer(installation.context(), { id: customer.id, name: "B" });
    expect(updated).toMatchObject({ name: "B", detail: "", webhookUri: "", email: customer.email });
    expect(updated.tmUpdate > customer.tmCreate).toBe(true);
  });

  test("that is deleted cannot be changed, is shown, and is deleted but once", async () => {
    const customer = await create();
    const deleted = await deleteCustomer(installation.context(), { id: customer.id });
    expect(await deleteCustomer(installation.context(), { id: customer.id })).toEqual(deleted);
    expect(await codeOf(updateCustomer(installation.context(), { id: customer.id, name: "late" }))).toBe("NOT_FOUND");
    expect(
      await codeOf(setBillingAccount(installation.context(), { id: customer.id, billingAccountId: randomUUID() })),
    ).toBe("NOT_FOUND");
    expect(await getCustomer(installation.context(), { id: customer.id })).toEqual(deleted);
    expect(await eventsOf(customer.id)).toEqual(["customer_created", "customer_deleted"]);
    expect((await create({ email: customer.email })).email).toBe(customer.email);
    expect(await codeOf(restoreCustomer(installation.context(), { id: customer.id }))).toBe("CONFLICT");
  });

  test.each([
    ["email", { email: "@" }],
    ["email", { email: "" }],
    ["name", { name: "x".repeat(256) }],
    ["webhookMethod", { webhookMethod: "PATCH" }],
    ["webhookUri", { webhookUri: "javascript:alert(1)" }],
    ["webhookUri", { webhookUri: "https://" }],
  ])("with a wrong %s is refused by that name, and nothing is written", async (field, over) => {
    const failure = await create(over).catch((error: unknown) => error);
    expect(isDomainError(failure) && failure.details.field).toBe(field);
  });

  test("may have 255 emoji for a name: characters are counted, not code units", async () => {
    expect((await create({ name: "😀".repeat(255) })).name).toBe("😀".repeat(255));
  });
});

describe("lists", () => {
  test("lose no customer at a page edge where many share one time", async () => {
    const name = randomUUID();
    for (let i = 0; i < 7; i++) await create({ name });
    await installation.rows("update customer_customers set tm_create = '2003-05-06 07:08:09.000000' where name = ?", [
      name,
    ]);
    const seen = new Set<string>();
    let before: string | null = null;
    for (let page = 0; page < 10; page++) {
      const rows = await listCustomersBefore(installation.context(), { filter: { name }, before, size: 2 });
      rows.forEach((row) => seen.add(row.id));
      before = rows.at(-1)?.tmCreate ?? null;
      if (before === null) break;
    }
    expect(seen.size).toBe(7);
  });

  test.each(["asc", "desc"] as const)(
    "page forth and back by cursor (%s), each row once, also among equal sort values",
    async (direction) => {
      const name = randomUUID();
      for (let i = 0; i < 5; i++) await create({ name });
      const read = (cursor?: string) =>
        listCustomers(installation.context(), { filter: { name }, sort: "name", direction, size: 2, cursor });
      const first = await read();
      const second = await read(first.next ?? "");
      const third = await read(second.next ?? "");
      expect(new Set([...first.items, ...second.items, ...third.items].map((item) => item.id)).size).toBe(5);
      expect(third.next).toBeNull();
      expect((await read(third.previous ?? "")).items).toEqual(second.items);
      expect((await read(second.previous ?? "")).items).toEqual(first.items);
      expect(first.total).toEqual({ count: 5, estimated: false });
    },
  );

  test("find by the beginning of a name or e-mail, taking % and _ as they are", async () => {
    const mark = randomUUID();
    const customer = await create({ name: `${mark}%_x` });
    const find = async (search: string) =>
      (await listCustomers(installation.context(), { filter: { search } })).items.map((item) => item.id);
    expect(await find(`${mark}%_`)).toEqual([customer.id]);
    expect(await find(`${mark}__`)).toEqual([]);
    expect(await find(customer.email.slice(0, 20))).toEqual([customer.id]);
    expect(await find(customer.id.toUpperCase())).toEqual([customer.id]);
  });
});

describe("a repeated request", () => {
  test("takes effect once and gets the first answer, token and all, sealed at rest", async () => {
    const owner = await create();
    const receipt = receiptFor([randomUUID()]);
    const first = await createAccessKey(installation.context({ receipt }), { customerId: owner.id });
    const again = await createAccessKey(installation.context({ receipt }), { customerId: owner.id });
    expect(again).toEqual(first);
    const [row] = await installation.rows<{ reply: Buffer }>("select reply from admin_receipts where id = ?", [
      receipt.id,
    ]);
    expect(row?.reply.toString("latin1")).not.toContain(first.token);
    expect((await listAccessKeys(installation.context(), { filter: { customerId: owner.id } })).items).toHaveLength(1);
  });

  test("at the same moment takes effect once, too", async () => {
    const receipt = receiptFor([randomUUID()]);
    const email = anEmail();
    const answers = await Promise.allSettled(
      Array.from({ length: 8 }, () => createCustomer(installation.context({ receipt }), { email })),
    );
    const ids = new Set(answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value.id] : [])));
    expect(ids.size).toBe(1);
    expect(await installation.rows("select 1 from customer_customers where email = ?", [email])).toHaveLength(1);
  });
});

describe("an access key", () => {
  const verify = (token: string, over: Partial<Context> = {}) => verifyAccessKey(installation.context(over), { token });

  test("is found by its token until it is revoked, and its token is stored nowhere", async () => {
    const { key, token } = await createAccessKey(installation.context(), {
      customerId: (await create()).id,
      name: "ci",
    });
    expect((await verify(token))?.id).toBe(key.id);
    expect(await verify(token.toUpperCase())).toBeNull();
    expect(await verify(`${token} `)).toBeNull();
    for (const table of ["customer_accesskeys", "admin_outbox", "admin_audit"]) {
      expect(JSON.stringify(await installation.rows(`select * from ${table}`))).not.toContain(token.slice(8));
    }
    await revokeAccessKey(installation.context(), { id: key.id });
    expect(await verify(token)).toBeNull();
  });

  test("that was rotated works by both tokens for the overlap, then by the new one alone", async () => {
    const { key, token } = await createAccessKey(installation.context(), { customerId: (await create()).id });
    const rotated = await rotateAccessKey(installation.context(), { id: key.id, overlap: 60 });
    expect((await verify(token))?.id).toBe(key.id);
    expect((await verify(rotated.token))?.id).toBe(key.id);
    await installation.rows("update customer_accesskeys set tm_prev_expire = '2020-01-01' where token = ?", [
      rotated.key.token,
    ]);
    await updateAccessKey(installation.context(), { id: key.id, name: "x" });
    expect(await verify(token)).toBeNull();
    const last = await rotateAccessKey(installation.context(), { id: key.id });
    expect(await verify(rotated.token)).toBeNull();
    expect((await verify(last.token))?.id).toBe(key.id);
  });

  test("that the original service wrote in plain text works, and is hashed by its first use", async () => {
    const owner = await create();
    const token = `a${randomUUID().slice(0, 15)}`; // with a letter, which has two cases
    await installation.rows(
      "insert into customer_accesskeys (id, customer_id, name, detail, token, tm_expire, tm_create, tm_update, tm_delete) values (unhex(?), unhex(?), 'old', '', ?, '2999-01-01', now(6), '9999-01-01', '9999-01-01')",
      [randomUUID().replaceAll("-", ""), owner.id.replaceAll("-", ""), token],
    );
    expect((await listAccessKeys(installation.context(), { filter: { customerId: owner.id } })).items[0]?.token).toBe(
      `${token.slice(0, 4)}…`,
    );
    expect((await verify(token))?.name).toBe("old");
    expect((await verify(token))?.name).toBe("old");
    expect(await installation.rows("select 1 from customer_accesskeys where token = ?", [token])).toEqual([]);
    expect(await verify(token.toUpperCase())).toBeNull();
  });

  test("notes its last use, address and program, at most once a minute", async () => {
    const { key, token } = await createAccessKey(installation.context(), { customerId: (await create()).id });
    for (let i = 0; i < 5; i++) await verify(token, { ip: "203.0.113.7", userAgent: "curl/8" });
    await expect
      .poll(
        async () =>
          (
            await installation.rows<{ used_ip: string; used_agent: string }>(
              "select used_ip, used_agent from customer_accesskeys where id = unhex(?)",
              [key.id.replaceAll("-", "")],
            )
          )[0],
        { timeout: 20_000 },
      )
      .toEqual({ used_ip: "203.0.113.7", used_agent: "curl/8" });
  });
});

describe("a tenant", () => {
  test("cannot tell a foreign customer or key from none, on any verb", async () => {
    const own = await create();
    const foreign = await create();
    const { key } = await createAccessKey(installation.context(), { customerId: foreign.id });
    const ctx = () =>
      installation.context({
        tenant: { all: false, customerId: own.id },
        actor: { type: "access-key", id: "k", name: "k", customerId: own.id },
      });
    const attempts = [
      getCustomer(ctx(), { id: foreign.id }),
      updateCustomer(ctx(), { id: foreign.id, name: "x" }),
      setBillingAccount(ctx(), { id: foreign.id, billingAccountId: own.id }),
      deleteCustomer(ctx(), { id: foreign.id }),
      restoreCustomer(ctx(), { id: foreign.id }),
      createAccessKey(ctx(), { customerId: foreign.id }),
      updateAccessKey(ctx(), { id: key.id, name: "x" }),
      rotateAccessKey(ctx(), { id: key.id }),
      revokeAccessKey(ctx(), { id: key.id }),
    ];
    expect(await Promise.all(attempts.map(codeOf))).toEqual(attempts.map(() => "NOT_FOUND"));
    expect((await listCustomers(ctx(), {})).items.map((item) => item.id)).toEqual([own.id]);
    expect((await listCustomers(ctx(), { filter: { id: foreign.id } })).items).toEqual([]);
    expect((await listAccessKeys(ctx(), { filter: { customerId: foreign.id } })).items).toEqual([]);
  });
});

describe("deleting a customer", () => {
  test("takes its keys in the background, page after page, shows how far it is, and gives them back with the customer", async () => {
    const owner = await create();
    const tokens: string[] = [];
    for (let i = 0; i < 3; i++)
      tokens.push((await createAccessKey(installation.context(), { customerId: owner.id })).token);
    const kept = await createAccessKey(installation.context(), { customerId: owner.id });
    await revokeAccessKey(installation.context(), { id: kept.key.id });
    await deleteCustomer(installation.context(), { id: owner.id });
    expect(await verifyAccessKey(installation.context(), { token: tokens[0] ?? "" })).toBeNull();
    await installation.runJobs();
    const progress = (await deletionProgress(installation.context(), [owner.id])).get(owner.id);
    expect(progress).toMatchObject({
      state: "done",
      steps: [
        { name: "access-keys", done: 3, total: 3 },
        { name: "trunks" },
        { name: "extensions" },
        { name: "admins" },
      ],
    });
    expect(
      (await listAccessKeys(installation.context(), { filter: { customerId: owner.id, deleted: false } })).items,
    ).toEqual([]);

    await restoreCustomer(installation.context(), { id: owner.id });
    await installation.runJobs();
    expect(
      (await listAccessKeys(installation.context(), { filter: { customerId: owner.id, deleted: false } })).items,
    ).toHaveLength(3);
    expect(await verifyAccessKey(installation.context(), { token: tokens[0] ?? "" })).not.toBeNull();
    expect(await verifyAccessKey(installation.context(), { token: kept.token })).toBeNull();
  });
});
