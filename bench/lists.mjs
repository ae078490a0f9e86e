#!/usr/bin/env node
// Lists at a million customers: server time of every sort and filter that the customers page offers, counting included, on
// its first page, in the middle, and back from there; also access keys and the audit trail.
//   node bench/lists.mjs [--customers 1000000] [--runs 15] [--database mysql://…/of-an-earlier-run] [--keep] [--explain]
// Seeding takes minutes; --keep leaves the database for the next run. BENCH_MYSQL_URL names the server.
import { loadavg } from "node:os";
import { register } from "tsx/esm/api";
import { machine, openDatabaseOnly, percentile, printTable } from "./lib/installation.mjs";
import { seedAccessKeys, seedAudit, seedCustomers } from "./lib/seed.mjs";

const args = process.argv.slice(2);
const option = (name, fallback) => (args.includes(name) ? args[args.indexOf(name) + 1] : fallback);
const customers = Number(option("--customers", "1000000"));
const runs = Number(option("--runs", "15"));
const AIM_MS = 50;

register();
const { openDatabase, closeDatabase } = await import("../db/client.ts");
const { parseMysqlDsn } = await import("../db/dsn.ts");
const { migrateDatabase } = await import("../db/migrate.ts");
const { listAccessKeys, listCustomers } = await import("../server/domain/customer/index.ts");
const { listAudit } = await import("../server/domain/audit/index.ts");
const { noCache } = await import("../server/kernel/cache.ts");
const { createClock } = await import("../server/kernel/clock.ts");
const { platformContext } = await import("../server/kernel/context.ts");
const { encodeCursor } = await import("../server/kernel/pagination.ts");

const scratch = await openDatabaseOnly(option("--database", null));
if (scratch.isNew) {
  await migrateDatabase({ target: "bin", dsn: parseMysqlDsn(scratch.dsn) });
  console.error(`seeding ${scratch.dsn} …`);
  await seedCustomers(scratch.connection, customers);
  await seedAccessKeys(scratch.connection, 2 * customers, customers);
  await seedAudit(scratch.connection, 2 * customers, customers);
  await scratch.connection.query("analyze table customer_customers, customer_accesskeys, admin_audit");
}

const db = openDatabase(parseMysqlDsn(scratch.dsn), { size: 10 });
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const runtime = { db, cache: noCache, now: createClock(), log: quiet, nudgeRelay() {}, nudgeJobs() {}, ports: {} };
const ctx = platformContext(runtime, { actor: { type: "system", id: "bench", name: "bench" } });

/** The statements of a call, for their plans. */
const said = new Map();
const execute = db.$client.execute.bind(db.$client);
db.$client.execute = (statement, done) => {
  said.set(statement.sql, statement.values);
  return execute(statement, done);
};

const [[sample]] = await scratch.connection.query(
  "select name, email, phone_number, lower(hex(billing_account_id)) as billing from customer_customers where name like 'Harbor%' and row_deleted = 0 and billing_account_id <> repeat('\\0', 16) limit 1",
);
const uuid = (hex) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
const filters = {
  none: {},
  "search: many begin so": { search: "Mer" },
  "search: few begin so": { search: sample.name },
  "search: none begins so": { search: "zzzz" },
  "search: an e-mail": { search: sample.email.slice(0, 9) },
  "name: one": { name: sample.name },
  email: { email: sample.email },
  "phone number": { phoneNumber: sample.phone_number },
  "billing account": { billingAccountId: uuid(sample.billing) },
  "billing account: not yet": { billingAccountId: "00000000-0000-0000-0000-000000000000" },
  "created in a month": { createdFrom: "2025-03-01 00:00:00.000000", createdBefore: "2025-04-01 00:00:00.000000" },
  "created: the latter half": { createdFrom: "2025-05-22 00:00:00.000000" },
  "created, and a name": { createdFrom: "2025-03-01 00:00:00.000000", name: sample.name },
};
const MIDDLE = { tmCreate: "2025-05-22 00:00:00.000000", name: "Kestrel Media 5" };
const middle = (sort, back) => encodeCursor({ value: MIDDLE[sort], id: "7fffffff-ffff-4fff-bfff-ffffffffffff", back });

const cases = [];
for (const deleted of [false, true])
  for (const [name, filter] of Object.entries(filters))
    for (const sort of ["tmCreate", "name"])
      for (const direction of ["desc", "asc"])
        for (const [place, cursor] of [
          ["first", undefined],
          ["middle", middle(sort, false)],
          ["back", middle(sort, true)],
        ])
          cases.push({
            list: `customers, ${deleted ? "deleted" : "live"}: ${name}`,
            order: `${sort} ${direction}, ${place}`,
            work: () => listCustomers(ctx, { filter: { ...filter, deleted }, sort, direction, cursor, size: 50 }),
          });
