import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createExtension, settleAccounts, type ExtensionWithPassword } from "@/server/domain/registrar";
import { platformContext, type Runtime } from "@/server/kernel/context";
import { openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import type { Line } from "@/server/testing/registrar/doomed-change";
import { bundle, type Bundles } from "@/server/testing/wire/bundle";
import { startProcess } from "@/server/testing/wire/process";
import { createSettler } from "./settler";

let installation: TestInstallation;
let bundles: Bundles;
beforeAll(async () => {
  [installation, bundles] = await Promise.all([
    openTestInstallation({}, { sip: true, apart: true }),
    bundle({ "doomed-change.mjs": "server/testing/registrar/doomed-change.ts" }),
  ]);
});
afterAll(async () => {
  bundles?.remove();
  await installation?.drop();
});

const PATIENCE_MS = 60_000;
const REALM = "registrar.voipbin.test";
let number = 1_000;
const addExtension = (password = "first-password"): Promise<ExtensionWithPassword> =>
  createExtension(installation.context(), { customerId: randomUUID(), extension: String(number++), password });

/** Runs a change in a process that dies at a line of it. */
async function dieIn(line: Line, verb: string, input: object): Promise<void> {
  const urls = [installation.url, installation.asteriskUrl];
  const doomed = startProcess(bundles.path("doomed-change.mjs"), process.env, [
    line,
    verb,
    JSON.stringify(input),
    ...urls,
  ]);
  expect(await doomed.end(), doomed.output()).toBe("SIGKILL");
}

/** Everything of an account, as the two databases hold it. */
async function account(endpoint: string) {
  const count = async (table: string, column = "id") =>
    Number(
      (
        await installation.asteriskRows<{ count: number }>(
          `select count(*) as count from ${table} where ${column} = ?`,
          [endpoint],
        )
      )[0]?.count,
    );
  const [auth] = await installation.asteriskRows<{ password: string }>("select password from ps_auths where id = ?", [
    endpoint,
  ]);
  const live = await installation.rows<{ password: string }>(
    "select password from registrar_extensions where endpoint_id = ? and row_deleted = 0",
    [endpoint],
  );
  return {
    rows: [await count("ps_aors"), await count("ps_auths"), await count("ps_endpoints")].join(),
    contacts: await count("ps_contacts", "endpoint"),
    notes: await count("admin_unsettled", "endpoint"),
    asterisk: auth?.password ?? null,
    bin: live[0]?.password ?? null,
  };
}

/** Runs settlers until no note is left. */
async function settled(runtimes: Runtime[] = [installation.runtime], patienceMs = PATIENCE_MS): Promise<void> {
  const settlers = runtimes.map((runtime) => createSettler(runtime, 100));
  for (const settler of settlers) settler.start();
  try {
    await vi.waitFor(
      async () => expect(await installation.asteriskRows("select endpoint from admin_unsettled")).toEqual([]),
      { timeout: patienceMs, interval: 100 },
    );
  } finally {
    await Promise.all(settlers.map((settler) => settler.stop()));
  }
}

const NONE = { rows: "0,0,0", contacts: 0, notes: 0, asterisk: null, bin: null };
const whole = (password: string) => ({ ...NONE, rows: "1,1,1", asterisk: password, bin: password });

describe("a process that dies between the commits of the two databases", () => {
  test("leaves no account whose extension was not created", async () => {
    const customerId = randomUUID();
    const endpoint = `2000@${customerId}.${REALM}`;
    await dieIn("bin", "create", { customerId, extension: "2000", password: "never-created" });
    expect(await account(endpoint)).toEqual({ ...NONE, rows: "1,1,1", notes: 1, asterisk: "never-created" });
    await settled();
    expect(await account(endpoint)).toEqual(NONE);
    const audit = await installation.rows<{ before_json: string; customer: Buffer; actor_id: string }>(
      "select cast(`before` as char) as before_json, customer_id as customer, actor_id from admin_audit where action = 'extension.settle' and resource_id = ?",
      [endpoint.slice(0, 64)],
    );
    expect(audit).toHaveLength(1);
    expect(audit[0]?.actor_id).toBe("settle");
    expect(audit[0]?.customer.toString("hex")).toBe(customerId.replaceAll("-", ""));
    expect(audit[0]?.before_json).not.toContain("never-created");
    // The number is not blocked.
    await createExtension(installation.context(), { customerId, extension: "2000", password: "second" });
    await settled();
    expect(await account(endpoint)).toEqual(whole("second"));
  });

  test("leaves no password that bin_manager does not have", async () => {
    const { extension } = await addExtension();
    await dieIn("bin", "update", { id: extension.id, password: "half-changed" });
    expect(await account(extension.endpointId)).toMatchObject({ asterisk: "half-changed", bin: "first-password" });
    await settled();
    expect(await account(extension.endpointId)).toEqual(whole("first-password"));
  });

  test("leaves no live extension without its account", async () => {
    const { extension } = await addExtension();
    await dieIn("bin", "delete", { id: extension.id });
    expect(await account(extension.endpointId)).toMatchObject({ rows: "0,0,0", bin: "first-password" });
    await settled();
    expect(await account(extension.endpointId)).toEqual(whole("first-password"));
  });

  test("before the first commit or after the last leaves what is right", async () => {
    const { extension } = await addExtension();
    await dieIn("asterisk", "update", { id: extension.id, password: "not-at-all" });
    await dieIn("note", "update", { id: extension.id, password: "whole" });
    expect(await account(extension.endpointId)).toMatchObject({ asterisk: "whole", bin: "whole", notes: 1 });
    await settled();
    expect(await account(extension.endpointId)).toEqual(whole("whole"));
    expect(
      await installation.rows("select id from admin_audit where action = 'extension.settle' and resource_id = ?", [
        extension.id,
      ]),
    ).toEqual([]);
  });
});

/** Leaves a note that has waited long enough. */
const note = (endpoint: string) =>
  installation.asteriskRows("insert into admin_unsettled values (?, ?, '2020-01-01 00:00:00.000000')", [
    Buffer.from(randomUUID().replaceAll("-", ""), "hex"),
    endpoint,
  ]);

describe("settling", () => {
  test("by two workers at once mends each account once", async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => addExtension()));
    for (const { extension } of made) {
      await installation.asteriskRows("delete from ps_auths where id = ?", [extension.endpointId]);
      await note(extension.endpointId);
    }
    await settled([installation.runtime, installation.runtime]);
    for (const { extension } of made) expect(await account(extension.endpointId)).toEqual(whole("first-password"));
    const ids = made.map(({ extension }) => extension.id);
    const audits = await installation.rows(
      "select id from admin_audit where action = 'extension.settle' and resource_id in (?)",
      [ids],
    );
    expect(audits).toHaveLength(20);
  });

  test("takes nothing away that is still being created, however long that takes", async () => {
    const customerId = randomUUID();
    const endpoint = `3000@${customerId}.${REALM}`;
    const { held, release } = holdCommit(installation.runtime);
    const creation = createExtension(platformContext(held, { actor: installation.context().actor }), {
      customerId,
      extension: "3000",
      password: "slow",
    });
    await vi.waitFor(async () => expect(await account(endpoint)).toMatchObject({ rows: "1,1,1", bin: null }), {
      timeout: PATIENCE_MS,
    });
    await installation.asteriskRows("update admin_unsettled set tm_create = '2020-01-01 00:00:00.000000'");
    const settling = settled([installation.runtime, installation.runtime]);
    await waitsForIt(endpoint);
    release();
    await creation;
    await settling;
    expect(await account(endpoint)).toEqual(whole("slow"));
    expect(
      await installation.rows(
        "select id from admin_audit where action = 'extension.settle' and resource_id like '3000@%'",
      ),
    ).toEqual([]);
  });

  test("never removes an account that is created while it looks", async () => {
    const customerId = randomUUID();
    const endpoints: string[] = [];
    let creating = true;
    const settler = (async () => {
      const ctx = platformContext(installation.runtime, { actor: { type: "system", id: "settle", name: "settle" } });
      while (creating) await settleAccounts(ctx, null);
    })();
    for (let index = 0; index < 150; index++) {
      const extension = String(40_000 + index);
      endpoints.push(`${extension}@${customerId}.${REALM}`);
      // A note of an earlier, failed creation makes the settler look while the account is made.
      await note(endpoints.at(-1) ?? "");
      await installation.asteriskRows("insert into ps_aors (id) values (?)", [endpoints.at(-1)]);
      await createExtension(installation.context(), { customerId, extension, password: "kept" });
    }
    creating = false;
    await settler;
    await settled();
    for (const endpoint of endpoints) expect(await account(endpoint)).toEqual(whole("kept"));
  }, 300_000);

  test("goes on behind what it cannot settle", async () => {
    const held = await Promise.all(Array.from({ length: 3 }, () => addExtension()));
    const { extension } = await addExtension();
    for (const each of [...held.map((each) => each.extension), extension]) {
      await installation.asteriskRows("delete from ps_aors where id = ?", [each.endpointId]);
      await note(each.endpointId);
    }
    const [connection] = [await installation.db.$client.promise().getConnection()];
    await connection.query("start transaction");
    await connection.query("select id from registrar_extensions where endpoint_id in (?) for update", [
      held.map((each) => each.extension.endpointId),
    ]);
    const settler = createSettler(installation.runtime, 50);
    settler.start();
    await vi.waitFor(async () => expect(await account(extension.endpointId)).toEqual(whole("first-password")), {
      timeout: PATIENCE_MS,
    });
    await connection.query("rollback");
    connection.release();
    await settler.stop();
    await settled();
    for (const each of held) expect(await account(each.extension.endpointId)).toEqual(whole("first-password"));
  });
});

