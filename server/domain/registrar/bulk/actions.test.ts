import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSecretBox } from "@/server/auth/secrets";
import { createCustomer } from "@/server/domain/customer";
import { getJob, getOnceFile, listJobResults, startBulk, takeOnceFile, undoBulk } from "@/server/domain/jobs";
import { isSet } from "@/server/kernel/clock";
import { EVERYONE, type Context } from "@/server/kernel/context";
import { isDomainError } from "@/server/kernel/errors";
import { rightsOf, type Role } from "@/server/kernel/permissions";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { createAdmin } from "@/server/testing/rights/tenant";
import { countPhones, createExtension, createTrunk, deleteExtension, getExtension } from "..";

let installation: TestInstallation;
let owner: Context;
let customerId = "";
beforeAll(async () => {
  const secrets = createSecretBox("a secret of the tests, long enough");
  installation = await openTestInstallation({ secrets }, { sip: true });
  owner = await asAdmin("owner");
  customerId = (await createCustomer(owner, { name: "Bulk", email: anEmail() })).id;
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

let number = 2_000;
async function addExtensions(count: number, of = customerId): Promise<{ id: string; password: string }[]> {
  const made = [];
  for (let index = 0; index < count; index++) {
    const { extension, password } = await createExtension(owner, { customerId: of, extension: String(number++) });
    made.push({ id: extension.id, password });
  }
  return made;
}
const passwordIn = async (id: string): Promise<[string, string, string]> => {
  const { endpointId } = await getExtension(owner, { id });
  const hex = id.replaceAll("-", "");
  const read = async (rows: Promise<{ password: string }[]>) => (await rows)[0]?.password ?? "";
  return [
    await read(installation.rows("select password from registrar_extensions where hex(id) = ?", [hex])),
    await read(installation.rows("select password from registrar_sip_auths where hex(id) = ?", [hex])),
    await read(installation.asteriskRows("select password from ps_auths where id = ?", [endpointId])),
  ];
};
const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: unknown) => (isDomainError(error) ? `${error.code} ${error.reason}` : String(error)),
  );
const register = (endpoint: string, phone: string) =>
  installation.asteriskRows(
    "insert into ps_contacts (id, uri, expiration_time, endpoint, user_agent) values (?, ?, ?, ?, 'test')",
    [`${endpoint};@${phone}`, `sip:1@${phone}`, Math.floor(Date.now() / 1_000) + 600, endpoint],
  );

