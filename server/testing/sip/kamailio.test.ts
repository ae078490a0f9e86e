import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Connection } from "mysql2/promise";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "@/db/connection";
import { parseMysqlDsn, type MySqlDsn } from "@/db/dsn";
import {
  createExtension,
  createTrunk,
  deleteExtension,
  deleteTrunk,
  restoreExtension,
  updateExtension,
  updateTrunk,
} from "@/server/domain/registrar";
import type { CreateTrunkInput, ExtensionWithPassword } from "@/server/domain/registrar/schemas";
import { openTestInstallation, type TestInstallation } from "../installation";
import { kamailio, sipp } from "./binaries";
import { startKamailio, type Kamailio } from "./kamailio";
import { registerPhone } from "./phone";
import { startPlayedAsterisk, type PlayedAsterisk } from "./played-asterisk";
import { runSipp, startAnswerer, type Answerer } from "./sipp";
import { askUdp, openUdpPeer } from "./udp";

/** Where phones are; 127.0.0.1 is the Asterisks' address. */
const OUTSIDE = "127.0.0.2";

let installation: TestInstallation;
let root: Connection;
let asterisk: PlayedAsterisk;
let calls: Answerer;
let proxy: Kamailio;
const users: string[] = [];

/** Makes a database user with the rights of a file of deploy/, and no others. */
async function grant(area: "asterisk" | "kamailio", dsn: MySqlDsn): Promise<MySqlDsn> {
  const user = `t_${randomUUID().slice(0, 8)}`;
  users.push(user);
  const text = readFileSync(new URL(`../../../deploy/${area}/grants.sql`, import.meta.url), "utf8");
  const own = text
    .replaceAll(`'${area}'@`, `'${user}'@`)
    .replaceAll(/\b(asterisk|bin_manager)\.(?=ps_|registrar_)/g, `${dsn.database}.`);
  for (const statement of own.replaceAll(/^--.*$/gm, "").split(";")) {
    if (statement.trim() !== "") await root.query(statement);
  }
  return { ...dsn, user, password: "change-me" };
}

beforeAll(async () => {
  if (sipp === undefined || kamailio === undefined) return;
  installation = await openTestInstallation({}, { sip: true });
  const bin = parseMysqlDsn(installation.url);
  root = await connect(bin);
  const registrar = await grant("asterisk", { ...bin, database: `${bin.database}_asterisk` });
  asterisk = await startPlayedAsterisk({ dsn: registrar });
  calls = await startAnswerer();
  const dsn = await grant("kamailio", bin);
  proxy = await startKamailio({ dsn, registrarPort: asterisk.port, callsPort: calls.port, trusted: "127.0.0.1/32" });
});

afterAll(async () => {
  await proxy?.stop();
  await calls?.stop();
  await asterisk?.close();
  for (const user of users) await root.query(`drop user if exists '${user}'@'%'`);
  await root?.end();
  await installation?.drop();
});

/** What a caller proves himself with. */
interface Caller {
  realm: string;
  username: string;
  password: string;
}

const ctx = () => installation.context();
const callerOf = ({ extension, password }: ExtensionWithPassword): Caller => ({ ...extension, password });
const createPhone = (over: { customerId?: string; extension?: string; password?: string } = {}) =>
  createExtension(ctx(), { customerId: randomUUID(), extension: "1001", password: "secret-1", ...over });
const createPbx = async (over: Partial<CreateTrunkInput> = {}) => {
  const domainName = `t${randomUUID().slice(0, 8)}`;
  const fields = {
    customerId: randomUUID(),
    domainName,
    authTypes: ["basic" as const],
    username: "acmeuser",
    password: "s3cret",
  };
  const { trunk, password } = await createTrunk(ctx(), { ...fields, ...over });
  return { ...trunk, password };
};
/** A row as no verb writes it. */
async function leaveBehind(over: Partial<Caller>): Promise<Caller> {
  const caller = {
    realm: `t${randomUUID().slice(0, 8)}.trunk.voipbin.test`,
    username: "acmeuser",
    password: "s3cret",
    ...over,
  };
  const rest = { reference_type: "trunk", auth_types: '["basic"]', allowed_ips: "[]" };
  await root.query("insert into registrar_sip_auths set id = unhex(replace(uuid(), '-', '')), ?", [
    { ...rest, ...caller },
  ]);
  return caller;
}

interface CallOptions extends Partial<Caller> {
  /** The user of From. */
  user?: string;
  address?: string;
  scenario?: "invite" | "invite-unasked";
}

const call = (caller: Caller, { user = "1001", address = OUTSIDE, scenario = "invite", ...over }: CallOptions = {}) => {
  const { username, password, realm } = { ...caller, ...over };
  const server = `${proxy.host}:${proxy.port}`;
  return runSipp({ scenario, server, username, password, address, keys: { user, called: "2002", domain: realm } });
};

