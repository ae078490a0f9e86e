import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseMysqlDsn } from "@/db/dsn";
import {
  createExtension,
  deleteExtension,
  listContacts,
  registrationsOf,
  restoreExtension,
  rotateExtensionPassword,
  updateExtension,
} from "@/server/domain/registrar";
import type { ExtensionWithPassword } from "@/server/domain/registrar/schemas";
import { openTestInstallation, type TestInstallation } from "../installation";
import { sipp } from "./binaries";
import { registerPhone, type Account, type PhoneOptions } from "./phone";
import { startPlayedAsterisk, type PlayedAsterisk } from "./played-asterisk";

let installation: TestInstallation;
let asterisk: PlayedAsterisk;

beforeAll(async () => {
  installation = await openTestInstallation({}, { sip: true });
  asterisk = await startPlayedAsterisk({ dsn: parseMysqlDsn(installation.asteriskUrl), systemName: "reg-1" });
});

afterAll(async () => {
  await asterisk?.close();
  await installation?.drop();
});

const create = (over: { extension?: string; password?: string; customerId?: string } = {}) =>
  createExtension(installation.context(), {
    customerId: randomUUID(),
    extension: "1001",
    password: "secret-1",
    ...over,
  });
const accountOf = ({ extension: { extension, realm }, password }: ExtensionWithPassword): Account => ({
  extension,
  realm,
  password,
});
const register = (created: ExtensionWithPassword, over: PhoneOptions = {}) =>
  registerPhone(asterisk, accountOf(created), over);
const contactsOf = ({ extension: { customerId, extension } }: ExtensionWithPassword) =>
  listContacts(installation.context(), { customerId, extension });

const accepted = { ok: true, statuses: [401, 200] };
const refused = { ok: false, statuses: [401, 401] };

describe.skipIf(sipp === undefined)("a phone and the account that was made for it (needs sipp)", () => {
  test("registers with its password, and is shown at once with address, agent and registrar", async () => {
    const created = await create();
    expect(await contactsOf(created)).toEqual([]);
    expect(await register(created, { port: 5070, agent: "Snom/10" })).toMatchObject(accepted);
    expect(await contactsOf(created)).toMatchObject([
      { uri: "sip:1001@198.51.100.7:5070^3Btransport=udp", userAgent: "Snom/10", regServer: "reg-1" },
    ]);
    const { id, endpointId } = created.extension;
    const shown = await registrationsOf(installation.context(), [{ id, endpointId }]);
    expect(shown?.get(id)).toMatchObject([
      { address: "198.51.100.7:5070", transport: "udp", userAgent: "Snom/10", node: "reg-1" },
    ]);
  });

  test("behind NAT it is shown at the address that the proxy noted", async () => {
    const created = await create();
    await register(created, { contact: "<sip:1001@192.168.1.20:5060;alias=203.0.113.9~41000~1;transport=udp>" });
    const { id, endpointId } = created.extension;
    const shown = await registrationsOf(installation.context(), [{ id, endpointId }]);
    expect(shown?.get(id)).toMatchObject([{ address: "203.0.113.9:41000", transport: "udp" }]);
  });

  test("is refused with another password, with another customer's, and without an account", async () => {
    const created = await create();
    const other = await create({ password: "secret-2" });
    expect(await register(created, { password: "wrong" })).toMatchObject(refused);
    expect(await register(created, { password: other.password })).toMatchObject(refused);
    expect(await register(created, { extension: "1002" })).toMatchObject(refused);
    expect(await contactsOf(created)).toEqual([]);
  });

  test.each(["front-desk", "a.b_c+d-e", "0".repeat(40)])("registers as %s", async (extension) => {
    expect(await register(await create({ extension }))).toMatchObject(accepted);
  });

  test.each(["x".repeat(80), 'quo"te\\back', "ümläut-日本", "a;b^c", "^3B", " blank ", "100%_"])(
    "registers with the password %j",
    async (password) => {
      const created = await create({ password });
      expect(await register(created)).toMatchObject(accepted);
      expect(await register(created, { password: `${password}x` })).toMatchObject(refused);
    },
  );

  test("a new password counts with the next REGISTER, and the old one no longer", async () => {
    const created = await create();
    expect(await register(created)).toMatchObject(accepted);
    await updateExtension(installation.context(), { id: created.extension.id, password: "secret-2" });
    expect(await register(created)).toMatchObject(refused);
    expect(await register(created, { password: "secret-2" })).toMatchObject(accepted);
    const rotated = await rotateExtensionPassword(installation.context(), { id: created.extension.id });
    expect(await register(created, { password: "secret-2" })).toMatchObject(refused);
    expect(await register(rotated)).toMatchObject(accepted);
  });

  test("a change of the name alone leaves the password as it was", async () => {
    const created = await create();
    await updateExtension(installation.context(), { id: created.extension.id, name: "Reception" });
    expect(await register(created)).toMatchObject(accepted);
  });

  test("an account that moves to another number takes its password along, and leaves nothing behind", async () => {
    const created = await create();
    await register(created);
    await updateExtension(installation.context(), { id: created.extension.id, extension: "2002" });
    expect(await register(created)).toMatchObject(refused);
    expect(await contactsOf(created)).toEqual([]);
    expect(await register(created, { extension: "2002" })).toMatchObject(accepted);
  });

  test("three devices at a time: a fourth one takes the place of the one that expires soonest", async () => {
    const created = await create();
    const devices: [port: number, expires: number][] = [
      [5001, 300],
      [5002, 100],
      [5003, 200],
      [5004, 400],
    ];
    for (const [port, expires] of devices) expect(await register(created, { port, expires })).toMatchObject(accepted);
    const ports = (await contactsOf(created)).map(({ uri }) => /:(\d+)\^/.exec(uri)?.[1]);
    expect(ports.toSorted()).toEqual(["5001", "5003", "5004"]);
  });

  test("a device that signs off is gone at once", async () => {
    const created = await create();
    await register(created, { port: 5001 });
    await register(created, { port: 5002 });
    expect(await register(created, { port: 5001, expires: 0 })).toMatchObject(accepted);
    expect((await contactsOf(created)).map(({ uri }) => uri)).toEqual(["sip:1001@198.51.100.7:5002^3Btransport=udp"]);
  });

  test("a deleted account cannot register, and its phones are forgotten", async () => {
    const created = await create();
    await register(created);
    await deleteExtension(installation.context(), { id: created.extension.id });
    expect(await register(created)).toMatchObject(refused);
    expect(await contactsOf(created)).toEqual([]);
    expect(
      await installation.asteriskRows("select id from ps_contacts where endpoint = ?", [created.extension.endpointId]),
    ).toEqual([]);
  });

  test("a restored account registers with its new password alone", async () => {
    const created = await create();
    await deleteExtension(installation.context(), { id: created.extension.id });
    const restored = await restoreExtension(installation.context(), { id: created.extension.id });
    expect(restored.password).not.toBe(created.password);
    expect(await register(created)).toMatchObject(refused);
    expect(await register(restored)).toMatchObject(accepted);
  });

  test("deleting an account again leaves its successor of the same number alone", async () => {
    const first = await create();
    await deleteExtension(installation.context(), { id: first.extension.id });
    const second = await create({ customerId: first.extension.customerId, password: "secret-2" });
    await register(second);
    await deleteExtension(installation.context(), { id: first.extension.id });
    expect(await contactsOf(second)).toHaveLength(1);
    expect(await register(second)).toMatchObject(accepted);
  });
});
