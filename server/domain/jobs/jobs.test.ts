import { spawn } from "node:child_process";
import { once } from "node:events";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAccessKey, createCustomer, getAccessKey, getCustomer } from "@/server/domain/customer";
import { isSet } from "@/server/kernel/clock";
import { EVERYONE, type Context } from "@/server/kernel/context";
import { isDomainError } from "@/server/kernel/errors";
import { claimJobs, finishJob, saveJobProgress } from "@/server/kernel/jobs";
import { ACCESS_KEY_RIGHTS, rightsOf, type Role } from "@/server/kernel/permissions";
import { jobHandlers } from "@/server/jobs/handlers";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { createAdmin } from "@/server/testing/rights/tenant";
import { cancelBulk, getJob, listJobResults, listJobs, listRunningJobs, retryEndedJob, startBulk, undoBulk } from ".";

let installation: TestInstallation;
beforeAll(async () => (installation = await openTestInstallation()));
afterAll(() => installation.drop());

const hex = (id: string): string => id.replaceAll("-", "");

async function asAdmin(role: Role, customerId: string | null = null): Promise<Context> {
  const { adminId, sessionId } = await createAdmin(installation, role, customerId);
  return installation.context({
    actor: { type: "admin", id: adminId, name: `admin ${role}`, role, customerId, sessionId },
    tenant: customerId === null ? EVERYONE : { all: false, customerId },
    rights: rightsOf(role, customerId),
  });
}

/** Customers of one name, so that a filter finds them and no others. */
async function addCustomers(count: number): Promise<{ name: string; ids: string[] }> {
  const name = `Bulk ${randomUUID()}`;
  const ids: string[] = [];
  for (let index = 0; index < count; index++)
    ids.push((await createCustomer(installation.context(), { name, email: anEmail() })).id);
  return { name, ids };
}

const isDeleted = async (id: string): Promise<boolean> =>
  isSet((await getCustomer(installation.context(), { id })).tmDelete);
const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: unknown) => (isDomainError(error) ? `${error.code} ${error.reason}` : String(error)),
  );

