import { randomBytes, randomUUID } from "node:crypto";
import mysql from "mysql2/promise";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, openDatabase, type Database } from "@/db/client";
import { parseMysqlDsn } from "@/db/dsn";
import { startBulk } from "@/server/domain/jobs";
import { platformContext, type Context } from "@/server/kernel/context";
import { claimJobs, finishJob, saveJobProgress } from "@/server/kernel/jobs";
import { MYSQL_URL } from "@/db/testing";
import { openTestInstallation, testRuntime, type TestInstallation } from "@/server/testing/installation";
import { createTrunk } from "../trunk/change";
import { createExtension } from "../extension/create";
import { driftState, listDrift } from "./findings";
import { lookNow, runDriftPass, scheduleDriftPass } from "./pass";
import { planDriftRepair, repairDrift } from "./repair";
import type { DriftFinding, DriftKind } from "./schemas";
import { deleteExtension, updateExtension } from "../extension/change";

let installation: TestInstallation;
beforeAll(async () => (installation = await openTestInstallation({}, { sip: true })));
afterAll(() => installation?.drop());

const REALM = "registrar.voipbin.test";
const bytes = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");
const asterisk = (sql: string, params?: unknown[]) => installation.asteriskRows<Record<string, unknown>>(sql, params);
const bin = (sql: string, params?: unknown[]) => installation.rows<Record<string, unknown>>(sql, params);

async function look(): Promise<void> {
  await lookNow(installation.context());
  await installation.runJobs();
}
async function found(customerId: string): Promise<DriftFinding[]> {
  return (await listDrift(installation.context(), { filter: { customerId }, size: 200 })).items;
}
let number = 1_000;
const addExtension = (customerId: string) =>
  createExtension(installation.context(), { customerId, extension: String(number++), password: "right-password" });
const addTrunk = (customerId: string) =>
  createTrunk(installation.context(), {
    customerId,
    domainName: `t${randomBytes(5).toString("hex")}`,
    authTypes: ["basic"],
    username: "trunk-user",
    password: "trunk-password",
  });
const contact = (endpoint: string) =>
  asterisk("insert into ps_contacts (id, uri, expiration_time, endpoint) values (?, 'sip:a@b', 9999999999, ?)", [
    randomUUID(),
    endpoint,
  ]);

