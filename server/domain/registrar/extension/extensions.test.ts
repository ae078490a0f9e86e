import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCustomer } from "@/server/domain/customer";
import type { Context } from "@/server/kernel/context";
import { rightsOf } from "@/server/kernel/permissions";
import { receiptFor } from "@/server/kernel/receipts";
import { createCaller } from "@/server/trpc/root";
import { accountsOf, register, tracesOf, untilSettled } from "@/server/testing/registrar/accounts";
import { refusalOf, snapshot } from "@/server/testing/snapshot";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import {
  createExtension,
  deleteExtension,
  getExtension,
  restoreExtension,
  revealExtensionPassword,
  rotateExtensionPassword,
  updateExtension,
} from "..";

let installation: TestInstallation;
beforeAll(async () => (installation = await openTestInstallation({}, { sip: true })));
afterAll(() => installation?.drop());

const create = (customerId: string, over: object = {}, ctx: Partial<Context> = {}) =>
  createExtension(installation.context(ctx), {
    customerId,
    extension: "1001",
    password: "pw-one",
    name: "Desk",
    ...over,
  });
const idOn = (customerId: string, number = "1001") => `${number}@${customerId}.registrar.voipbin.test`;

/** Somebody in the console, who sees one customer or all. */
const admin = (customerId: string | null): Partial<Context> => ({
  actor: { type: "admin", id: randomUUID(), name: "Dana", role: "admin", customerId, sessionId: randomUUID() },
  tenant: customerId === null ? { all: true } : { all: false, customerId },
  rights: rightsOf("admin", customerId),
});

/** What both databases hold of one account that works. */
const account = (customerId: string, password: string, number = "1001", username = number) => {
  const [id, realm] = [idOn(customerId, number), `${customerId}.registrar.voipbin.test`];
  return {
    sipAuths: [{ reference_type: "extension", auth_types: '["basic"]', realm, username, password, allowed_ips: "[]" }],
    aors: [{ id, max_contacts: 3, remove_existing: "yes" }],
    auths: [{ id, auth_type: "userpass", username, password, realm }],
    endpoints: [{ id, aors: id, auth: id }],
  };
};
const NO_ACCOUNT = { sipAuths: [], aors: [], auths: [], endpoints: [], contacts: [] };

