import { createHash, randomUUID } from "node:crypto";
import type { Connection } from "mysql2/promise";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { migrateDatabase } from "@/db/migrate";
import { createScratch, rowsOf, type Scratch } from "@/db/testing";
import { sipp } from "./binaries";
import { registerPhone, type Account } from "./phone";
import { startPlayedAsterisk, type PlayedAsterisk } from "./played-asterisk";

let scratch: Scratch;
let asterisk: PlayedAsterisk;

beforeAll(async () => {
  scratch = await createScratch();
  await migrateDatabase({ target: "asterisk", dsn: scratch.dsn });
  asterisk = await startPlayedAsterisk({ dsn: scratch.dsn, systemName: "reg-test-1" });
});

afterAll(async () => {
  await asterisk?.close();
  await scratch?.drop();
});

const idOf = ({ extension, realm }: Account) => `${extension}@${realm}`;

/** The three rows of an extension, as contract and verbs write them. */
async function addAccount(connection: Connection, over: Partial<Account> = {}): Promise<Account> {
  const account = { extension: "1001", realm: `${randomUUID()}.registrar.voipbin.test`, password: "secret-1", ...over };
  const id = idOf(account);
  await connection.query("insert into ps_aors set ?", { id, max_contacts: 3, remove_existing: "yes" });
  const { extension: username, password, realm } = account;
  await connection.query("insert into ps_auths set ?", { id, auth_type: "userpass", username, password, realm });
  await connection.query("insert into ps_endpoints set ?", { id, aors: id, auth: id });
  return account;
}

const contactsOf = (account: Account) =>
  rowsOf(scratch.connection, "select * from ps_contacts where endpoint = ? order by expiration_time", [idOf(account)]);