/** Makes one thing wrong by hand. @returns the customer whose thing it is */
const WRONG: Record<string, { kind: DriftKind; make: (customerId: string) => Promise<unknown> }> = {
  "an account without an extension": {
    kind: "orphan",
    make: async (customerId) => {
      const endpoint = `77@${customerId}.${REALM}`;
      await asterisk("insert into ps_aors (id) values (?)", [endpoint]);
      await asterisk("insert into ps_auths (id, password) values (?, 'ghost-password')", [endpoint]);
      await contact(endpoint);
    },
  },
  ...Object.fromEntries(
    ["ps_aors", "ps_auths", "ps_endpoints"].map((table) => [
      `an extension without its row in ${table}`,
      {
        kind: "missing",
        make: async (customerId: string) => {
          const { extension } = await addExtension(customerId);
          await asterisk(`delete from ${table} where id = ?`, [extension.endpointId]);
        },
      },
    ]),
  ),
  "an extension without Kamailio's row": {
    kind: "missing",
    make: async (customerId) =>
      bin("delete from registrar_sip_auths where id = ?", [bytes((await addExtension(customerId)).extension.id)]),
  },
  "an account in other capitals": {
    kind: "missing",
    make: async (customerId) => {
      const { extension } = await createExtension(installation.context(), {
        customerId,
        extension: "front",
        password: "right-password",
      });
      await asterisk("update ps_aors set id = replace(id, 'front@', 'FRONT@') where id = ?", [extension.endpointId]);
    },
  },
  "an endpoint that leads elsewhere": {
    kind: "missing",
    make: async (customerId) =>
      asterisk("update ps_endpoints set aors = 'elsewhere' where id = ?", [
        (await addExtension(customerId)).extension.endpointId,
      ]),
  },
  "another password for REGISTER": {
    kind: "credential",
    make: async (customerId) =>
      asterisk("update ps_auths set password = 'wrong-password' where id = ?", [
        (await addExtension(customerId)).extension.endpointId,
      ]),
  },
  "another password for INVITE": {
    kind: "credential",
    make: async (customerId) =>
      bin("update registrar_sip_auths set password = 'wrong-password' where id = ?", [
        bytes((await addExtension(customerId)).extension.id),
      ]),
  },
  "another realm for REGISTER": {
    kind: "realm",
    make: async (customerId) =>
      asterisk("update ps_auths set realm = 'asterisk' where id = ?", [
        (await addExtension(customerId)).extension.endpointId,
      ]),
  },
  "another realm for INVITE": {
    kind: "realm",
    make: async (customerId) =>
      bin("update registrar_sip_auths set realm = 'asterisk' where id = ?", [
        bytes((await addExtension(customerId)).extension.id),
      ]),
  },
  "a very old extension without a realm": {
    kind: "no-realm",
    make: async (customerId) =>
      bin("update registrar_extensions set realm = null where id = ?", [
        bytes((await addExtension(customerId)).extension.id),
      ]),
  },
  "a phone that is registered with a deleted extension": {
    kind: "contact",
    make: async (customerId) => {
      const { extension } = await addExtension(customerId);
      await deleteExtension(installation.context(), { id: extension.id });
      await contact(extension.endpointId);
    },
  },
  "Kamailio's row of a deleted extension": {
    kind: "left-over",
    make: async (customerId) => {
      const { extension } = await addExtension(customerId);
      await deleteExtension(installation.context(), { id: extension.id });
      await bin(
        "insert into registrar_sip_auths (id, reference_type, realm, username, password) values (?, 'extension', ?, ?, 'old')",
        [bytes(extension.id), extension.realm, extension.username],
      );
    },
  },
  "two extensions of one user name": {
    kind: "duplicate",
    make: async (customerId) => {
      const [{ extension: one }, { extension: other }] = [
        await addExtension(customerId),
        await addExtension(customerId),
      ];
      // As a command of the original could.
      for (const table of ["registrar_extensions", "registrar_sip_auths"])
        await bin(`update ${table} set username = ? where id = ?`, [one.username, bytes(other.id)]);
      await asterisk("update ps_auths set username = ? where id = ?", [one.username, other.endpointId]);
    },
  },
  "a trunk without Kamailio's row": {
    kind: "missing",
    make: async (customerId) =>
      bin("delete from registrar_sip_auths where id = ?", [bytes((await addTrunk(customerId)).trunk.id)]),
  },
  "a trunk of another password": {
    kind: "credential",
    make: async (customerId) =>
      bin("update registrar_sip_auths set password = 'wrong-password' where id = ?", [
        bytes((await addTrunk(customerId)).trunk.id),
      ]),
  },
};

