import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Change } from "@/server/kernel/changes";
import type { Context } from "@/server/kernel/context";
import { addContact, endpointOf } from "@/server/testing/contacts";
import { openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { asteriskOf } from "../account/account";
import { listContacts } from "../contact/contacts";
import { createExtension } from "../extension/create";
import { countRegistrations, listRegistrations } from "./list";
import { createRegistrationWatch } from "./watch";
import { registrationsOf } from "./registrations";

let installation: TestInstallation;
let ctx: Context;
beforeAll(async () => {
  installation = await openTestInstallation({}, { sip: true });
  ctx = installation.context();
});
afterAll(() => installation.drop());
beforeEach(async () => {
  await installation.asteriskRows("delete from ps_contacts");
});

const ofCustomer = (customerId: string): Context => installation.context({ tenant: { all: false, customerId } });
const found = async (over: Context, filter: object): Promise<string[]> =>
  (await listRegistrations(over, { filter })).items.map(({ extension }) => extension);

test("a phone is found by its number, its account, its address and its user agent", async () => {
  const customerId = randomUUID();
  const add = (extension: string, over: object) =>
    addContact(installation, { endpoint: endpointOf(extension, customerId), ...over });
  await add("1001", { address: "198.51.100.7:5062", userAgent: "Yealink SIP-T46S", transport: "tls", node: "reg-2" });
  await add("2002", { address: "[2001:db8::7]:5060", userAgent: "Linphone/5" });
  await add("4004", { address: "192.168.1.20:5060", seenAt: "192.0.2.44:41000", userAgent: "Grandstream" });
  await add("3_0%3", { address: "203.0.113.9:5060", userAgent: "snom" });

  expect(await found(ctx, { search: "100" })).toEqual(["1001"]);
  expect(await found(ctx, { search: `1001@${customerId}` })).toEqual(["1001"]);
  expect(await found(ctx, { search: "198.51.100." })).toEqual(["1001"]);
  for (const search of ["192.0.2.4", "192.0.2.44:41", "192.168.1."])
    expect(await found(ctx, { search })).toEqual(["4004"]);
  expect(await found(ctx, { search: "2001:db8::7" })).toEqual(["2002"]);
  expect(await found(ctx, { search: "[2001:db8" })).toEqual(["2002"]);
  expect(await found(ctx, { search: "yealink" })).toEqual(["1001"]);
  expect(await found(ctx, { search: "%" })).toEqual([]);
  expect(await found(ctx, { search: "3_0%" })).toEqual(["3_0%3"]);
  expect(await found(ctx, { transport: "tls" })).toEqual(["1001"]);
  expect(await found(ctx, { transport: "udp", node: "reg-1" })).toEqual(["3_0%3", "4004", "2002"]);
  expect((await found(ctx, { customerId })).toSorted()).toEqual(["1001", "2002", "3_0%3", "4004"]);
  expect(await found(ctx, { customerId: randomUUID() })).toEqual([]);
});

test("what has expired is no registration, nowhere", async () => {
  const customerId = randomUUID();
  const { extension } = await createExtension(ctx, { customerId, extension: "1001", password: "correct-horse-7" });
  await addContact(installation, { endpoint: extension.endpointId, expires: -1 });
  expect(await found(ctx, {})).toEqual([]);
  expect(await found(ctx, { search: "1001" })).toEqual([]);
  expect(await countRegistrations(ctx, { customerId })).toEqual({ registered: 0, extensions: 1, estimated: false });
  expect((await registrationsOf(ctx, [extension]))?.get(extension.id)).toEqual([]);
});

test("a text that Asterisk's tables cannot hold is found nowhere, and spoils the answer to nobody else", async () => {
  const customerId = randomUUID();
  const endpoint = endpointOf("1001", customerId);
  await addContact(installation, { endpoint });
  const look = async (extension: string): Promise<string[]> =>
    (await listContacts(ctx, { customerId, extension })).map((contact) => contact.endpoint);
  expect(await Promise.all(["1001", "👩‍👧", "😀", "1001"].map(look))).toEqual([[endpoint], [], [], [endpoint]]);
  for (const filter of [{ search: "👩‍👧" }, { node: "😀" }, { search: "😀", customerId }])
    expect(await listRegistrations(ctx, { filter })).toMatchObject({ items: [], total: { count: 0 } });
});

test("a customer's admin sees his own phones alone, whatever he asks for", async () => {
  const [own, other] = [randomUUID(), randomUUID()];
  await addContact(installation, { endpoint: endpointOf("1001", own) });
  await addContact(installation, { endpoint: endpointOf("1002", other) });
  await addContact(installation, { endpoint: `1003@${own}@${other}.registrar.voipbin.test` });
  await addContact(installation, { endpoint: `${own}.registrar.voipbin.test` });
  await addContact(installation, { endpoint: `1004@${own}x.registrar.voipbin.test` });
  for (const filter of [
    {},
    { search: "100" },
    { search: "198." },
    { search: own },
    { customerId: own },
    { node: "reg-1" },
  ])
    for (const each of await found(ofCustomer(own), filter)) expect(each).toBe("1001");
  expect(await found(ofCustomer(own), {})).toEqual(["1001"]);
  expect(await found(ofCustomer(own), { customerId: other })).toEqual([]);
  expect(await found(ofCustomer(own), { search: "1002" })).toEqual([]);
  expect((await countRegistrations(ofCustomer(own), {})).registered).toBe(1);
  expect((await countRegistrations(ofCustomer(own), { customerId: other })).registered).toBe(0);
  expect(await found(ofCustomer(""), {})).toEqual([]);
});

test("pages go through all phones once, forth and back, even where many registered at one moment", async () => {
  const customerId = randomUUID();
  for (let i = 0; i < 7; i++) await addContact(installation, { endpoint: endpointOf(`10${i}`, customerId) });
  await installation.asteriskRows(
    "update ps_contacts set admin_tm_create = '2026-01-01 00:00:00.000001' where endpoint > '103'",
  );
  const seen: string[] = [];
  let cursor: string | undefined;
  let previous: string | null = null;
  do {
    const page = await listRegistrations(ctx, { size: 2, cursor });
    seen.push(...page.items.map(({ extension }) => extension));
    ({ previous } = page);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  expect(seen.toSorted()).toEqual(["100", "101", "102", "103", "104", "105", "106"]);
  const back = await listRegistrations(ctx, { size: 2, cursor: previous ?? "" });
  expect(back.items.map(({ extension }) => extension)).toEqual(seen.slice(4, 6));
});

test("a cursor that is none, or of another list, begins the list anew", async () => {
  await addContact(installation, { endpoint: endpointOf("1001", randomUUID()) });
  for (const cursor of ["x", Buffer.from('["name","id",false]').toString("base64url")])
    expect((await listRegistrations(ctx, { cursor })).items).toHaveLength(1);
});

test("pages hear of a phone that comes, renews, goes or runs out, within two seconds", async () => {
  const customerId = randomUUID();
  const { extension } = await createExtension(ctx, { customerId, extension: "1001", password: "correct-horse-7" });
  const endpoint = extension.endpointId;
  const told: Change[] = [];
  const watch = createRegistrationWatch({
    asterisk: asteriskOf(ctx),
    log: installation.runtime.log,
    tell: (change) => void told.push(change),
    isWanted: () => true,
  });
  const delays: number[] = [];
  const hears = async (id: string): Promise<void> => {
    const began = performance.now();
    await vi.waitFor(() => expect(told.map((each) => each.id)).toContain(id), { timeout: 30_000, interval: 20 });
    expect(told.find((each) => each.id === id)).toEqual({ type: "registration", id, customerId, by: "asterisk" });
    delays.push(performance.now() - began);
    told.length = 0;
  };
  const reads = () => registrationsOf(ctx, [extension]);
  const rests = async (): Promise<void> => {
    await watch.look();
    told.length = 0;
    await watch.look();
    expect(told).toEqual([]);
  };
  watch.start();
  try {
    await reads();
    const id = await addContact(installation, { endpoint });
    await hears(endpoint);

    await reads();
    await rests();
    await installation.asteriskRows("update ps_contacts set expiration_time = expiration_time + 60 where id = ?", [id]);
    await hears(endpoint);

    await reads();
    await rests();
    await installation.asteriskRows("delete from ps_contacts where id = ?", [id]);
    await hears(endpoint);

    await reads();
    await addContact(installation, { endpoint, expires: 6 }); // time enough to see that it has come, and that nothing else has
    await hears(endpoint);
    await reads();
    await rests();
    await hears(endpoint);

    // One that no page shows is new to lists all the same.
    const unseen = endpointOf("2002", customerId);
    await addContact(installation, { endpoint: unseen });
    await hears(unseen);

    // Of a half of them: the others may have met a busy moment of the machine.
    expect(delays.toSorted((a, b) => a - b)[Math.floor(delays.length / 2)]).toBeLessThan(2_000);
  } finally {
    await watch.stop();
  }
});

test("what one page has read does not hide from another that its own reading is past", async () => {
  const customerId = randomUUID();
  const { extension } = await createExtension(ctx, { customerId, extension: "1001", password: "correct-horse-7" });
  const told: string[] = [];
  const watch = createRegistrationWatch({
    asterisk: asteriskOf(ctx),
    log: installation.runtime.log,
    tell: ({ id }) => void told.push(id),
    isWanted: () => true,
  });
  const id = await addContact(installation, { endpoint: extension.endpointId });
  await watch.look();
  await registrationsOf(ctx, [extension]);
  await installation.asteriskRows("delete from ps_contacts where id = ?", [id]);
  await registrationsOf(ctx, [extension]);
  told.length = 0;
  await watch.look();
  expect(told).toEqual([extension.endpointId]);
});