describe("many at once", () => {
  test("are deleted with their phones, counted before, and taken back with new passwords", async () => {
    const made = await addExtensions(3);
    const ids = made.map(({ id }) => id);
    const first = await getExtension(owner, { id: ids[0] ?? "" });
    await register(first.endpointId, "192.0.2.1");
    await register(first.endpointId, "192.0.2.2");
    expect(await countPhones(owner, { ids })).toEqual({ extensions: 1, phones: 2, lookedAt: 3, whole: true });
    expect(await countPhones(owner, { filter: { customerId, deleted: false } })).toMatchObject({ phones: 2 });

    const { id } = await startBulk(owner, "extension.delete-many", { ids });
    await installation.runJobs();
    expect(await getJob(owner, { id })).toMatchObject({ state: "done", progress: { done: 3 }, can: { undo: true } });
    expect((await listJobResults(owner, { id })).items.map(({ label }) => label)).toContain(first.extension);
    expect(await installation.asteriskRows("select id from ps_contacts")).toEqual([]);
    expect(await getOnceFile(owner, { id })).toEqual({ state: "none", tmExpire: "" });

    const undone = await undoBulk(owner, { id });
    await installation.runJobs();
    const { csv } = await takeOnceFile(owner, undone);
    for (const each of made) {
      expect(isSet((await getExtension(owner, { id: each.id })).tmDelete)).toBe(false);
      const [password] = await passwordIn(each.id);
      expect(password).not.toBe(each.password);
      expect(csv).toContain(password);
    }
  });

  test("get new passwords, which work at once and come in a file once, for who has asked for them", async () => {
    const made = await addExtensions(25);
    const gone = made.pop()?.id ?? "";
    await deleteExtension(owner, { id: gone });
    const ids = [...made.map(({ id }) => id), gone];
    const { id } = await startBulk(owner, "extension.rotate-many", { ids });
    expect(await getOnceFile(owner, { id })).toEqual({ state: "later", tmExpire: "" });
    expect(await reasonOf(takeOnceFile(owner, { id }))).toBe("CONFLICT JOB_NOT_DONE");
    await installation.runJobs();
    expect(await getJob(owner, { id })).toMatchObject({ progress: { done: 24, skipped: 1, failed: 0 } });

    const other = await asAdmin("owner");
    expect(await getOnceFile(other, { id })).toEqual({ state: "none", tmExpire: "" });
    expect(await reasonOf(takeOnceFile(other, { id }))).toBe("FORBIDDEN NOT_YOUR_JOB");
    expect((await getOnceFile(owner, { id })).state).toBe("ready");
    const { csv, rows, name } = await takeOnceFile(owner, { id });
    expect(rows).toBe(24);
    expect(name).toMatch(/^extension-rotate-many-\d{4}-\d\d-\d\d\.csv$/);
    expect(csv.split("\r\n")[0]).toBe("\ufeffcustomerId,extension,name,realm,username,password");
    for (const each of made) {
      const [inBin, forKamailio, forAsterisk] = await passwordIn(each.id);
      expect(inBin).not.toBe(each.password);
      expect([forKamailio, forAsterisk]).toEqual([inBin, inBin]);
      const { extension, realm } = await getExtension(owner, { id: each.id });
      expect(csv).toContain(`${customerId},${extension},,${realm},${extension},${inBin}\r\n`);
    }
    expect(await reasonOf(takeOnceFile(owner, { id }))).toBe("CONFLICT ONCE_FILE_GONE");
    expect((await getOnceFile(owner, { id })).state).toBe("gone");
    const [entry] = await installation.rows<{ after: string }>(
      "select cast(`after` as char) as `after` from admin_audit where action = 'job.take-once-file' and resource_id = ?",
      [id],
    );
    expect(JSON.parse(entry?.after ?? "")).toEqual({ type: "extension.rotate-many", rows: 24 });
  });

  test("a job's passwords can be read nowhere but in the file, not even with a copy of the database", async () => {
    const [made] = await addExtensions(1);
    const { id } = await startBulk(owner, "extension.rotate-many", { ids: [made?.id ?? ""] });
    await installation.runJobs();
    const [password] = await passwordIn(made?.id ?? "");
    const replies = await installation.rows<{ reply: Buffer }>("select reply from admin_receipts");
    expect(replies.some(({ reply }) => reply.includes(password))).toBe(false);
    // Another installation's AUTH_SECRET does not open it either.
    const stranger = { ...owner, ports: { ...owner.ports, secrets: createSecretBox("another secret, also long") } };
    expect(await reasonOf(takeOnceFile(stranger, { id }))).toBe("CONFLICT ONCE_FILE_GONE");
    expect((await takeOnceFile(owner, { id })).csv).toContain(password);
  });

  test("trunks get new passwords where they use one", async () => {
    const basic = await createTrunk(owner, {
      customerId,
      domainName: `b${randomUUID().slice(0, 8)}`,
      authTypes: ["basic"],
      username: "=pbx",
    });
    const byAddress = await createTrunk(owner, {
      customerId,
      domainName: `i${randomUUID().slice(0, 8)}`,
      authTypes: ["ip"],
      allowedIps: ["192.0.2.7"],
    });
    const ids = [basic.trunk.id, byAddress.trunk.id];
    const { id } = await startBulk(owner, "trunk.rotate-many", { ids });
    await installation.runJobs();
    expect(await getJob(owner, { id })).toMatchObject({ progress: { done: 1, skipped: 1 } });
    const { csv, rows } = await takeOnceFile(owner, { id });
    expect(rows).toBe(1);
    expect(csv).toContain(",'=pbx,");
    expect(csv).not.toContain(basic.password);
  });

  test("another customer's are not found, and nothing is begun", async () => {
    const [mine] = await addExtensions(1);
    const stranger = (await createCustomer(owner, { name: "Other", email: anEmail() })).id;
    const theirs = await asAdmin("admin", stranger);
    for (const type of ["extension.delete-many", "extension.rotate-many", "extension.restore-many"])
      expect(await reasonOf(startBulk(theirs, type, { ids: [mine?.id ?? ""] }))).toBe("NOT_FOUND EXTENSION_NOT_FOUND");
    expect((await countPhones(theirs, { ids: [mine?.id ?? ""] })).lookedAt).toBe(0);
    const reader = await asAdmin("support");
    expect(await reasonOf(startBulk(reader, "extension.rotate-many", { ids: [mine?.id ?? ""] }))).toMatch("FORBIDDEN");
  });
});