describe("a comparison", () => {
  test("finds nothing where both sides agree", async () => {
    const customerId = randomUUID();
    await addExtension(customerId);
    await addTrunk(customerId);
    const { extension } = await addExtension(customerId);
    await contact(extension.endpointId);
    await deleteExtension(installation.context(), { id: (await addExtension(customerId)).extension.id });
    await look();
    expect(await found(customerId)).toEqual([]);
    const { last, running } = await driftState(installation.context());
    expect(last).toMatchObject({ state: "done", by: "test", beyond: 0 });
    expect(last?.compared).toBeGreaterThanOrEqual(3);
    expect(running).toBeNull();
  });

  test.each(Object.entries(WRONG))("finds, plans and mends %s", async (_name, { kind, make }) => {
    const customerId = randomUUID();
    await make(customerId);
    await look();
    const [finding, ...others] = await found(customerId);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ kind });
    const ctx = installation.context();
    const plan = await planDriftRepair(ctx, { id: finding?.id ?? "" });
    expect(plan.state).toBe("mendable");
    expect(plan.steps.length).toBeGreaterThan(0);
    expect(JSON.stringify([finding, plan])).not.toMatch(/(right|wrong|ghost|trunk)-password/);
    expect(await repairDrift(ctx, { id: finding?.id ?? "" })).toEqual({ state: "repaired" });
    const audits = await bin(
      "select cast(`before` as char) as `before`, cast(`after` as char) as `after` from admin_audit where action = 'drift.repair' and customer_id = ?",
      [bytes(customerId)],
    );
    expect(audits).toHaveLength(1);
    expect(JSON.stringify(audits)).not.toMatch(/(right|wrong|ghost|trunk)-password/);
    expect(await found(customerId)).toEqual([]);
    await look();
    expect(await found(customerId)).toEqual([]);
  });

  test("names rows that were made by hand, and never touches them", async () => {
    const id = `hand-made-${randomUUID().slice(0, 8)}`;
    await asterisk("insert into ps_endpoints (id, aors) values (?, ?)", [id, id]);
    await asterisk("insert into ps_auths (id, password) values (?, 'by-hand')", [id]);
    await contact(id);
    await look();
    const { items } = await listDrift(installation.context(), { filter: { kind: "foreign" } });
    const [finding] = items.filter(({ subject }) => subject === id);
    expect(finding).toMatchObject({ kind: "foreign", customerId: null });
    expect(items.filter(({ subject }) => subject === id)).toHaveLength(1);
    const ctx = installation.context();
    expect(await planDriftRepair(ctx, { id: finding?.id ?? "" })).toMatchObject({ state: "by-hand", steps: [] });
    await expect(repairDrift(ctx, { id: finding?.id ?? "" })).rejects.toMatchObject({ reason: "DRIFT_NOT_OURS" });
    await startBulk(ctx, "drift.repair-many", { filter: {} });
    await installation.runJobs();
    expect(await asterisk("select id from ps_auths where id = ?", [id])).toHaveLength(1);
    expect(await asterisk("select id from ps_contacts where endpoint = ?", [id])).toHaveLength(1);
  });

  test("says so where a difference was mended meanwhile", async () => {
    const customerId = randomUUID();
    const { extension } = await addExtension(customerId);
    await asterisk("update ps_auths set password = 'x' where id = ?", [extension.endpointId]);
    await look();
    const [finding] = await found(customerId);
    await updateExtension(installation.context(), { id: extension.id, password: "another" });
    expect(await planDriftRepair(installation.context(), { id: finding?.id ?? "" })).toMatchObject({ state: "gone" });
    expect(await repairDrift(installation.context(), { id: finding?.id ?? "" })).toEqual({ state: "gone" });
    await expect(planDriftRepair(installation.context(), { id: finding?.id ?? "" })).rejects.toMatchObject({
      reason: "FINDING_NOT_FOUND",
    });
  });

  test("mends all that match as a job, row by row", async () => {
    const customerId = randomUUID();
    const made = [];
    for (let index = 0; index < 5; index++) made.push((await addExtension(customerId)).extension);
    const ids = made.map(({ endpointId }) => endpointId);
    await asterisk("delete from ps_aors where id in (?)", [ids]);
    await look();
    const ctx = installation.context();
    const { id, count } = await startBulk(ctx, "drift.repair-many", { filter: { customerId } });
    expect(count).toBe(5);
    await installation.runJobs();
    const results = await bin("select state from admin_job_results where job_id = ?", [bytes(id)]);
    expect(results.map(({ state }) => state)).toEqual(["done", "done", "done", "done", "done"]);
    expect(await found(customerId)).toEqual([]);
    expect(await asterisk("select id from ps_aors where id in (?)", [ids])).toHaveLength(5);
  });

  test("does not show what is being changed just now", async () => {
    const customerId = randomUUID();
    const { extension } = await addExtension(customerId);
    await asterisk("delete from ps_aors where id = ?", [extension.endpointId]);
    const connection = await installation.db.$client.promise().getConnection();
    await connection.query("start transaction");
    await connection.query("select id from registrar_extensions where id = ? for update", [bytes(extension.id)]);
    try {
      await look();
      expect(await found(customerId)).toEqual([]);
    } finally {
      await connection.query("rollback");
      connection.release();
    }
    await look();
    expect(await found(customerId)).toHaveLength(1);
  });

  test("is begun once by many workers, when it is time", async () => {
    const ctx = installation.context();
    await look();
    const count = async () => Number((await bin("select count(*) as n from admin_jobs where state = 'queued'"))[0]?.n);
    await Promise.all(Array.from({ length: 6 }, () => scheduleDriftPass(ctx, 3_600)));
    expect(await count()).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await Promise.all(Array.from({ length: 6 }, () => scheduleDriftPass(ctx, 0)));
    expect(await count()).toBe(1);
    await Promise.all(Array.from({ length: 6 }, () => lookNow(ctx)));
    expect(await count()).toBe(1);
    await installation.runJobs();
  });

  test("goes on where a killed worker stopped", async () => {
    const customerId = randomUUID();
    const { extension } = await addExtension(customerId);
    await asterisk("delete from ps_auths where id = ?", [extension.endpointId]);
    const ctx = installation.context();
    await lookNow(ctx);
    const { db, now } = installation.runtime;
    const [job] = await claimJobs(db, now(), "killed", 10);
    if (job === undefined) throw new Error("there is no job");
    let saves = 0;
    const dying = runDriftPass(ctx, job, async (progress) => {
      await saveJobProgress(db, now(), job, progress);
      if (++saves === 4) throw new Error("killed");
    });
    await expect(dying).rejects.toThrow("killed");
    await bin("update admin_jobs set due_at = '2020-01-01', locked_until = null, state = 'queued' where id = ?", [
      bytes(job.id),
    ]);
    await installation.runJobs();
    expect(await found(customerId)).toHaveLength(1);
    await finishJob(db, now(), job);
  });
});

