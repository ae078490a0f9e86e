import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { closeDatabase, openDatabase, type Database } from "@/db/client";
import { parseMysqlDsn } from "@/db/dsn";
import { createCustomer } from "@/server/domain/customer";
import { anEmail, openTestInstallation, type TestInstallation } from "@/server/testing/installation";
import { startTcpProxy, type TcpProxy } from "@/server/testing/tcp-proxy";
import { isDomainError } from "./errors";
import { receiptFor } from "./receipts";

let installation: TestInstallation;
let proxy: TcpProxy;
let broken: Database;
beforeAll(async () => {
  installation = await openTestInstallation();
  const dsn = parseMysqlDsn(installation.url);
  proxy = await startTcpProxy({ host: dsn.host, port: dsn.port });
  broken = openDatabase({ ...dsn, host: "127.0.0.1", port: proxy.port }, { size: 16 });
});
afterEach(() => proxy.resume());
afterAll(async () => {
  await closeDatabase(broken);
  await proxy.close();
  await installation.drop();
});

test("whatever moment the database is lost in, the answer is true and the change is there once or not at all", async () => {
  const answers = new Map<string, string>();
  let cutting = true;
  const cuts = (async () => {
    while (cutting) {
      await new Promise((resolve) => setTimeout(resolve, 3 + Math.random() * 12));
      proxy.cut();
    }
  })();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let i = 0; i < 40; i++) {
        const email = anEmail();
        const context = installation.context({ db: broken, receipt: receiptFor([randomUUID()]) });
        try {
          answers.set(email, (await createCustomer(context, { email })).id);
        } catch (error) {
          answers.set(email, isDomainError(error) ? error.code : "lost");
        }
      }
    }),
  );
  cutting = false;
  await cuts;
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
  expect([...answers.values()].filter((answer) => answer.length === 36).length).toBeGreaterThan(100);
});
