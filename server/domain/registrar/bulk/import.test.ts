import { spawn } from "node:child_process";
import { once } from "node:events";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSecretBox } from "@/server/auth/secrets";
import { createCustomer } from "@/server/domain/customer";
import { cancelBulk, getJob, listJobResults, takeOnceFile } from "@/server/domain/jobs";
import { EVERYONE, type Context } from "@/server/kernel/context";
import { isDomainError } from "@/server/kernel/errors";
import { rightsOf, type Role } from "@/server/kernel/permissions";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { createAdmin } from "@/server/testing/rights/tenant";
import { createTrunk, listExtensions, listTrunks, previewImport, previewRange, startImport, startRange } from "..";

let installation: TestInstallation;
let owner: Context;
let customerId = "";
beforeAll(async () => {
  const secrets = createSecretBox("a secret of the tests, long enough");
  installation = await openTestInstallation({ secrets }, { sip: true });
  owner = await asAdmin("owner");
});
afterAll(() => installation.drop());

async function asAdmin(role: Role, of: string | null = null): Promise<Context> {
  const { adminId, sessionId } = await createAdmin(installation, role, of);
  return installation.context({
    actor: { type: "admin", id: adminId, name: `admin ${role}`, role, customerId: of, sessionId },
    tenant: of === null ? EVERYONE : { all: false, customerId: of },
    rights: rightsOf(role, of),
  });
}
const aCustomer = async (): Promise<string> => (await createCustomer(owner, { name: "Import", email: anEmail() })).id;
const csv = (text: string, kind: "extensions" | "trunks" = "extensions") => ({
  kind,
  name: "people.csv",
  bytes: Buffer.from(text),
});
const messageOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: unknown) => (isDomainError(error) ? `${error.reason} ${error.message}` : String(error)),
  );
async function runImport(text: string, kind: "extensions" | "trunks" = "extensions", ctx = owner, of = customerId) {
  const { id } = await startImport(ctx, csv(text, kind), { customerId: of });
  await installation.runJobs();
  return await getJob(ctx, { id });
}
const staged = async (): Promise<number> =>
  Number((await installation.rows<{ n: number }>("select count(*) as n from admin_import_rows"))[0]?.n);