test("both databases may be on servers that know nothing of each other", async () => {
  const admin = await mysql.createConnection(MYSQL_URL);
  const dsn = parseMysqlDsn(installation.url);
  const opened: Database[] = [];
  const users: string[] = [];
  const openAlone = async (database: string): Promise<Database> => {
    const user = `alone_${randomBytes(4).toString("hex")}`;
    users.push(user);
    await admin.query(`create user '${user}'@'%' identified by 'alone'`);
    await admin.query(`grant select, insert, update, delete on \`${database}\`.* to '${user}'@'%'`);
    const db = openDatabase({ ...dsn, user, password: "alone", database }, { size: 5 });
    opened.push(db);
    return db;
  };
  try {
    const [db, own] = [await openAlone(dsn.database), await openAlone(`${dsn.database}_asterisk`)];
    const runtime = testRuntime(db, {}, own);
    const ctx: Context = platformContext(runtime, { actor: { type: "service", id: "alone", name: "alone" } });
    const customerId = randomUUID();
    const { extension } = await createExtension(ctx, { customerId, extension: "1", password: "right-password" });
    await asterisk("delete from ps_endpoints where id = ?", [extension.endpointId]);
    await lookNow(ctx);
    const [job] = await claimJobs(db, runtime.now(), "alone", 10);
    if (job === undefined) throw new Error("there is no job");
    await runDriftPass(ctx, job, async (progress) => void (await saveJobProgress(db, runtime.now(), job, progress)));
    await finishJob(db, runtime.now(), job);
    const [finding] = (await listDrift(ctx, { filter: { customerId } })).items;
    expect(await repairDrift(ctx, { id: finding?.id ?? "" })).toEqual({ state: "repaired" });
    expect(await asterisk("select id from ps_endpoints where id = ?", [extension.endpointId])).toHaveLength(1);
  } finally {
    await Promise.all(opened.map(closeDatabase));
    for (const user of users) await admin.query(`drop user '${user}'@'%'`);
    await admin.end();
  }
});
