import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSecretBox } from "@/server/auth/secrets";
import { createCustomer } from "@/server/domain/customer";
import type { Database } from "@/db/client";
import { addSeconds } from "@/server/kernel/clock";
import { contextFor, STRANGER, type Context } from "@/server/kernel/context";
import type { DomainError } from "@/server/kernel/errors";
import { rightsOf } from "@/server/kernel/permissions";
import { createHousekeeping } from "@/server/jobs/housekeeping";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { createExtension } from "../extension/create";
import { createHandover, getHandover, withdrawHandover } from "./handover";
import type { NewHandover } from "./schemas";
import { takeHandover } from "./use";
import { deleteExtension, restoreExtension, rotateExtensionPassword, updateExtension } from "../extension/change";

const attempts: [kind: string, key: string][] = [];
let installation: TestInstallation;
beforeAll(async () => {
  installation = await openTestInstallation(
    {
      secrets: createSecretBox("a secret of at least thirty-two characters"),
      handover: {
        origin: "https://console.example",
        transport: "tcp",
        proxy: "sip.example.com:5061",
        attempts: {
          take: (kind, key) => {
            attempts.push([kind, key]);
            return Promise.resolve(0);
          },
        },
      },
    },
    { sip: true },
  );
});
afterAll(() => installation.drop());

const phone = (over: Partial<Context> = {}): Context => ({
  ...contextFor(installation.runtime, { actor: STRANGER, ip: "203.0.113.7", userAgent: "Linphone/5.2" }),
  ...over,
});
const tokenOf = ({ page }: NewHandover): string => page.split("#")[1] ?? "";
const reasonOf = (error: unknown): string => (error as DomainError).reason;
const take = (made: NewHandover, ctx = phone()) => takeHandover(ctx, { token: tokenOf(made), format: "xml" });

async function anExtension(password = "") {
  const customer = await createCustomer(installation.context(), { name: "Meridian", email: anEmail() });
  const made = await createExtension(installation.context(), {
    customerId: customer.id,
    extension: `1${Math.floor(Math.random() * 1e6)}`,
    name: "Front desk",
    password: password === "" ? "first password" : password,
  });
  return { ...made, customerId: customer.id };
}

/** The password of an extension in all three stores. */
async function passwordsOf(id: string, endpoint: string): Promise<string[]> {
  const bytes = id.replaceAll("-", "");
  const [bin, kamailio, asterisk] = await Promise.all([
    installation.rows<{ password: string }>("select password from registrar_extensions where id = unhex(?)", [bytes]),
    installation.rows<{ password: string }>("select password from registrar_sip_auths where id = unhex(?)", [bytes]),
    installation.asteriskRows<{ password: string }>("select password from ps_auths where id = ?", [endpoint]),
  ]);
  return [...bin, ...kamailio, ...asterisk].map(({ password }) => password);
}

test("an address gives the settings to one of twenty who come at once, and says where they went", async () => {
  const { extension, password } = await anExtension();
  const announced: string[] = [];
  const made = await createHandover(installation.context(), { id: extension.id });
  expect(made.page).toMatch(/^https:\/\/console\.example\/phone#[\w-]{46}$/);
  expect(made.files.xml).toBe(`https://console.example/phone/${tokenOf(made)}.xml`);
  expect(JSON.stringify(made)).not.toContain(password);
  expect((await getHandover(installation.context(), { id: extension.id }))?.state).toBe("open");

  const ctx = phone({ announce: ({ type, id }) => void announced.push(`${type} ${id}`) });
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => take(made, ctx)));
  const good = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  expect(good).toHaveLength(1);
  expect(good[0]).toMatchObject({
    extension: extension.extension,
    username: extension.extension,
    domain: extension.realm,
    password,
    transport: "tcp",
    proxy: "sip.example.com:5061",
    expires: 3_600,
  });
  const refusals = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [reasonOf(outcome.reason)] : []));
  expect(new Set(refusals)).toEqual(new Set(["HANDOVER_USED"]));
  expect(announced).toEqual([`extension ${extension.id}`]);
  expect(await getHandover(installation.context(), { id: extension.id })).toMatchObject({
    state: "used",
    use: { format: "xml", ip: "203.0.113.7", userAgent: "Linphone/5.2" },
  });
  expect(await passwordsOf(extension.id, extension.endpointId)).toEqual([password, password, password]);
});

test("with a new password on use, the phone alone has it, and all three stores have it at once", async () => {
  const { extension, password } = await anExtension();
  const made = await createHandover(installation.context(), { id: extension.id, renew: true });
  expect(await passwordsOf(extension.id, extension.endpointId)).toEqual([password, password, password]);
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => take(made)));
  const [given, ...more] = outcomes.flatMap((each) => (each.status === "fulfilled" ? [each.value.password] : []));
  expect(more).toEqual([]);
  expect(given).not.toBe(password);
  expect(await passwordsOf(extension.id, extension.endpointId)).toEqual([given, given, given]);
});

test("where Asterisk's database is away, nothing is given and the address stays good", async () => {
  const { extension, password } = await anExtension();
  const made = await createHandover(installation.context(), { id: extension.id, renew: true });
  await expect(take(made, phone({ asterisk: null }))).rejects.toMatchObject({ reason: "ASTERISK_NOT_CONFIGURED" });
  expect(await passwordsOf(extension.id, extension.endpointId)).toEqual([password, password, password]);
  expect((await take(made)).password).not.toBe(password);
});

