import { afterAll, beforeAll, expect, it } from "vitest";
import { createAccessKey, createCustomer, deleteCustomer } from "@/server/domain/customer";
import { createExtension, createTrunk } from "@/server/domain/registrar";
import type { Context } from "@/server/kernel/context";
import { rightsOf } from "@/server/kernel/permissions";
import { addContact } from "@/server/testing/contacts";
import { openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { searchEverything } from ".";

let installation: TestInstallation;
beforeAll(async () => {
  installation = await openTestInstallation({}, { sip: true });
});
afterAll(() => installation.drop());

const found = async (query: string, over: Partial<Context> = {}): Promise<string[]> =>
  (await searchEverything(installation.context(over), query)).map(
    ({ kind, title, href }) => `${kind} ${title} ${href}`,
  );

it("whatever has an id is found by it, in any spelling, and so is what a request did", async () => {
  const ctx = installation.context();
  const customer = await createCustomer(ctx, { name: "Zephyr", email: "ops@zephyr.example" });
  const { key } = await createAccessKey(installation.context(), { customerId: customer.id, name: "Sync" });
  expect(await found(` {${customer.id.toUpperCase()}} `)).toEqual([
    `customer Zephyr /customers/${customer.id}`,
    `record  /activity/audit?resource=${customer.id}`,
  ]);
  expect(await found(key.id)).toEqual([
    `access-key Sync /access-keys?q=${key.id}`,
    `record  /activity/audit?resource=${key.id}`,
  ]);
  expect(await found(ctx.requestId)).toEqual([`request  /activity/audit?request=${ctx.requestId}`]);
  await deleteCustomer(installation.context(), { id: customer.id });
  const [job] = await installation.rows<{ id: Buffer }>("select id from admin_jobs limit 1");
  expect((await found(job?.id.toString("hex") ?? ""))[0]).toMatch(/^job .* \/operations\/jobs\//);
  expect((await searchEverything(installation.context(), customer.id))[0]).toMatchObject({ deleted: true });
});

it("names, e-mail addresses and tokens are found by their beginning; a whole token finds its key", async () => {
  const customer = await createCustomer(installation.context(), { name: "Quillon", email: "desk@quill.example" });
  const { key, token } = await createAccessKey(installation.context(), { customerId: customer.id, name: "Quick sync" });
  expect(await found("Qui")).toEqual([
    `customer Quillon /customers/${customer.id}`,
    `access-key Quick sync /access-keys?q=${key.id}`,
  ]);
  expect(await found("desk@qu")).toEqual([`customer Quillon /customers/${customer.id}`]);
  for (const text of [key.token, key.token.slice(0, 7), token])
    expect(await found(text)).toEqual([`access-key Quick sync /access-keys?q=${key.id}`]);
});

it("nobody finds what is not his to see", async () => {
  const [own, other] = await Promise.all(
    ["own", "other"].map((name) =>
      createCustomer(installation.context(), { name: `Vesper ${name}`, email: `v@${name}.example` }),
    ),
  );
  const { key } = await createAccessKey(installation.context(), { customerId: other?.id ?? "", name: "Vesper key" });
  const admin = {
    tenant: { all: false, customerId: own?.id ?? "" } as const,
    rights: rightsOf("admin", own?.id ?? ""),
  };
  expect(await found("Vesper", admin)).toEqual([`customer Vesper own /customers/${own?.id}`]);
  for (const id of [other?.id ?? "", key.id, key.token]) expect(await found(id, admin)).toEqual([]);
  expect(await found("Vesper", { rights: new Set() })).toEqual([]);
});

it("extensions are found by number, name or account, trunks by domain name, and neither by somebody of another customer", async () => {
  const ctx = () => installation.context();
  const customer = await createCustomer(ctx(), { name: "Ossian", email: "ossian@example.com" });
  const { extension } = await createExtension(ctx(), {
    customerId: customer.id,
    extension: "7301",
    name: "Wintergarden",
    password: "a password of the test",
  });
  const { trunk } = await createTrunk(ctx(), {
    customerId: customer.id,
    domainName: "ossian-pbx",
    authTypes: ["basic"],
    username: "pbx",
    password: "a password of the test",
  });
  const [phone, line] = [`extension 7301 /sip/extensions/${extension.id}`, `trunk ossian-pbx /sip/trunks/${trunk.id}`];
  for (const text of ["730", "Winter", `7301@${extension.realm}`, `sip:7301@${extension.realm}`, extension.id])
    expect(await found(text), text).toContain(phone);
  for (const text of ["ossian-p", trunk.id, trunk.realm, `sip:+4930@${trunk.realm.toUpperCase()}`])
    expect(await found(text), text).toContain(line);
  const other = await createCustomer(ctx(), { name: "Elsewhere", email: "elsewhere@example.com" });
  const foreign = {
    tenant: { all: false, customerId: other.id } as const,
    rights: rightsOf("admin", other.id),
  };
  for (const text of ["730", `7301@${extension.realm}`, extension.id, "ossian-p", trunk.id, trunk.realm])
    expect(await found(text, foreign), text).toEqual([]);
});

it("a phone that is registered now is found by its address, as the proxy saw it too, and by nobody of another customer", async () => {
  const ctx = () => installation.context();
  const customer = await createCustomer(ctx(), { name: "Pelagia", email: "pelagia@example.com" });
  const { extension } = await createExtension(ctx(), {
    customerId: customer.id,
    extension: "7402",
    password: "a password of the test",
  });
  await addContact(installation, {
    endpoint: extension.endpointId,
    address: "192.168.77.20:5060",
    seenAt: "203.0.113.77:41000",
  });
  for (const text of ["203.0.113.77", "203.0.113.77:41", "192.168.77."])
    expect(await found(text), text).toEqual([`registration 7402 /sip/registrations?q=${encodeURIComponent(text)}`]);
  const foreign = {
    tenant: { all: false, customerId: extension.id } as const,
    rights: rightsOf("admin", extension.id),
  };
  expect(await found("203.0.113.77", foreign)).toEqual([]);
  expect(await found("203.0.113.77", { asterisk: null })).toEqual([]);
});