describe("a bulk job", () => {
  test("deletes what was named, row by row, in the name of who asked", async () => {
    const owner = await asAdmin("owner");
    const { ids } = await addCustomers(3);
    const gone = randomUUID();
    const { id, count } = await startBulk(owner, "customer.delete-many", { ids: [...ids, gone, ids[0] ?? ""] });
    expect(count).toBe(4);
    expect((await listRunningJobs(owner)).map((job) => job.id)).toEqual([id]);
    await installation.runJobs();

    expect(await getJob(owner, { id })).toMatchObject({
      state: "done",
      progress: { total: 4, done: 3, skipped: 0, failed: 1 },
      owner: { name: "admin owner" },
      can: { cancel: false, retry: true, undo: true },
    });
    expect(await Promise.all(ids.map(isDeleted))).toEqual([true, true, true]);
    const { items } = await listJobResults(owner, { id, state: "failed" });
    expect(items).toMatchObject([{ itemId: gone, reason: "CUSTOMER_NOT_FOUND" }]);
    const audit = await installation.rows<{ actor_name: string; actor_id: string }>(
      "select actor_name, actor_id from admin_audit where action = 'customer.delete' and resource_id = ?",
      [ids[1]],
    );
    expect(audit).toEqual([{ actor_name: "admin owner", actor_id: owner.actor.id }]);
    expect(await listRunningJobs(owner)).toEqual([]);
  });

  test("that two workers hold does each row once, and counts each once", async () => {
    const owner = await asAdmin("owner");
    const { ids } = await addCustomers(45);
    const { id } = await startBulk(owner, "customer.delete-many", { ids });
    const { db, now, ports } = installation.runtime;
    const job = (await claimJobs(db, now(), "first", 100)).find((each) => each.id === id);
    const handler = jobHandlers(ports)["customer.delete-many"];
    if (job === undefined || handler === undefined) throw new Error("there is no such job");
    const save = async (progress?: object): Promise<void> => void (await saveJobProgress(db, now(), job, progress));
    let alone = true;
    await handler(installation.context(), job, async (progress) => {
      // The first is so slow that its claim runs out, and a second one does all the rest.
      if (alone) {
        alone = false;
        await handler(installation.context(), job, save);
      }
      await save(progress);
    });
    await finishJob(db, now(), job);
    expect(await getJob(owner, { id })).toMatchObject({ state: "done", progress: { total: 45, done: 45, failed: 0 } });
    const [audit] = await installation.rows<{ count: number }>(
      "select count(*) as count from admin_audit where action = 'customer.delete' and actor_id = ?",
      [owner.actor.id],
    );
    expect(Number(audit?.count)).toBe(45);
    await installation.runJobs();
  });

  test("works on all that match when it begins, and on none that comes later", async () => {
    const owner = await asAdmin("owner");
    const { name, ids } = await addCustomers(5);
    const other = await addCustomers(1);
    const { id, count } = await startBulk(owner, "customer.delete-many", { filter: { name, deleted: false } });
    expect(count).toBe(5);
    const late = await createCustomer(installation.context(), { name, email: anEmail() });
    await installation.runJobs();
    expect((await getJob(owner, { id })).progress).toMatchObject({ gathering: false, total: 5, done: 5 });
    expect(await Promise.all([...ids, late.id, ...other.ids].map(isDeleted))).toEqual([
      ...ids.map(() => true),
      false,
      false,
    ]);
  });

  test("gathers more rows than fit a page, each once", async () => {
    const owner = await asAdmin("owner");
    const { name } = await addCustomers(1);
    const { customerId } = await addKeys(450, name);
    const { id } = await startBulk(owner, "access-key.revoke-many", { filter: { customerId, deleted: false } });
    await installation.runJobs();
    expect((await getJob(owner, { id })).progress).toMatchObject({ total: 450, done: 450, failed: 0 });
    expect((await listJobResults(owner, { id, size: 200 })).total.count).toBe(450);
  });

  test("is taken back as another job, once, and only what it has done itself", async () => {
    const owner = await asAdmin("owner");
    const { ids } = await addCustomers(3);
    await startBulk(owner, "customer.delete-many", { ids: ids.slice(0, 1) });
    await installation.runJobs();
    const { id } = await startBulk(owner, "customer.delete-many", { ids });
    await installation.runJobs();
    expect((await getJob(owner, { id })).progress).toMatchObject({ done: 2, skipped: 1 });

    const undo = await undoBulk(owner, { id });
    await installation.runJobs();
    expect(await getJob(owner, { id: undo.id })).toMatchObject({ state: "done", progress: { total: 2, done: 2 } });
    expect(await Promise.all(ids.map(isDeleted))).toEqual([true, false, false]);
    expect(await reasonOf(undoBulk(owner, { id }))).toBe("CONFLICT JOB_UNDONE");
  });

  test("that is cancelled stops, keeps what is done, and goes on when it is tried again", async () => {
    const owner = await asAdmin("owner");
    const { ids } = await addCustomers(3);
    const { id } = await startBulk(owner, "customer.delete-many", { ids });
    expect((await cancelBulk(owner, { id })).state).toBe("cancelled");
    expect((await cancelBulk(owner, { id })).state).toBe("cancelled");
    await installation.runJobs();
    expect(await Promise.all(ids.map(isDeleted))).toEqual([false, false, false]);
    await retryEndedJob(owner, { id });
    await installation.runJobs();
    expect(await getJob(owner, { id })).toMatchObject({ state: "done", progress: { done: 3 } });
    expect(await reasonOf(retryEndedJob(owner, { id }))).toBe("CONFLICT JOB_NOT_FAILED");
  });

  test("tries its failed rows again, and those alone", async () => {
    const owner = await asAdmin("owner");
    const { ids } = await addCustomers(2);
    const taken = anEmail();
    await installation.rows("update customer_customers set email = ? where id = unhex(?)", [taken, hex(ids[0] ?? "")]);
    await startBulk(owner, "customer.delete-many", { ids });
    await installation.runJobs();
    const rival = await createCustomer(installation.context(), { name: "Rival", email: taken });
    const { id } = await startBulk(owner, "customer.restore-many", { ids });
    await installation.runJobs();
    expect((await getJob(owner, { id })).progress).toMatchObject({ done: 1, failed: 1 });

    await installation.rows("update customer_customers set email = ? where id = unhex(?)", [anEmail(), hex(rival.id)]);
    await retryEndedJob(owner, { id });
    await installation.runJobs();
    expect((await getJob(owner, { id })).progress).toMatchObject({ done: 2, failed: 0 });
  });
});

async function addKeys(count: number, name: string): Promise<{ customerId: string; ids: string[] }> {
  const { id: customerId } = await createCustomer(installation.context(), { name, email: anEmail() });
  const ids: string[] = [];
  for (let index = 0; index < count; index++)
    ids.push((await createAccessKey(installation.context(), { customerId, name: `key ${index}` })).key.id);
  return { customerId, ids };
}