describe("a file of extensions", () => {
  beforeAll(async () => (customerId = await aCustomer()));
  const FILE = 'number,name,secret\r\n1001,"Front desk",own-secret-1\r\n1002,Ada,\r\n"+49",\'=1+1,\r\n';

  test("is previewed, imported, and imported again without a change", async () => {
    const before = await previewImport(owner, csv(FILE), { customerId });
    expect(before).toMatchObject({
      mapping: { extension: 0, name: 1, password: 2 },
      counts: { create: 3, change: 0, unchanged: 0, wrong: 0 },
      passwordsMade: 2,
      delimiter: ",",
      encoding: "utf-8",
    });
    expect(JSON.stringify(before)).not.toContain("own-secret-1");
    const job = await runImport(FILE);
    expect(job).toMatchObject({ state: "done", progress: { total: 3, done: 3, skipped: 0, failed: 0 } });
    const { items } = await listExtensions(owner, { filter: { customerId } });
    expect(items.map(({ extension, name }) => [extension, name]).sort()).toEqual([
      ["+49", "=1+1"],
      ["1001", "Front desk"],
      ["1002", "Ada"],
    ]);
    expect((await takeOnceFile(owner, { id: job.id })).rows).toBe(3);
    expect(await staged()).toBe(0);

    expect((await previewImport(owner, csv(FILE), { customerId })).counts).toMatchObject({ unchanged: 3 });
    expect(await runImport(FILE)).toMatchObject({ progress: { done: 0, skipped: 3, failed: 0 } });
    const events = await installation.rows<{ type: string }>(
      "select type from admin_outbox where type like 'extension_%'",
    );
    expect(events.map(({ type }) => type)).toEqual(Array(3).fill("extension_created"));
  });

  test("changes what it names and nothing else", async () => {
    const preview = await previewImport(owner, csv("extension;name\n1001;Reception\n1002;Ada\n"), { customerId });
    expect(preview).toMatchObject({ delimiter: ";", counts: { change: 1, unchanged: 1 } });
    expect(preview.first[0]).toMatchObject({ line: 2, changes: ["name"] });
    expect(await runImport("extension\tname\n1001\tReception\n1002\tAda\n")).toMatchObject({
      progress: { done: 1, skipped: 1 },
    });
    const [row] = await installation.rows<{ name: string; password: string }>(
      "select name, password from registrar_extensions where extension = '1001'",
    );
    expect(row).toEqual({ name: "Reception", password: "own-secret-1" });
  });

  test("says of each wrong row the line, the field and the remedy, and does the others", async () => {
    const text = [
      "extension,name,password,customerId",
      "2001,good,,",
      "2 001,space,,",
      `2002,long,${"x".repeat(81)},`,
      "2001,again,,",
      `2003,foreign,,${randomUUID()}`,
      "2004,no id,,nobody",
      `${"9".repeat(41)},too long,,`,
      "",
    ].join("\n");
    const { wrong, counts } = await previewImport(owner, csv(text), { customerId });
    expect(counts).toEqual({ create: 1, change: 0, unchanged: 0, wrong: 6 });
    expect(wrong.map(({ line, field }) => [line, field])).toEqual([
      [3, "extension"],
      [4, "password"],
      [5, "extension"],
      [6, "customerId"],
      [7, "customerId"],
      [8, "extension"],
    ]);
    expect(wrong[2]?.message).toBe("Line 2 has the same one already.");
    const job = await runImport(text);
    expect(job).toMatchObject({ progress: { done: 1, failed: 6 }, can: { retry: false } });
    const { items } = await listJobResults(owner, { id: job.id, state: "failed" });
    expect(items.map(({ seq }) => seq + 1)).toEqual([3, 4, 5, 6, 7, 8]);
    expect(JSON.stringify(items)).not.toContain("xxxxx");
  });

  test("reaches no other customer's", async () => {
    const other = await aCustomer();
    const theirs = await asAdmin("admin", other);
    const text = `customerId,extension\n${customerId},1001\n${customerId},3001\n,1001\n`;
    const { wrong, counts } = await previewImport(theirs, csv(text), {});
    expect(counts).toMatchObject({ create: 1, wrong: 2, unchanged: 0 });
    expect(new Set(wrong.map(({ message }) => message))).toEqual(new Set(["There is no such customer."]));
    expect(await runImport(text, "extensions", theirs, other)).toMatchObject({ progress: { done: 1, failed: 2 } });
    expect((await listExtensions(owner, { filter: { customerId, extension: "3001" } })).items).toEqual([]);
  });

  test("leaves nothing behind when the job is cancelled", async () => {
    const { id } = await startImport(owner, csv("extension,password\n5001,a-secret-that-waits\n"), { customerId });
    expect(await staged()).toBe(1);
    await cancelBulk(owner, { id });
    expect(await staged()).toBe(0);
    expect(await getJob(owner, { id })).toMatchObject({ state: "cancelled", can: { retry: false } });
  });

  test("a killed worker leaves no row out and does none twice", async () => {
    const of = await aCustomer();
    const text = `extension\n${Array.from({ length: 300 }, (_, index) => 7_000 + index).join("\n")}\n`;
    const { id } = await startImport(owner, csv(text), { customerId: of });
    const worker = new URL("../../../testing/job-worker.ts", import.meta.url).pathname;
    const args = [installation.url, installation.asteriskUrl, "60"];
    const child = spawn(process.execPath, ["--import", "tsx", worker, ...args], { stdio: "ignore" });
    expect((await once(child, "exit"))[1]).toBe("SIGKILL");
    const [done] = await installation.rows<{ n: number }>(
      "select count(*) as n from registrar_extensions where customer_id = unhex(?)",
      [of.replaceAll("-", "")],
    );
    expect(Number(done?.n)).toBeGreaterThanOrEqual(40);
    expect(Number(done?.n)).toBeLessThan(300);
    await installation.rows("update admin_jobs set due_at = now(6), locked_until = null where hex(id) = ?", [
      id.replaceAll("-", ""),
    ]);
    await installation.runJobs();
    expect(await getJob(owner, { id })).toMatchObject({ progress: { done: 300, skipped: 0, failed: 0 } });
    for (const table of ["ps_auths", "ps_aors", "ps_endpoints"]) {
      const [row] = await installation.asteriskRows<{ n: number }>(
        `select count(*) as n from ${table} where id like ?`,
        [`%@${of}.%`],
      );
      expect(Number(row?.n), table).toBe(300);
    }
    const [audited] = await installation.rows<{ n: number }>(
      "select count(*) as n from admin_audit where action = 'extension.create' and customer_id = unhex(?)",
      [of.replaceAll("-", "")],
    );
    expect(Number(audited?.n)).toBe(300);
    expect((await takeOnceFile(owner, { id })).rows).toBe(300);
  }, 300_000);
});