describe.skipIf(sipp === undefined)("a phone at the played registrar (needs sipp)", () => {
  test("is challenged in the account's realm, registers, and is a contact with every column set", async () => {
    const account = await addAccount(scratch.connection);
    const uri = "sip:1001@198.51.100.7:5062;transport=udp;instance=abc";
    const before = Math.floor(Date.now() / 1000);
    const result = await registerPhone(asterisk, account, { contact: `<${uri}>`, agent: "TestUA/1.0" });
    const after = Math.floor(Date.now() / 1000);
    expect(result).toMatchObject({ ok: true, statuses: [401, 200] });
    expect(result.trace).toContain(`WWW-Authenticate: Digest realm="${account.realm}"`);
    const [contact, ...others] = await contactsOf(account);
    expect(others).toEqual([]);
    const asterisks = Object.entries(contact ?? {}).filter(([column]) => !column.startsWith("admin_"));
    expect(Object.fromEntries(asterisks)).toEqual({
      id: `${idOf(account)}^3B@${createHash("md5").update(uri).digest("hex")}`,
      uri: "sip:1001@198.51.100.7:5062^3Btransport=udp^3Binstance=abc",
      expiration_time: expect.any(Number),
      qualify_frequency: 0,
      outbound_proxy: "",
      path: "",
      user_agent: "TestUA/1.0",
      qualify_timeout: 3,
      reg_server: "reg-test-1",
      authenticate_qualify: "no",
      via_addr: "127.0.0.1",
      via_port: expect.any(Number),
      call_id: expect.stringContaining("@127.0.0.1"),
      endpoint: idOf(account),
      prune_on_boot: "no",
      qualify_2xx_only: "false",
    });
    expect(Number(contact?.expiration_time)).toBeGreaterThanOrEqual(before + 300);
    expect(Number(contact?.expiration_time)).toBeLessThanOrEqual(after + 300);
  });

  test("a wrong password is challenged again and leaves no contact", async () => {
    const account = await addAccount(scratch.connection);
    const result = await registerPhone(asterisk, account, { password: "wrong" });
    expect(result).toMatchObject({ ok: false, statuses: [401, 401] });
    expect(result.trace).not.toContain("stale=true");
    expect(await contactsOf(account)).toEqual([]);
  });

  test("an answer to a challenge from long ago is asked for again, as stale", async () => {
    const account = await addAccount(scratch.connection);
    const impatient = await startPlayedAsterisk({ dsn: scratch.dsn, nonceLifetimeSeconds: -1 });
    const result = await registerPhone(impatient, account);
    await impatient.close();
    expect(result).toMatchObject({ ok: false, statuses: [401, 401] });
    expect(result.trace).toContain("stale=true");
  });

  test("contacts that have expired are removed", async () => {
    const account = await addAccount(scratch.connection);
    await registerPhone(asterisk, account);
    await scratch.connection.query("update ps_contacts set expiration_time = 1 where endpoint = ?", [idOf(account)]);
    const tidy = await startPlayedAsterisk({ dsn: scratch.dsn, expiryCheckMs: 20 });
    await vi.waitFor(async () => expect(await contactsOf(account)).toEqual([]), { timeout: 30_000 });
    await tidy.close();
  });

  test("an extension that is not there is challenged in the realm asterisk", async () => {
    const result = await registerPhone(asterisk, { extension: "9", realm: "none.test", password: "x" });
    expect(result).toMatchObject({ ok: false, statuses: [401, 401] });
    expect(result.trace).toContain('realm="asterisk"');
  });

  test.each(["", null])("a password %j in the table answers 500", async (password) => {
    const account = await addAccount(scratch.connection);
    await scratch.connection.query("update ps_auths set password = ? where id = ?", [password, idOf(account)]);
    expect(await registerPhone(asterisk, account)).toMatchObject({ ok: false, statuses: [500] });
  });

  test("a hash instead of a password works", async () => {
    const account = await addAccount(scratch.connection);
    const ha1 = createHash("md5").update(`${account.extension}:${account.realm}:${account.password}`).digest("hex");
    await scratch.connection.query(
      "update ps_auths set auth_type = 'md5', password = null, md5_cred = ? where id = ?",
      [ha1, idOf(account)],
    );
    expect(await registerPhone(asterisk, account)).toMatchObject({ ok: true });
  });

  test("a name in another case than in the table is found, proven, and then has no address of record", async () => {
    const account = await addAccount(scratch.connection, { extension: "bob" });
    const shouted = await registerPhone(asterisk, account, { extension: "BOB", username: "bob" });
    expect(shouted).toMatchObject({ ok: false, statuses: [401, 404] });
    const domain = await registerPhone(asterisk, account, { realm: account.realm.toUpperCase() });
    expect(domain).toMatchObject({ ok: false, statuses: [401, 404] });
    expect(await registerPhone(asterisk, account)).toMatchObject({ ok: true });
  });

  test.each(["a b", "a@b"])("an extension %j can register", async (extension) => {
    const account = await addAccount(scratch.connection, { extension });
    expect(await registerPhone(asterisk, account, { contact: "<sip:x@198.51.100.7>" })).toMatchObject({ ok: true });
  });

  test.each(["a;b", "a^b"])("an extension %j written raw is never found", async (extension) => {
    const account = await addAccount(scratch.connection, { extension });
    const result = await registerPhone(asterisk, account, { contact: "<sip:x@198.51.100.7>" });
    expect(result).toMatchObject({ ok: false, statuses: [401, 401] });
    expect(result.trace).toContain('realm="asterisk"');
  });

  test("a fourth device takes the place of the one that expires soonest", async () => {
    const account = await addAccount(scratch.connection);
    for (const [port, expires] of [
      [5001, 300],
      [5002, 100],
      [5003, 200],
      [5004, 400],
    ] as const) {
      expect(await registerPhone(asterisk, account, { port, expires })).toMatchObject({ ok: true });
    }
    const ports = (await contactsOf(account)).map((row) => /:(\d+)\^/.exec(String(row.uri))?.[1]);
    expect(ports).toEqual(["5003", "5001", "5004"]);
  });

  test("the same place again refreshes its contact", async () => {
    const account = await addAccount(scratch.connection);
    await registerPhone(asterisk, account, { expires: 100, agent: "old" });
    const [first] = await contactsOf(account);
    await registerPhone(asterisk, account, { expires: 200, agent: "new" });
    const [second, ...others] = await contactsOf(account);
    expect(others).toEqual([]);
    expect(second).toMatchObject({ id: first?.id, user_agent: "new", call_id: first?.call_id });
    expect(Number(second?.expiration_time)).toBeGreaterThan(Number(first?.expiration_time) + 50);
  });

  test.each([
    ["7201", 7200],
    ["59", 60],
  ])("an expiry of %s becomes %i seconds", async (expires, seconds) => {
    const account = await addAccount(scratch.connection);
    const result = await registerPhone(asterisk, account, { expires: Number(expires) });
    expect(result.trace).toMatch(new RegExp(`^Expires: ${seconds}\\r?$`, "m"));
  });

  test("Expires: 0 removes the contact, and a star removes all", async () => {
    const account = await addAccount(scratch.connection);
    await registerPhone(asterisk, account, { port: 5001 });
    await registerPhone(asterisk, account, { port: 5002 });
    await registerPhone(asterisk, account, { port: 5003 });
    await registerPhone(asterisk, account, { port: 5001, expires: 0 });
    expect(await contactsOf(account)).toHaveLength(2);
    expect(await registerPhone(asterisk, account, { contact: "*", expires: 0 })).toMatchObject({ ok: true });
    expect(await contactsOf(account)).toEqual([]);
  });

  test("an account whose rows are gone is unknown, and its contacts stay until they expire", async () => {
    const account = await addAccount(scratch.connection);
    await registerPhone(asterisk, account);
    for (const table of ["ps_endpoints", "ps_auths", "ps_aors"])
      await scratch.connection.query(`delete from ${table} where id = ?`, [idOf(account)]);
    expect(await registerPhone(asterisk, account)).toMatchObject({ ok: false, statuses: [401, 401] });
    expect(await contactsOf(account)).toHaveLength(1);
  });
});