describe("an extension", () => {
  test("is in both databases, in one event and in one audit entry, which hold no password", async () => {
    const customerId = randomUUID();
    const { extension, password } = await create(customerId);
    expect(password).toBe("pw-one");
    expect(extension).toMatchObject({ customerId, extension: "1001", username: "1001", password, name: "Desk" });
    const there = await accountsOf(installation, customerId);
    expect(there).toMatchObject(account(customerId, password));
    expect(there.extensions).toMatchObject([{ extension: "1001", endpoint_id: idOn(customerId), password, live: 1 }]);
    const { events, actions, text } = await tracesOf(installation, extension.id);
    expect([events, actions]).toEqual([["extension_created"], ["extension.create"]]);
    expect(text).not.toContain("pw-one");
    expect(text).toContain("********");
  });

  test("has a strong password of its own where none is given, which siblings have to give", async () => {
    const { id: customerId } = await createCustomer(installation.context(), { email: anEmail() });
    const made = await create(customerId, { password: "" }, admin(null));
    expect(made.password).toMatch(/^[\w]{20}$/);
    expect(made.extension).not.toHaveProperty("password"); // nobody in the console has it in a record
    expect(await accountsOf(installation, customerId)).toMatchObject(account(customerId, made.password));
    expect((await create(customerId, { password: "", extension: "1002" }, admin(null))).password).not.toBe(
      made.password,
    );
    expect((await refusalOf(create(customerId, { password: "", extension: "1003" }))).details.field).toBe("password");
  });

  test("changes its password for REGISTER and INVITE at once, and keeps it where none is given", async () => {
    const customerId = randomUUID();
    const { extension } = await create(customerId);
    const update = (over: object) => updateExtension(installation.context(), { id: extension.id, ...over });
    expect(await update({ name: "New", password: "pw-two" })).toMatchObject({ name: "New", password: "pw-two" });
    expect(await accountsOf(installation, customerId)).toMatchObject(account(customerId, "pw-two"));
    expect(await update({ detail: "x" })).toMatchObject({ name: "", detail: "x", password: "pw-two" });
    const { events, actions, text } = await tracesOf(installation, extension.id);
    expect(events).toEqual(["extension_created", "extension_updated", "extension_updated"]);
    expect(actions).toEqual(["extension.create", "extension.update", "extension.update"]);
    expect(text).not.toMatch(/pw-(one|two)/);
  });

  test("moves with its number, and forgets the phones of the old one", async () => {
    const customerId = randomUUID();
    const { extension } = await create(customerId);
    await register(installation, idOn(customerId));
    const moved = await updateExtension(installation.context(), { id: extension.id, extension: "Desk-2" });
    expect(moved).toMatchObject({ extension: "Desk-2", username: "Desk-2", endpointId: idOn(customerId, "Desk-2") });
    const there = await accountsOf(installation, customerId);
    expect(there).toMatchObject({ ...account(customerId, "pw-one", "Desk-2"), contacts: [] });
    const folded = await updateExtension(installation.context(), { id: extension.id, extension: "DESK-2" });
    expect(folded.endpointId).toBe(idOn(customerId, "DESK-2"));
    expect(await accountsOf(installation, customerId)).toMatchObject(account(customerId, "pw-one", "DESK-2"));
    await create(customerId); // the old number is free
    const taken = await refusalOf(updateExtension(installation.context(), { id: extension.id, extension: "1001" }));
    expect([taken.reason, taken.details.field]).toEqual(["EXTENSION_TAKEN", "extension"]);
  });

  test("has a user name of its own where one is given", async () => {
    const customerId = randomUUID();
    const { extension } = await create(customerId, { username: "desk" });
    expect(await accountsOf(installation, customerId)).toMatchObject(account(customerId, "pw-one", "1001", "desk"));
    await updateExtension(installation.context(), { id: extension.id, extension: "1002" });
    expect(await accountsOf(installation, customerId)).toMatchObject(account(customerId, "pw-one", "1002", "desk"));
    await updateExtension(installation.context(), { id: extension.id, username: "1002" });
    expect(await accountsOf(installation, customerId)).toMatchObject(account(customerId, "pw-one", "1002"));
  });

  test("is gone with its phones, its number is free at once, and deleting it again touches nothing of the next one", async () => {
    const customerId = randomUUID();
    const { extension } = await create(customerId);
    await register(installation, idOn(customerId));
    const deleted = await deleteExtension(installation.context(), { id: extension.id });
    expect(deleted.tmDelete).toBe(deleted.tmUpdate);
    expect(await accountsOf(installation, customerId)).toMatchObject(NO_ACCOUNT);
    await create(customerId, { password: "pw-next" });
    await untilSettled(installation);
    const before = await snapshot(installation);
    expect(await deleteExtension(installation.context(), { id: extension.id })).toEqual(deleted);
    const update = updateExtension(installation.context(), { id: extension.id, password: "pw-stolen" });
    expect((await refusalOf(update)).code).toBe("NOT_FOUND");
    const restore = restoreExtension(installation.context(), { id: extension.id });
    expect((await refusalOf(restore)).reason).toBe("EXTENSION_TAKEN");
    expect(await snapshot(installation)).toEqual(before);
    expect(await accountsOf(installation, customerId)).toMatchObject(account(customerId, "pw-next"));
    expect((await tracesOf(installation, extension.id)).events).toEqual(["extension_created", "extension_deleted"]);
  });

  test("comes back with a new password, once", async () => {
    const customerId = randomUUID();
    const { extension } = await create(customerId);
    await deleteExtension(installation.context(), { id: extension.id });
    const back = await restoreExtension(installation.context(), { id: extension.id });
    expect(back.password).not.toBe("pw-one");
    expect(await accountsOf(installation, customerId)).toMatchObject(account(customerId, back.password));
    expect((await refusalOf(restoreExtension(installation.context(), { id: extension.id }))).reason).toBe(
      "EXTENSION_NOT_DELETED",
    );
    const { events, actions, text } = await tracesOf(installation, extension.id);
    expect(events).toEqual(["extension_created", "extension_deleted", "extension_created"]);
    expect(actions).toEqual(["extension.create", "extension.delete", "extension.restore"]);
    expect(text).not.toContain(back.password);
  });

  test("shows its password to who may see it and is written down, and has a new one where that is asked for", async () => {
    const customerId = randomUUID();
    const { id } = (await create(customerId)).extension;
    const shown = await revealExtensionPassword(installation.context(admin(customerId)), { id });
    expect(shown.password).toBe("pw-one");
    expect(shown.extension).not.toHaveProperty("password");
    const rotated = await rotateExtensionPassword(installation.context(admin(customerId)), { id });
    expect(rotated.password).toMatch(/^\w{20}$/);
    expect(await accountsOf(installation, customerId)).toMatchObject(account(customerId, rotated.password));
    const { actions, events, text } = await tracesOf(installation, id);
    expect(actions).toEqual(["extension.create", "extension.reveal-password", "extension.rotate-password"]);
    expect(events).toEqual(["extension_created", "extension_updated"]);
    expect(text).not.toContain("pw-one");
    expect(text).not.toContain(rotated.password);
    const support = { ...admin(customerId), rights: rightsOf("billing-read", customerId) };
    expect((await refusalOf(revealExtensionPassword(installation.context(support), { id }))).code).toBe("FORBIDDEN");
  });

  test("is changed once however often that is asked for, and what is kept of the answer cannot be read", async () => {
    const customerId = randomUUID();
    const { id } = (await create(customerId)).extension;
    const rotate = () =>
      rotateExtensionPassword(installation.context({ receipt: receiptFor(["reply", customerId, "body"]) }), { id });
    const [first, second] = [await rotate(), await rotate()];
    expect(second).toEqual(first);
    expect(await accountsOf(installation, customerId)).toMatchObject(account(customerId, first.password));
    expect((await tracesOf(installation, id)).events).toEqual(["extension_created", "extension_updated"]);
    const kept = await installation.rows<{ reply: Buffer }>("select reply from admin_receipts where reply is not null");
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.map(({ reply }) => reply.toString("latin1")).join()).not.toContain(first.password);
  });

  test("is one of its number, ignoring case and trailing spaces, even when twenty are created at once", async () => {
    const customerId = randomUUID();
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) =>
        create(customerId, { extension: i % 2 === 0 ? "alice" : "ALICE", password: `pw-${i}` }),
      ),
    );
    const won = results.filter((each) => each.status === "fulfilled");
    const lost = results
      .filter((each) => each.status === "rejected")
      .map((each) => (each.reason as { reason: string }).reason);
    expect([won.length, lost]).toEqual([1, Array.from({ length: 19 }, () => "EXTENSION_TAKEN")]);
    const { extensions, auths, sipAuths } = await accountsOf(installation, customerId);
    const password = won[0]?.value.password;
    expect([extensions.length, auths.length, sipAuths.length]).toEqual([1, 1, 1]);
    expect([extensions[0]?.password, auths[0]?.password, sipAuths[0]?.password]).toEqual([
      password,
      password,
      password,
    ]);

    // As the original let them be made: with a space behind the number.
    await installation.rows("update registrar_extensions set extension = 'alice  ' where customer_id = unhex(?)", [
      customerId.replaceAll("-", ""),
    ]);
    expect((await refusalOf(create(customerId, { extension: "Alice" }))).reason).toBe("EXTENSION_TAKEN");
    await create(randomUUID(), { extension: "alice" }); // another customer's is another one
  });

  test("takes over what a ghost left under its number", async () => {
    const customerId = randomUUID();
    const id = idOn(customerId);
    await installation.asteriskRows("insert into ps_aors (id, max_contacts, qualify_frequency) values (?, 9, 60)", [
      id,
    ]);
    await installation.asteriskRows(
      "insert into ps_auths (id, auth_type, md5_cred, username) values (?, 'md5', 'x', 'y')",
      [id],
    );
    await register(installation, id);
    await create(customerId);
    expect(await accountsOf(installation, customerId)).toMatchObject({
      ...account(customerId, "pw-one"),
      contacts: [], // the ghost's phone must not ring for the new one
    });
    expect(await installation.asteriskRows("select md5_cred from ps_auths where id = ?", [id])).toEqual([
      { md5_cred: null },
    ]);
  });

  test("of an age without realms gets one with its next change", async () => {
    const customerId = randomUUID();
    const { extension } = await create(customerId);
    await installation.rows("update registrar_extensions set realm = null where customer_id = unhex(?)", [
      customerId.replaceAll("-", ""),
    ]);
    await installation.rows("delete from registrar_sip_auths where username = '1001'"); // it had none of these either
    await installation.asteriskRows("update ps_auths set realm = null where id = ?", [idOn(customerId)]);
    const changed = await updateExtension(installation.context(), { id: extension.id, name: "Old" });
    expect(changed.realm).toBe(`${customerId}.registrar.voipbin.test`);
    expect(await accountsOf(installation, customerId)).toMatchObject(account(customerId, "pw-one"));
  });

  test("of another customer is not there", async () => {
    const customerId = randomUUID();
    const { id } = (await create(customerId)).extension;
    const stranger = installation.context(admin(randomUUID()));
    await untilSettled(installation);
    const before = await snapshot(installation);
    const attempts = [
      () => getExtension(stranger, { id }),
      () => updateExtension(stranger, { id, password: "pw-stolen" }),
      () => rotateExtensionPassword(stranger, { id }),
      () => revealExtensionPassword(stranger, { id }),
      () => deleteExtension(stranger, { id }),
      () => restoreExtension(stranger, { id }),
      () => createExtension(stranger, { customerId, extension: "1002" }),
    ];
    for (const attempt of attempts) expect((await refusalOf(attempt())).code).toBe("NOT_FOUND");
    expect(await snapshot(installation)).toEqual(before);
  });
});

test("a password that is looked at is kept under no idempotency key, and each look is written down", async () => {
  const { id: customerId } = await createCustomer(installation.context(), { email: anEmail() });
  const { id } = (await create(customerId)).extension;
  const ctx = installation.context(admin(customerId));
  const health = (): Promise<never> => Promise.reject(new Error("not asked for"));
  const look = () =>
    createCaller({
      ctx,
      admin: null,
      known: true,
      idempotencyKey: "12345678",
      device: null,
      health,
      siblings: [],
    }).extension.revealPassword({ id });
  const count = async (sql: string, params: unknown[] = []): Promise<number> =>
    Number((await installation.rows<{ count: number }>(`select count(*) as count from ${sql}`, params))[0]?.count);
  const kept = await count("admin_receipts");
  expect((await look()).password).toBe("pw-one");
  expect((await look()).password).toBe("pw-one");
  expect(await count("admin_receipts")).toBe(kept);
  const looks = "admin_audit where action = 'extension.reveal-password' and resource_id = ?";
  expect(await count(looks, [id])).toBe(2);
});