describe("a file of trunks", () => {
  beforeAll(async () => (customerId = await aCustomer()));

  test("is imported with its lists, and again without a change", async () => {
    const name = `t${randomUUID().slice(0, 8)}`;
    const text = [
      "domain,auth,user,allowed ips,name",
      `${name}a,basic ip,pbx,"192.0.2.1, 192.0.2.0/24",A`,
      `${name}b,,,2001:DB8::1,B`,
      `${name}c,basic,,,C`,
    ].join("\n");
    const first = await runImport(text, "trunks");
    expect(first).toMatchObject({ progress: { done: 2, failed: 1 } });
    expect((await takeOnceFile(owner, { id: first.id })).rows).toBe(1);
    const { items } = await listTrunks(owner, { filter: { customerId }, sort: "domainName", direction: "desc" });
    expect(items.map(({ authTypes, allowedIps }) => [authTypes, allowedIps])).toEqual([
      [["ip"], ["2001:db8::1"]],
      [
        ["basic", "ip"],
        ["192.0.2.1", "192.0.2.0/24"],
      ],
    ]);
    expect(await runImport(text, "trunks")).toMatchObject({ progress: { done: 0, skipped: 2, failed: 1 } });
  });

  test("gives a password to a trunk that is to prove itself by one from now on, in the file that is fetched once", async () => {
    const domainName = `p${randomUUID().slice(0, 8)}`;
    await createTrunk(owner, { customerId, domainName, authTypes: ["ip"], allowedIps: ["192.0.2.1"] });
    const { id, progress } = await runImport(
      `domain,auth,user,allowed ips\n${domainName},basic ip,pbx,192.0.2.1\n`,
      "trunks",
    );
    expect(progress).toMatchObject({ done: 1, failed: 0 });
    const { csv: file } = await takeOnceFile(owner, { id });
    const [row] = await installation.rows<{ password: string }>(
      "select password from registrar_trunks where domain_name = ?",
      [domainName],
    );
    expect(row?.password).toMatch(/^[A-Za-z2-9]{20}$/);
    expect(file).toContain(`,${row?.password ?? "-"}`);
  });

  test("changes what it names and nothing else", async () => {
    const name = `q${randomUUID().slice(0, 8)}`;
    const trunk = { customerId, authTypes: ["basic" as const], username: "pbx", password: "own-secret" };
    await createTrunk(owner, { ...trunk, domainName: `${name}a`, name: "Old" });
    const text = `domainName,name\n${name}a,New\n${name}b,Unheard of\n`;
    const { counts, wrong } = await previewImport(owner, csv(text, "trunks"), { customerId });
    expect(counts).toEqual({ create: 0, change: 1, unchanged: 0, wrong: 1 });
    expect(wrong[0]).toMatchObject({ line: 3, field: "authTypes" });
    expect(await runImport(text, "trunks")).toMatchObject({ progress: { done: 1, failed: 1 } });
    const [row] = await installation.rows(
      "select name, username, password, cast(auth_types as char) as types from registrar_trunks where domain_name = ?",
      [`${name}a`],
    );
    expect(row).toEqual({ name: "New", username: "pbx", password: "own-secret", types: '["basic"]' });
    // What takes away all by which it could prove itself is refused, as everywhere else.
    const { wrong: unusable } = await previewImport(owner, csv(`domainName,username\n${name}a,\n`, "trunks"), {
      customerId,
    });
    expect(unusable[0]).toMatchObject({ field: "username" });
  });

  test("does not touch a domain name of another customer", async () => {
    const other = await aCustomer();
    const domainName = `x${randomUUID().slice(0, 8)}`;
    await createTrunk(owner, { customerId: other, domainName, authTypes: ["ip"], allowedIps: ["192.0.2.9"] });
    const { wrong } = await previewImport(owner, csv(`domainName,allowedIps\n${domainName},192.0.2.1\n`, "trunks"), {
      customerId,
    });
    expect(wrong[0]).toMatchObject({ field: "domainName" });
  });
});

