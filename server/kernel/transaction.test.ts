import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { closeDatabase, openDatabase, type Database } from "@/db/client";
import { parseMysqlDsn } from "@/db/dsn";
import { createCustomer } from "@/server/domain/customer";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { startTcpProxy, type TcpProxy } from "@/server/testing/tcp-proxy";
import { isDomainError } from "./errors";
import { receiptFor } from "./receipts";
import { inTransaction } from "./transaction";

let installation: TestInstallation;
let proxy: TcpProxy;
let broken: Database;
/** A pool of one connection: what is left of a transaction is met by the next. */
let single: Database;
beforeAll(async () => {
  installation = await openTestInstallation({}, { sip: true });
  const dsn = parseMysqlDsn(installation.url);
  proxy = await startTcpProxy({ host: dsn.host, port: dsn.port });
  broken = openDatabase({ ...dsn, host: "127.0.0.1", port: proxy.port }, { size: 16 });
  single = openDatabase(dsn, { size: 1 });
});
afterEach(() => proxy.resume());
afterAll(async () => {
  await closeDatabase(broken);
  await closeDatabase(single);
  await proxy.close();
  await installation.drop();
});

test("whatever moment the database is lost in, the answer is true and the change is there once or not at all", async () => {
  const answers = new Map<string, string>();
  let [cutting, made, cuts] = [true, 0, 0];
  const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  // Between two cuts some changes are made, however slow the machine is.
  const cutter = (async () => {
    while (cutting) {
      await sleep(3 + Math.random() * 12);
      proxy.cut();
      cuts++;
      for (const before = made; cutting && made < before + 4;) await sleep(1);
    }
  })();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let i = 0; i < 40; i++) {
        const email = anEmail();
        const context = installation.context({ db: broken, receipt: receiptFor([randomUUID()]) });
        try {
          answers.set(email, (await createCustomer(context, { email })).id);
          made++;
        } catch (error) {
          answers.set(email, isDomainError(error) ? error.code : "lost");
        }
      }
    }),
  );
  cutting = false;
  await cutter;
  const rows = await installation.rows<{ email: string; id: string }>(
    "select email, lower(hex(id)) as id from customer_customers",
  );
  const stored = new Map(rows.map((row) => [row.email, row.id]));
  expect(stored.size).toBe(rows.length);
  const untrue = [...answers].filter(([email, answer]) => {
    const id = stored.get(email);
    return /^[0-9a-f-]{36}$/.test(answer) ? id !== answer.replaceAll("-", "") : id !== undefined;
  });
  expect(untrue).toEqual([]);
  const [events] = await installation.rows<{ count: number }>("select count(*) as count from admin_outbox");
  expect(Number(events?.count)).toBe(rows.length);
  expect(made).toBeGreaterThan(100);
  expect(cuts).toBeGreaterThan(10);
});

test("what is written to a second database of the same server is there with the first, or not at all", async () => {
  const { asterisk } = installation.runtime;
  if (asterisk === null) throw new Error("no second database");
  const held = async (id: string) =>
    (
      await Promise.all([
        installation.rows("select name from admin_locks where name = ?", [id]),
        installation.asteriskRows("select id from ps_aors where id = ?", [id]),
      ])
    ).map((rows) => rows.length);
  const change = (id: string, last: string): Promise<void> =>
    inTransaction(installation.context({ db: single }), (tx) => {
      expect(tx.commitsApart(asterisk)).toBe(false);
      tx.writeTo(asterisk, { sql: "insert into ps_aors (id) values (?)", params: [id] });
      tx.writeTo(asterisk, { sql: last, params: [] });
      tx.write({ sql: "insert into admin_locks (name) values (?)", params: [id] });
    });
  await change("both", "do 1");
  expect(await held("both")).toEqual([1, 1]);
  for (const [id, last] of [
    ["neither", "insert into there_is_no_such_table values (1)"],
    ["neither", "insert into ps_aors (id) values ('both')"],
  ] as const) {
    await expect(change(id, last)).rejects.toThrow();
    expect(await held(id)).toEqual([0, 0]);
    const [rows] = await single.$client.promise().query("select database() as name");
    expect(rows).toEqual([{ name: parseMysqlDsn(installation.url).database }]);
  }
  await change("after", "do 1");
  expect(await held("after")).toEqual([1, 1]);
});