describe("whose rights a bulk job has", () => {
  test("nobody begins what he may not do, or with another customer's records", async () => {
    const own = await addKeys(1, "Own");
    const foreign = await addKeys(1, "Foreign");
    const admin = await asAdmin("admin", own.customerId);
    expect(await reasonOf(startBulk(admin, "customer.delete-many", { ids: [own.customerId] }))).toBe(
      "FORBIDDEN MISSING_RIGHT",
    );
    expect(await reasonOf(startBulk(await asAdmin("support"), "access-key.revoke-many", { ids: own.ids }))).toBe(
      "FORBIDDEN MISSING_RIGHT",
    );
    expect(await reasonOf(startBulk(admin, "access-key.revoke-many", { ids: foreign.ids }))).toBe(
      "NOT_FOUND ACCESS_KEY_NOT_FOUND",
    );
    const all = await startBulk(admin, "access-key.revoke-many", { filter: { deleted: false } });
    expect(all.count).toBe(1);
    await installation.runJobs();
    const [key] = foreign.ids;
    expect(isSet((await getAccessKey(installation.context(), { id: key ?? "" })).tmDelete)).toBe(false);
  });

  test("rights and tenant are those of the moment at which a row is done", async () => {
    const { customerId, ids } = await addKeys(2, "Lost");
    const admin = await asAdmin("admin", customerId);
    const { id } = await startBulk(admin, "access-key.revoke-many", { ids });
    await installation.rows("update admin_users set role = 'billing-read' where id = unhex(?)", [hex(admin.actor.id)]);
    await installation.runJobs();
    expect((await getJob(admin, { id })).progress).toMatchObject({ done: 0, failed: 2 });

    await installation.rows("update admin_users set role = 'admin', customer_id = unhex(?) where id = unhex(?)", [
      hex(randomUUID()),
      hex(admin.actor.id),
    ]);
    await retryEndedJob(admin, { id });
    await installation.runJobs();
    expect((await listJobResults(admin, { id })).items.map(({ reason }) => reason)).toEqual([
      "ACCESS_KEY_NOT_FOUND",
      "ACCESS_KEY_NOT_FOUND",
    ]);

    await installation.rows("update admin_users set tm_delete = tm_create where id = unhex(?)", [hex(admin.actor.id)]);
    await retryEndedJob(admin, { id });
    await installation.runJobs();
    expect((await listJobResults(admin, { id })).items.map(({ reason }) => reason)).toEqual([
      "ASKER_GONE",
      "ASKER_GONE",
    ]);
  });

  test("a customer's people and programs see their own jobs alone", async () => {
    const own = await addKeys(1, "Own");
    const foreign = await addKeys(1, "Foreign");
    const admin = await asAdmin("admin", own.customerId);
    const other = await asAdmin("admin", foreign.customerId);
    const { id } = await startBulk(other, "access-key.revoke-many", { ids: foreign.ids });
    expect(await reasonOf(getJob(admin, { id }))).toBe("NOT_FOUND JOB_NOT_FOUND");
    expect(await reasonOf(listJobResults(admin, { id }))).toBe("NOT_FOUND JOB_NOT_FOUND");
    expect(await reasonOf(cancelBulk(admin, { id }))).toBe("NOT_FOUND JOB_NOT_FOUND");
    expect((await listJobs(admin, {})).items).toEqual([]);
    expect((await listJobs(other, {})).items.map((job) => job.id)).toEqual([id]);
    const program = installation.context({
      actor: { type: "access-key", id: own.ids[0] ?? "", name: "key", customerId: own.customerId },
      tenant: { all: false, customerId: own.customerId },
      rights: ACCESS_KEY_RIGHTS,
    });
    expect((await listJobs(program, {})).items).toEqual([]);
  });
});

/** Starts a worker process, and waits until it works. @returns what kills it */
async function startWorker(): Promise<() => Promise<void>> {
  const path = new URL("../../testing/job-worker.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, ["--import", "tsx", path, installation.url], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return async () => {
    const closed = once(child, "close");
    child.kill("SIGKILL");
    await closed;
  };
}

test(
  "a bulk job whose worker is killed again and again does each row once and loses none",
  { timeout: 600_000 },
  async () => {
    const owner = await asAdmin("owner");
    const { name, ids } = await addCustomers(120);
    const { id } = await startBulk(owner, "customer.delete-many", { filter: { name, deleted: false } });
    for (let kills = 0; kills < 6 && (await getJob(owner, { id })).state !== "done"; kills++) {
      const kill = await startWorker();
      // Somewhere in its work: from the first statement to some pages later.
      await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 130));
      await kill();
      // as if the lease of the dead had run out
      await installation.rows("update admin_jobs set due_at = tm_create where state = 'running'");
    }
    await installation.runJobs();
    expect((await getJob(owner, { id })).progress).toMatchObject({ total: 120, done: 120, skipped: 0, failed: 0 });
    for (const table of ["customer.delete", "access-key.revoke"])
      expect(
        await installation.rows(
          "select resource_id from admin_audit where action = ? group by resource_id having count(*) > 1",
          [table],
        ),
      ).toEqual([]);
    const done = await installation.rows<{ count: number }>(
      "select count(*) as count from admin_audit where action = 'customer.delete' and actor_id = ?",
      [owner.actor.id],
    );
    expect(Number(done[0]?.count)).toBe(ids.length);
  },
);