describe("a hostile file", () => {
  const refusals: [string, Buffer, RegExp][] = [
    ["of nothing", Buffer.alloc(0), /first line/],
    ["too large", Buffer.alloc(6 * 2 ** 20, "a"), /FILE_TOO_LARGE/],
    ["of one row of 4 MB", Buffer.from(`extension\n${"1".repeat(4 * 2 ** 20)}\n`), /Line 2.*characters/],
    ["of 4 MB of quotes", Buffer.from(`extension\n${'"'.repeat(4 * 2 ** 20)}\n`), /characters|quote/],
    ["with zero bytes", Buffer.from("extension\n10\u000001\n"), /Line 2 has a zero byte/],
    ["in UTF-16 without its mark", Buffer.from("extension\n1001\n", "utf16le"), /zero byte/],
    [
      "of more rows than are read, most of them empty",
      Buffer.from(`extension,name\n${",\n".repeat(10_000)}1001,\n`),
      /More/,
    ],
    ["of 100,001 rows", Buffer.from(`extension\n${"1\n".repeat(100_001)}`), /More than 10000 rows/],
    ["with an open quote", Buffer.from('extension\n"1001\n'), /quote/],
    ["without a row", Buffer.from("extension\n"), /first line/],
  ];
  test.each(refusals)("%s is refused at once, and says why", async (_, bytes, why) => {
    const began = Date.now();
    expect(await messageOf(previewImport(owner, { kind: "extensions", name: "x", bytes }, { customerId }))).toMatch(
      why,
    );
    expect(Date.now() - began).toBeLessThan(3_000);
  });

  test("is read to its last row, whatever rows of nothing are before and behind", async () => {
    const text = `extension,name\n${",\n".repeat(500)}6001,'＝Last\r\n${",;\r\n".repeat(20_000)}`;
    expect(await previewImport(owner, csv(text), { customerId })).toMatchObject({
      total: 1,
      first: [{ line: 502, label: "6001", name: "＝Last" }],
    });
  });

  test("with marks and other encodings is read as it was meant", async () => {
    const text = "extension,name\n6001,Jürgen\n";
    for (const [bytes, encoding] of [
      [Buffer.from(`\ufeff${text}`), "utf-8"],
      [Buffer.from(`\ufeff${text}`, "utf16le"), "utf-16le"],
      [Buffer.from(`\ufeff${text}`, "utf16le").swap16(), "utf-16be"],
      [Buffer.from(text, "latin1"), "windows-1252"],
    ] as const) {
      const preview = await previewImport(owner, { kind: "extensions", name: "x", bytes }, { customerId });
      expect([preview.encoding, preview.first[0]?.name, preview.first[0]?.line]).toEqual([encoding, "Jürgen", 2]);
    }
  });
});

describe("a range", () => {
  beforeAll(async () => (customerId = await aCustomer()));

  test("is created with its zeros, prefix and names; those that live already stay", async () => {
    const input = { customerId, from: "0100", to: "0149", prefix: "x", name: "Desk {number}" };
    expect(await previewRange(owner, input)).toMatchObject({ total: 50, create: 50, present: 0 });
    const { id } = await startRange(owner, input);
    await installation.runJobs();
    expect(await getJob(owner, { id })).toMatchObject({ progress: { done: 50 } });
    const { items } = await listExtensions(owner, {
      filter: { customerId },
      sort: "extension",
      direction: "asc",
      size: 1,
    });
    expect(items[0]).toMatchObject({ extension: "x0100", name: "Desk x0100" });
    expect((await takeOnceFile(owner, { id })).rows).toBe(50);
    const more = { ...input, to: "0159" };
    expect(await previewRange(owner, more)).toMatchObject({ create: 10, present: 50 });
    await startRange(owner, more);
    await installation.runJobs();
    expect(await messageOf(startRange(owner, more))).toMatch(/exist already/);
  });

  test.each([
    [{ from: "10", to: "9" }, /to: /],
    [{ from: "1", to: "10001" }, /at most 10000/],
    [{ from: "01", to: "100" }, /digits/],
    [{ from: "1", to: "2", prefix: "a b" }, /prefix/],
    [{ from: "1", to: "2", prefix: "x".repeat(40) }, /prefix/],
    [{ from: "-1", to: "2" }, /from/],
    [{ from: "1", to: "2", customerId: randomUUID() }, /no such customer/],
  ])("that makes no sense is refused: %j", async (over, why) => {
    expect(await messageOf(previewRange(owner, { customerId, ...over }))).toMatch(why);
  });
});

test("passwords are in the password columns of the two databases and nowhere else", async () => {
  customerId = await aCustomer();
  const given = `given-${randomUUID()}`;
  const { id } = await startImport(owner, csv(`extension,password\n8001,${given}\n8002,\n`), { customerId });
  await installation.runJobs();
  const made = await installation.rows<{ password: string }>(
    "select password from registrar_extensions where extension in ('8001', '8002')",
  );
  const passwords = made.map(({ password }) => password);
  expect(passwords).toContain(given);
  expect(passwords).toHaveLength(2);
  for (const of of [installation.rows, installation.asteriskRows]) {
    const columns = await of<{ t: string; c: string }>(
      "select table_name as t, column_name as c from information_schema.columns where table_schema = database() and column_name <> 'password'",
    );
    for (const { t, c } of columns)
      for (const password of passwords) {
        const [row] = await of<{ n: number }>(`select count(*) as n from \`${t}\` where instr(\`${c}\`, ?) > 0`, [
          password,
        ]);
        expect(Number(row?.n), `${t}.${c}`).toBe(0);
      }
  }
  expect((await takeOnceFile(owner, { id })).csv).toContain(given);
});