/** Waits until a settler is held up by whoever is changing an account, for the third time. */
async function waitsForIt(endpoint: string): Promise<void> {
  const seen = new Set<string>();
  await vi.waitFor(
    async () => {
      const waiting = await installation.rows<{ trx_id: bigint | string }>(
        "select trx_id from information_schema.innodb_trx where trx_state = 'LOCK WAIT' and trx_query like ?",
        [`%${endpoint}%`],
      );
      for (const { trx_id } of waiting) seen.add(String(trx_id));
      expect(seen.size).toBeGreaterThanOrEqual(3);
    },
    // The server shows its locks as they were while somebody asks more often than ten times a second.
    { timeout: PATIENCE_MS, interval: 200 },
  );
}

/** The same process, whose commits in bin_manager wait until they are released. */
function holdCommit(runtime: Runtime): { held: Runtime; release: () => void } {
  const { db } = runtime;
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const client = new Proxy(db.$client, {
    get(pool, key) {
      if (key !== "getConnection") return Reflect.get(pool, key) as unknown;
      return (done: (error: unknown, connection: unknown) => void) =>
        pool.getConnection((error, connection) => {
          const slow = new Proxy(connection, {
            get(of, name) {
              const value: unknown = Reflect.get(of, name);
              if (typeof value !== "function") return value;
              if (name !== "query") return value.bind(of) as unknown;
              return (...args: unknown[]) => {
                const [statement] = args as [{ sql?: string }];
                const send = (): unknown => Reflect.apply(value, of, args);
                return statement.sql === "commit" ? void released.then(() => void send()) : send();
              };
            },
          });
          done(error, slow);
        });
    },
  });
  return { held: { ...runtime, db: Object.create(db, { $client: { value: client } }) as Runtime["db"] }, release };
}