test("it ends after ten minutes, with a newer one, a withdrawal, another password and with the extension", async () => {
  const late = await anExtension();
  const old = await createHandover(installation.context(), { id: late.extension.id });
  const now = () => addSeconds(installation.runtime.now(), 601);
  expect(await take(old, phone({ now })).catch(reasonOf)).toBe("HANDOVER_EXPIRED");
  expect((await getHandover(installation.context({ now }), { id: late.extension.id }))?.state).toBe("expired");

  const ends: Record<string, (id: string) => Promise<unknown>> = {
    "a newer one": (id) => createHandover(installation.context(), { id }),
    "a withdrawal": (id) => withdrawHandover(installation.context(), { id }),
    "another password": (id) => rotateExtensionPassword(installation.context(), { id }),
    "a password that was typed": (id) => updateExtension(installation.context(), { id, password: "another one" }),
    "the extension": (id) => deleteExtension(installation.context(), { id }),
    "the extension, restored": async (id) => {
      await deleteExtension(installation.context(), { id });
      await restoreExtension(installation.context(), { id });
    },
  };
  for (const [what, end] of Object.entries(ends)) {
    const { extension } = await anExtension();
    const made = await createHandover(installation.context(), { id: extension.id });
    await end(extension.id);
    expect(await take(made).catch(reasonOf), what).toBe("HANDOVER_ENDED");
  }
});

test("what is no token of ours is refused without a query, in no time", async () => {
  const { extension } = await anExtension();
  const token = tokenOf(await createHandover(installation.context(), { id: extension.id }));
  const other = createSecretBox("another secret of thirty-two characters");
  const random = token.slice(0, 24);
  const forged = [
    "",
    "x",
    "a".repeat(46),
    token.slice(0, -1),
    `${token}a`,
    token.slice(1) + token[0],
    random + other.sign("hand-over", random).slice(0, 22),
    `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`,
    token.replace(/.$/, " "),
    "💣".repeat(23),
    "../".repeat(15),
  ];
  const nothing = new Proxy({}, { get: () => expect.fail("the database was asked") }) as Database;
  attempts.length = 0;
  const began = performance.now();
  for (const each of forged)
    expect(await takeHandover(phone({ db: nothing }), { token: each }).catch(reasonOf), each).toBe("HANDOVER_UNKNOWN");
  expect(performance.now() - began).toBeLessThan(200);
  expect(attempts).toEqual(forged.map(() => ["forged", "203.0.113.7"]));
  expect(await takeHandover(phone({ db: nothing }), { token: "a".repeat(1e6) }).catch(reasonOf)).toBe("INVALID_INPUT");
  expect((await takeHandover(phone(), { token })).extension).toBe(extension.extension);
  expect(JSON.stringify(attempts)).not.toContain(token);
});

test("another customer's admin can neither make one, nor see or withdraw it", async () => {
  const { extension, customerId } = await anExtension();
  const made = await createHandover(installation.context(), { id: extension.id });
  const asAdmin = (customer: string, role: "admin" | "support" = "admin") =>
    installation.context({ tenant: { all: false, customerId: customer }, rights: rightsOf(role, customer) });
  for (const verb of [createHandover, getHandover, withdrawHandover]) {
    expect(await verb(asAdmin(randomUUID()), { id: extension.id }).catch(reasonOf)).toBe("EXTENSION_NOT_FOUND");
    expect(await verb(asAdmin(customerId, "support"), { id: extension.id }).catch(reasonOf)).toBe("MISSING_RIGHT");
    expect(await verb(installation.context(), { id: randomUUID() }).catch(reasonOf)).toBe("EXTENSION_NOT_FOUND");
  }
  expect((await getHandover(asAdmin(customerId), { id: extension.id }))?.state).toBe("open");
  expect((await take(made)).extension).toBe(extension.extension);
});

test("neither token nor password is kept, audited or published", async () => {
  const { extension, password } = await anExtension("a password of 1 kind");
  const made = await createHandover(installation.context(), { id: extension.id, renew: true });
  const { password: renewed } = await take(made);
  const words = [tokenOf(made), tokenOf(made).slice(0, 24), password, renewed];
  const bytes = extension.id.replaceAll("-", "");
  const kept = JSON.stringify([
    await installation.rows("select * from admin_handovers where extension_id = unhex(?)", [bytes]),
    await installation.rows("select * from admin_audit where resource_id = ?", [extension.id]),
    await installation.rows<object>("select * from admin_outbox"),
  ]).replaceAll(/\{"type":"Buffer","data":\[([\d,]*)\]\}/g, (_, list: string) =>
    Buffer.from(list.split(",").map(Number)).toString("latin1"),
  );
  for (const word of words) expect(kept).not.toContain(word);
  const actions = await installation.rows<{ action: string; actor_name: string }>(
    "select action, actor_name from admin_audit where resource_id = ? order by id",
    [extension.id],
  );
  // Entries of one transaction have no order among themselves.
  expect(actions.map(({ action, actor_name }) => `${actor_name}: ${action}`).sort()).toEqual([
    "one-time link: extension.rotate-password",
    "one-time link: extension.use-hand-over",
    "test: extension.create",
    "test: extension.hand-over",
  ]);
});

test("old ones are removed a day after they have ended, young ones stay", async () => {
  const [old, young] = [await anExtension(), await anExtension()];
  for (const { extension } of [old, young]) await createHandover(installation.context(), { id: extension.id });
  await installation.rows("update admin_handovers set tm_expire = ? where extension_id = unhex(?)", [
    addSeconds(installation.runtime.now(), -86_401),
    old.extension.id.replaceAll("-", ""),
  ]);
  await createHousekeeping(installation.runtime).sweep();
  expect(await getHandover(installation.context(), { id: old.extension.id })).toBeNull();
  expect((await getHandover(installation.context(), { id: young.extension.id }))?.state).toBe("open");
});