const [[busy]] = await scratch.connection.query(
  "select lower(hex(customer_id)) as id from customer_accesskeys where id = unhex(md5('k100'))",
);
for (const [name, filter] of Object.entries({
  all: {},
  live: { deleted: false },
  deleted: { deleted: true },
  expiring: { state: "expiring" },
  expired: { state: "expired" },
  unused: { state: "unused" },
  used: { state: "used" },
  "of a customer with many": { customerId: uuid(busy.id), deleted: false },
  "a name that many share": { name: "default", deleted: false },
  search: { search: "key 19", deleted: false },
}))
  for (const [place, cursor] of [
    ["first", undefined],
    ["further on", (await listAccessKeys(ctx, { filter, size: 200 })).next ?? undefined],
    ["middle, newest first", middle("tmCreate", false)],
  ])
    cases.push({
      list: `access keys: ${name}`,
      order: place,
      work: () =>
        listAccessKeys(ctx, {
          filter,
          cursor,
          size: 50,
          ...(place.startsWith("middle") && !("state" in filter) ? { sort: "tmCreate", direction: "desc" } : {}),
        }),
    });
for (const [name, filter] of Object.entries({
  all: {},
  "of a customer": { customerId: uuid(busy.id) },
  "by somebody": { actorId: "actor-7" },
  "of a kind": { action: "customer.update" },
  "of a kind, by somebody": { action: "customer.update", actorId: "actor-8" },
  "of a kind of record": { resourceType: "access-key" },
}))
  for (const [place, id] of [
    ["first", null],
    ["middle", "018bd378-0000-7000-8000-000000000000"],
  ])
    cases.push({
      list: `audit: ${name}`,
      order: place,
      work: () =>
        listAudit(ctx, {
          filter,
          size: 50,
          cursor: id === null ? undefined : encodeCursor({ value: "", id, back: false }),
        }),
    });

const results = [];
for (const { list, order, work } of cases) {
  said.clear();
  const times = [];
  let plans = null;
  for (let i = 0; i <= runs; i++) {
    const started = performance.now();
    const failed = await work().then(
      () => null,
      (error) => error,
    );
    plans ??= new Map(said);
    if (failed !== null) console.error(`${list}; ${order}: ${failed.message}`);
    if (failed !== null || i > 0) times.push(failed === null ? performance.now() - started : Infinity); // the first one warms
    if (failed !== null) break;
  }
  times.sort((a, b) => a - b);
  results.push({ list, order, p50: percentile(times, 0.5), p99: percentile(times, 0.99), plans });
}

const worst = new Map();
for (const each of results) {
  const known = worst.get(each.list);
  if (known === undefined || each.p99 > known.p99) worst.set(each.list, { ...each, of: (known?.of ?? 0) + 1 });
  else known.of++;
}
const slow = results.filter(({ p99 }) => p99 >= AIM_MS);
if (args.includes("--explain") || slow.length > 0)
  for (const { list, order, p50, p99, plans } of args.includes("--explain") ? results : slow) {
    console.log(`\n${list}; ${order}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
    for (const [sql, values] of plans) {
      const limited = values.map((value) => (/^\d{1,6}$/.test(value) ? Number(value) : value)); // limits are sent as texts
      const [rows] = await scratch.connection.query(`explain ${sql}`, limited);
      for (const { table, type, key, rows: read, Extra } of rows)
        console.log(
          `    ${table ?? "-"}: ${type ?? "-"} by ${key ?? "no index"}, about ${read ?? 0} rows; ${Extra ?? ""}`,
        );
    }
  }
console.log(
  `\n${machine()}; load average ${loadavg()[0].toFixed(1)}; ${customers.toLocaleString("en")} customers; ${runs} calls of each of ${results.length} cases; the slowest sort and page of each filter:\n`,
);
printTable(
  ["list", "slowest", "of cases", "p50 ms", "p99 ms"],
  [...worst.values()].map(({ list, order, of, p50, p99 }) => [list, order, of, p50.toFixed(1), p99.toFixed(1)]),
);
console.log(`\n${slow.length} of ${results.length} cases took ${AIM_MS} ms or more.`);
await closeDatabase(db);
await scratch.close(args.includes("--keep"));