const taken = { ok: true, statuses: [407, 200, 200] };
const refused = { ok: false, statuses: [407, 407] };

describe.skipIf(sipp === undefined || kamailio === undefined)(
  "calls through Kamailio (needs sipp and Kamailio)",
  () => {
    test("an extension's password is asked for in its realm, and the call goes to Asterisk without it", async () => {
      const phone = callerOf(await createPhone());
      const result = await call(phone);
      expect(result).toMatchObject(taken);
      expect(result.trace).toContain(`Proxy-Authenticate: Digest realm="${phone.realm}"`);
      expect(calls.trace()).toContain(`From: <sip:1001@${phone.realm}>`);
      expect(calls.trace()).not.toContain("Proxy-Authorization");
    });

    test("a wrong password is refused, and nothing reaches Asterisk", async () => {
      const phone = callerOf(await createPhone());
      expect(await call(phone, { password: "wrong" })).toMatchObject(refused);
      expect(calls.trace()).not.toContain(phone.realm);
    });

    test.each(['quo"te\\back', "ümläut-日本", "a;b^c", " blank "])("the password %j works", async (password) => {
      expect(await call(callerOf(await createPhone({ password })))).toMatchObject(taken);
    });

    test("a new password counts at once, and the old one no longer", async () => {
      const created = await createPhone();
      const phone = callerOf(created);
      expect(await call(phone)).toMatchObject(taken);
      await updateExtension(ctx(), { id: created.extension.id, password: "secret-2" });
      expect(await call(phone)).toMatchObject(refused);
      expect(await call(phone, { password: "secret-2" })).toMatchObject(taken);
    });

    test("an extension calls as itself, whatever it proves itself with, and as no other one of its customer", async () => {
      const created = await createPhone();
      const { id, customerId } = created.extension;
      await createPhone({ customerId, extension: "1002", password: "other" });
      await updateExtension(ctx(), { id, username: "login-1" });
      const phone = { ...callerOf(created), username: "login-1" };
      expect(await call(phone)).toMatchObject(taken);
      for (const user of ["1002", "x'or'1'='1", "x%27or%271%27=%271"])
        expect(await call(phone, { user })).toMatchObject({ ok: false, statuses: [407, 403] });
      expect(calls.trace()).not.toContain(`From: <sip:1002@${phone.realm}>`);
    });

    test("the password of one customer's extension is nothing worth at another one", async () => {
      const [phone, other] = [callerOf(await createPhone()), callerOf(await createPhone({ password: "other" }))];
      expect(await call(phone, { realm: other.realm })).toMatchObject(refused);
    });

    test("a deleted account is asked as everybody is, and refused; restored it calls with its new password", async () => {
      const created = await createPhone();
      const phone = callerOf(created);
      await deleteExtension(ctx(), { id: created.extension.id });
      expect(await call(phone)).toMatchObject(refused);
      const restored = await restoreExtension(ctx(), { id: created.extension.id });
      expect(await call(phone)).toMatchObject(refused);
      expect(await call(callerOf(restored))).toMatchObject(taken);
    });

    test.each([
      ["", ""],
      ["acmeuser", ""],
    ])("a row with the user %j and the password %j never lets anybody through", async (username, password) => {
      const left = await leaveBehind({ username, password });
      expect(await call(left)).toMatchObject(refused);
      expect(calls.trace()).not.toContain(left.realm);
    });

    test("a trunk calls in the name of any number with its own user", async () => {
      const trunk = await createPbx();
      expect(await call(trunk, { user: "+4930123456" })).toMatchObject(taken);
      expect(await call(trunk, { user: "+4930123456", password: "wrong" })).toMatchObject(refused);
      await deleteTrunk(ctx(), { id: trunk.id });
      expect(await call(trunk)).toMatchObject(refused);
    });

    test.each([["127.0.0.7"], ["127.0.0.0/28"], ["2001:db8::/32", "10.0.0.1", "127.0.0.7/32"]])(
      "a trunk with the address %s is let in from there, and asked from elsewhere",
      async (...allowedIps) => {
        const trunk = await createPbx({ authTypes: ["ip", "basic"], allowedIps });
        const unasked = { scenario: "invite-unasked" } as const;
        expect(await call(trunk, { ...unasked, address: "127.0.0.7" })).toMatchObject({
          ok: true,
          statuses: [200, 200],
        });
        expect(await call(trunk, { ...unasked, address: "127.0.0.30" })).toMatchObject({ ok: false, statuses: [407] });
        expect(await call(trunk, { address: "127.0.0.30" })).toMatchObject(taken);
      },
    );

    test("a trunk known by its address alone has no password to try", async () => {
      const { id, ...trunk } = await createPbx({ authTypes: ["basic", "ip"], allowedIps: ["127.0.0.7"] });
      const { name, detail, username, allowedIps } = trunk;
      await updateTrunk(ctx(), { id, name, detail, username, allowedIps, authTypes: ["ip"] });
      expect(await call(trunk)).toMatchObject({ ok: false, statuses: [403] });
    });

    test("a trunk known by its password alone is not let in by an address", async () => {
      const trunk = await createPbx({ allowedIps: ["127.0.0.7"] });
      expect(await call(trunk, { address: "127.0.0.7" })).toMatchObject(taken);
    });

    test.each([
      "voipbin.test",
      "x.registrar.voipbin.test.evil.test",
      "xregistrar.voipbin.test",
      "registrar.voipbin.test",
    ])("a caller of the domain %s is refused", async (realm) => {
      expect(await call(await leaveBehind({ realm }))).toMatchObject({ ok: false, statuses: [403] });
    });

    test("a phone registers through it, with its own address in the contact", async () => {
      const { extension, password } = await createPhone();
      const account = { ...extension, password };
      const wrong = await registerPhone(proxy, account, { address: OUTSIDE, password: "no" });
      expect(wrong).toMatchObject({ ok: false, statuses: [401, 401] });
      expect(await registerPhone(proxy, account, { address: OUTSIDE })).toMatchObject({
        ok: true,
        statuses: [401, 200],
      });
      expect(
        await installation.asteriskRows("select via_addr, reg_server from ps_contacts where endpoint = ?", [
          extension.endpointId,
        ]),
      ).toEqual([{ via_addr: OUTSIDE, reg_server: "played-asterisk" }]);
    });

    test("a phone behind NAT is noted and called at the address that its packets come from", async () => {
      const realm = `${randomUUID()}.registrar.voipbin.test`;
      const id = `1001@${realm}`;
      const rows = installation.asteriskRows<{ uri: string }>;
      await rows("insert into ps_aors set ?", [{ id, max_contacts: 3, remove_existing: "yes" }]);
      await rows("insert into ps_endpoints set ?", [{ id, aors: id }]); // no password, so that one packet will do
      const [phone, caller] = [await openUdpPeer(OUTSIDE), await openUdpPeer("127.0.0.1")];
      const at = "sip:1001@192.168.1.20:5060";
      const headers = [`Contact: <${at}>`, "Expires: 300"];
      phone.send(
        request({ method: "REGISTER", uri: `sip:${realm}`, user: id, via: "192.168.1.20:5060", headers }),
        proxy,
      );
      expect(await phone.next(20_000)).toMatch(/^SIP\/2.0 200 /);
      const [contact] = await rows("select uri from ps_contacts where endpoint = ?", [id]);
      expect(contact?.uri).toBe(`${at}^3Balias=${OUTSIDE}~${phone.port}~1`);

      const uri = String(contact?.uri).replaceAll("^3B", ";");
      caller.send(request({ method: "INVITE", uri, user: id, via: `127.0.0.1:${caller.port}`, headers: [] }), proxy);
      expect(await phone.next(20_000)).toMatch(/^INVITE sip:1001@192\.168\.1\.20:5060 SIP\/2\.0/);
      phone.close();
      caller.close();
    });

    test("what claims to belong to a call goes to an Asterisk or nowhere", async () => {
      const headers = [`Route: <sip:${proxy.host}:${proxy.port};lr>`];
      const bye = (uri: string) =>
        request({ method: "BYE", uri, user: "a@a.test", via: `${OUTSIDE}:5060`, headers, toTag: "2" });
      const outsider = await openUdpPeer("127.0.0.9");
      expect(await askUdp(bye(`sip:x@127.0.0.9:${outsider.port}`), proxy, 20_000, OUTSIDE)).toMatch(/^SIP\/2.0 403 /);
      expect(await outsider.next(100)).toBeNull();
      outsider.close();
    });
  },
);

interface RequestParts {
  method: string;
  uri: string;
  /** Of From and To, `user@domain`. */
  user: string;
  via: string;
  headers: string[];
  toTag?: string;
}

const request = ({ method, uri, user, via, headers, toTag }: RequestParts): string =>
  [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/UDP ${via};branch=z9hG4bK${randomUUID()};rport`,
    "Max-Forwards: 5",
    `From: <sip:${user}>;tag=1`,
    `To: <sip:${user}>${toTag === undefined ? "" : `;tag=${toTag}`}`,
    `Call-ID: ${randomUUID()}`,
    `CSeq: 1 ${method}`,
    ...headers,
    "Content-Length: 0",
    "",
    "",
  ].join("\r\n");
