import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, openDatabase, type Database } from "@/db/client";
import { parseMysqlDsn, type MySqlDsn } from "@/db/dsn";
import type { Runtime } from "@/server/kernel/context";
import { openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { accountsOf, numbersHeld, numbersWanted, settle } from "@/server/testing/registrar/accounts";
import { startCommitCutter, type CommitCutter, type Cut } from "./commit-cutter";
import { createDeliverer } from "./deliveries";
import { idOf } from "./other-ways";
import { REGISTRAR } from "./served";

const MOMENTS: readonly Cut[] = ["never", "before it is sent", "after it is sent", "after its answer"];

let installation: TestInstallation;
let cutters: Record<"bin" | "asterisk", CommitCutter>;
/** As on two servers, and as on one. */
let runtimes: Record<"two servers" | "one server", Runtime>;
const opened: Database[] = [];

beforeAll(async () => {
  installation = await openTestInstallation({}, { sip: true });
  const [bin, asterisk] = [parseMysqlDsn(installation.url), parseMysqlDsn(installation.asteriskUrl)];
  cutters = { bin: await startCommitCutter(bin), asterisk: await startCommitCutter(asterisk) };
  const through = ({ port }: CommitCutter, dsn: MySqlDsn): Database => {
    const db = openDatabase({ ...dsn, host: "127.0.0.1", port }, { size: 8 });
    opened.push(db);
    return db;
  };
  const db = through(cutters.bin, bin);
  runtimes = {
    "two servers": { ...installation.runtime, db, asterisk: through(cutters.asterisk, asterisk) },
    "one server": { ...installation.runtime, db, asterisk: through(cutters.bin, asterisk) },
  };
});
afterAll(async () => {
  for (const db of opened) await closeDatabase(db);
  for (const cutter of Object.values(cutters ?? {})) await cutter.close();
  await installation?.drop();
});

describe.each([
  ["bin", "two servers"],
  ["asterisk", "two servers"],
  ["bin", "one server"],
] as const)("where the %s database, of two on %s, is cut off in the middle of commits", (which, where) => {
  test("no answer about an extension is untrue, and both databases agree within seconds", async () => {
    const deliver = createDeliverer(runtimes[where], {}, REGISTRAR);
    const before = cutters[which].cuts();
    const customerId = randomUUID();
    const told = new Map<string, string>();
    const refused: string[] = [];
    let commits = 0;
    cutters[which].decide = () => MOMENTS[commits++ % MOMENTS.length] ?? "never";
    const statuses = new Set<number>();
    const call = async (method: string, uri: string, data?: object) => {
      const reply = await deliver(method, uri, data);
      statuses.add(reply.status_code ?? 0);
      return reply;
    };
    await Promise.all(
      Array.from({ length: 6 }, async (_, lane) => {
        for (let i = 0; i < 20; i++) {
          const [extension, password] = [`${lane}${String(i).padStart(2, "0")}`, `pw-${randomUUID()}`];
          const created = await call("POST", "/v1/extensions", { customer_id: customerId, extension, password });
          if (created.status_code !== 200) {
            refused.push(extension);
            continue;
          }
          told.set(extension, password);
          const uri = `/v1/extensions/${idOf(created)}`;
          if ((await call("PUT", uri, { password: `${password}-2` })).status_code === 200)
            told.set(extension, `${password}-2`);
          if (i % 3 === 0 && (await call("DELETE", uri)).status_code === 200) told.delete(extension);
        }
      }),
    );
    cutters[which].decide = () => "never";
    expect(
      [...statuses].every((status) => status === 200 || status === 503),
      [...statuses].join(),
    ).toBe(true);
    expect(cutters[which].cuts() - before).toBeGreaterThan(60);
    expect(told.size).toBeGreaterThan(20);

    // What could not be made is neither there nor in anybody's way.
    const { extensions } = await numbersHeld(installation, customerId);
    expect(extensions).toEqual(numbersWanted(told).extensions);
    for (const extension of refused.slice(0, 10)) {
      const again = await call("POST", "/v1/extensions", { customer_id: customerId, extension, password: "pw-again" });
      expect(again.status_code).toBe(200);
      told.set(extension, "pw-again");
    }
    await settle(installation);
    expect(await numbersHeld(installation, customerId)).toEqual(numbersWanted(told));
    const repeated = await installation.rows(
      "select json_value(body, '$.data.id') as id from admin_outbox where type = 'extension_created' group by 1 having count(*) > 1",
    );
    expect(repeated).toEqual([]);
  }, 120_000);
});

test.each(["POST", "PUT", "DELETE"])(
  "%s that is delivered again says what it said, and changes nothing",
  async (method) => {
    const deliver = createDeliverer(installation.runtime, {}, REGISTRAR);
    const customerId = randomUUID();
    const create = { customer_id: customerId, extension: "1001", password: "pw-first" };
    const correlationId = randomUUID();
    let [uri, data]: [string, object | undefined] = ["/v1/extensions", create];
    if (method !== "POST") {
      uri = `/v1/extensions/${idOf(await deliver("POST", uri, create))}`;
      data = method === "PUT" ? { password: "pw-put" } : undefined;
    }
    const first = await deliver(method, uri, data, { correlationId });
    // Meanwhile somebody else changes it: the repeat must neither undo that nor speak of it.
    const id = idOf(first);
    if (method === "DELETE") await deliver("POST", "/v1/extensions", { ...create, password: "pw-meanwhile" });
    else await deliver("PUT", `/v1/extensions/${id}`, { password: "pw-meanwhile" });
    for (const redelivered of [true, false])
      expect(await deliver(method, uri, data, { correlationId, redelivered })).toMatchObject({
        status_code: 200,
        data: first.data,
      });
    const { auths, sipAuths } = await accountsOf(installation, customerId);
    expect([auths.map(({ password }) => password), sipAuths.map(({ password }) => password)]).toEqual([
      ["pw-meanwhile"],
      ["pw-meanwhile"],
    ]);
  },
);
