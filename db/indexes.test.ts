import { afterAll, beforeAll, expect, it } from "vitest";
import { migrateDatabase } from "./migrate";
import { createScratch, rowsOf, type Scratch } from "./testing";

const ROWS = 6_000;

let scratch: Scratch;
beforeAll(async () => {
  scratch = await createScratch();
  await migrateDatabase({ target: "bin", dsn: scratch.dsn });
  // What an index costs is judged by all rows, and not by pages that are taken at random or counted anew meanwhile.
  for (const table of ["customer_customers", "customer_accesskeys", "admin_audit"])
    await scratch.connection.query(
      `alter table ${table} stats_persistent = 1, stats_auto_recalc = 0, stats_sample_pages = 10000`,
    );
  // Half of the rows share the empty texts and the unset ids that callers leave; a few are deleted.
  await scratch.connection.query(
    `create temporary table n (i int primary key); insert into n select seq from (
       select a.d + 10 * b.d + 100 * c.d + 1000 * e.d as seq from ${["a", "b", "c", "e"].map((name) => `(${Array.from({ length: 10 }, (_, d) => `select ${d} as d`).join(" union all ")}) ${name}`).join(", ")}) s where seq < ${ROWS};
     insert into customer_customers (id, name, email, phone_number, billing_account_id, tm_create, tm_delete)
       select unhex(md5(i)), if(i % 2, '', concat('Customer ', i)), if(i % 2, '', concat('c', i, '@x.example')), if(i % 2, '', concat('+1', i)),
         if(i % 2, repeat('\\0', 16), unhex(md5(concat('b', i)))), timestampadd(second, i, '2026-01-01'), if(i % 50, '9999-01-01', '2026-06-01') from n;
     insert into customer_accesskeys (id, customer_id, name, token, token_hash, tm_create, tm_expire, tm_used, tm_delete)
       select unhex(md5(concat('k', i))), unhex(md5(i % 40)), if(i % 2, 'default', concat('key ', i)), concat('vb_', left(sha2(i, 256), 4), '…'), unhex(sha2(i, 256)),
         timestampadd(second, i, '2026-01-01'), timestampadd(second, i, '2027-01-01'), if(i % 3, timestampadd(second, i, '2026-03-01'), null),
         if(i % 50, '9999-01-01', '2026-06-01') from n;
     insert into admin_audit (id, tm_create, actor_type, actor_id, customer_id, action, resource_type, resource_id, request_id)
       select unhex(concat('01900000', lpad(hex(i), 4, '0'), left(md5(i), 20))), timestampadd(second, i, '2026-01-01'), 'admin', concat('admin ', i % 5),
         if(i % 3, unhex(md5(i % 40)), null), concat('action.', i % 6), concat('type ', i % 3), concat('record ', i % 900), concat('request ', i % 2000) from n;
     analyze table customer_customers, customer_accesskeys, admin_audit`,
  );
});
afterAll(() => scratch.drop());

/** A page by another time of a key, of one end and from a position. */
const BY = (column: string, direction: string): string => `order by ${column} ${direction}, id ${direction} limit 51`;
const FROM = (column: string): string =>
  `${column} >= '2026-01-01 01:00:00' and (${column} > '2026-01-01 01:00:00' or id > unhex(md5('3600')))`;
const KEY_STATES = [
  ["tm_expire > '2027-01-01 00:10:00' and tm_expire <= '2027-01-01 00:30:00'", "tm_expire"],
  ["tm_expire <= '2027-01-01 00:10:00'", "tm_expire"],
  ["tm_idle <= '2026-01-01 00:10:00'", "tm_idle"],
  ["tm_used > '2026-03-01 01:30:00'", "tm_used"],
] as const;
/** Times are ranges of the time-ordered id. */
const SINCE = "id >= unhex('01900000010000000000000000000000') and id < unhex('01900000100000000000000000000000')";

const NEWEST = "order by tm_create desc, id desc limit 51"; // the console's page: for a longer one of so few rows a scan is cheaper
const PAGE = `tm_create <= '2026-01-01 01:00:00' and (tm_create < '2026-01-01 01:00:00' or id < unhex(md5('3600')))`;

it.each([
  ["customer_customers", `where 1 = 1 ${NEWEST}`],
  ["customer_customers", `where ${PAGE} ${NEWEST}`],
  ["customer_customers", `where row_deleted = 0 ${NEWEST}`],
  ["customer_customers", `where row_deleted = 1 ${NEWEST}`],
  ["customer_customers", `where row_deleted = 0 and ${PAGE} ${NEWEST}`],
  ["customer_customers", `where email = '' ${NEWEST}`],
  ["customer_customers", `where name = '' ${NEWEST}`],
  ["customer_customers", `where phone_number = '' ${NEWEST}`],
  ["customer_customers", `where billing_account_id = repeat('\\0', 16) ${NEWEST}`],
  [
    "customer_customers",
    "where email = 'c42@x.example' and row_deleted = 0 order by tm_create desc, id desc limit 101",
  ],
  ["customer_customers", "order by name, id limit 51"],
  ["customer_customers", "where row_deleted = 0 order by name, id limit 51"],
  [
    "customer_customers",
    "where row_deleted = 0 and name >= 'Customer 5' and (name > 'Customer 5' or id > unhex(md5('5'))) order by name, id limit 51",
  ],
  ["customer_customers", "where row_deleted = 1 order by name desc, id desc limit 51"],
  ["customer_customers", "where email_live = 'c42@x.example'"],
  ["customer_accesskeys", `where 1 = 1 ${NEWEST}`],
  ["customer_accesskeys", `where row_deleted = 0 ${NEWEST}`],
  ["customer_accesskeys", `where name = 'default' ${NEWEST}`],
  ["customer_accesskeys", `where customer_id = unhex(md5('7')) ${NEWEST}`],
  ["customer_accesskeys", `where customer_id = unhex(md5('7')) and row_deleted = 0 ${NEWEST}`],
  ["customer_accesskeys", `where customer_id = unhex(md5('7')) and row_deleted = 0 and ${PAGE} ${NEWEST}`],
  ["customer_accesskeys", "where token_hash = unhex(sha2('7', 256))"],
  ["customer_accesskeys", "where prev_token_hash = unhex(sha2('7', 256))"],
  ["customer_accesskeys", "where token = 'plain' and binary token = 'plain' and token_hash is null"],
  ["admin_audit", "where customer_id = repeat('\\0', 16) order by id desc limit 51"],
  ["admin_audit", "where resource_id = 'x' order by id desc limit 51"],
  ["admin_audit", "where actor_id = 'x' order by id desc limit 51"],
  ["admin_audit", "where action = 'x' order by id desc limit 51"],
  ["admin_audit", "where request_id = 'x' order by id desc limit 51"],
  ["admin_audit", "where resource_type = 'type 1' order by id desc limit 51"],
  ["admin_audit", `where ${SINCE} order by id desc limit 51`],
  ["admin_audit", `where action = 'action.1' and ${SINCE} order by id desc limit 51`],
  ["admin_audit", "where customer_id = unhex(md5('7')) and action = 'action.1' order by id desc limit 51"],
  ["admin_audit", "where customer_id = unhex(md5('7')) and resource_type = 'type 1' order by id desc limit 51"],
  ["admin_audit", "where customer_id = unhex(md5('7')) and actor_id = 'admin 1' order by id desc limit 51"],
  ["admin_audit", "where actor_id = 'admin 1' and action = 'action.1' order by id desc limit 51"],
  ["admin_audit", `where actor_id = 'admin 1' and action = 'action.1' and ${SINCE} order by id desc limit 51`],
  ["admin_processes", "where tm_beat > '2026-01-01' limit 200"],
  ...["", "customer_id = unhex(md5('7')) and "].flatMap((owner) => [
    ...["tm_idle", "tm_expire"].flatMap((column) => [
      ["customer_accesskeys", `where ${owner}row_deleted = 0 ${BY(column, "asc")}`],
      ["customer_accesskeys", `where ${owner}row_deleted = 0 ${BY(column, "desc")}`],
      ["customer_accesskeys", `where ${owner}row_deleted = 0 and ${FROM(column)} ${BY(column, "asc")}`],
    ]),
    ...KEY_STATES.flatMap(([state, column]) =>
      ["asc", "desc"].map((direction) => [
        "customer_accesskeys",
        `where ${owner}row_deleted = 0 and ${state} ${BY(column, direction)}`,
      ]),
    ),
  ]),
  ["admin_outbox", "where state = 0 order by seq limit 500"],
])("an index answers: %s %s", async (table, rest) => {
  for (const plan of await rowsOf(scratch.connection, `explain select * from ${table} ${rest}`)) {
    expect(plan.Extra ?? "").not.toMatch(/filesort|temporary/);
    expect(plan.key ?? plan.Extra).not.toBe("");
    expect(plan.type).not.toBe("ALL");
  }
});

it("search by the beginning of a name or an e-mail reads two ranges and no table", async () => {
  const starting = (column: string): string =>
    `(select id from customer_customers where ${column} like 'c5%' limit 1000)`;
  const plans = await rowsOf(
    scratch.connection,
    `explain select * from customer_customers where id in (select id from (${starting("name")} union ${starting("email")}) as found) and row_deleted = 0 order by tm_create desc, id desc limit 51`,
  );
  const ranges = plans.filter((plan) => plan.type === "range");
  expect(ranges.map((plan) => String(plan.key).replace(/_tm_create$/, "")).sort()).toEqual([
    "idx_customer_customers_email",
    "idx_customer_customers_name",
  ]);
  expect(plans.filter((plan) => plan.type === "ALL" && plan.table === "customer_customers")).toEqual([]);
});

const MIDDLE =
  "row_deleted = 0 and tm_create <= '2026-01-01 01:00:00' and (tm_create < '2026-01-01 01:00:00' or id < unhex(md5('3600')))";
it.each([
  ["customer_customers", "idx_customer_customers_deleted_tm_create", `${MIDDLE} order by tm_create desc, id desc`],
  [
    "customer_customers",
    "idx_customer_customers_deleted_billing_tm_create",
    `billing_account_id = repeat('\\0', 16) and ${MIDDLE} order by tm_create desc, id desc`,
  ],
  [
    "customer_customers",
    "idx_customer_customers_deleted_billing_name",
    "billing_account_id = repeat('\\0', 16) and row_deleted = 0 and name >= 'B' and (name > 'B' or id > unhex(md5('1'))) order by name, id",
  ],
  ["customer_accesskeys", "idx_customer_accesskeys_deleted_tm_create", `${MIDDLE} order by tm_create desc, id desc`],
  ["admin_audit", "idx_admin_audit_action", "action = 'action.1' and id < unhex(md5('7')) order by id desc"],
])("a page in the middle of %s begins at its place in %s", async (table, index, rest) => {
  const plans = await rowsOf(
    scratch.connection,
    `explain select * from ${table} force index (${index}) where ${rest} limit 51`,
  );
  for (const plan of plans) {
    expect(plan).toMatchObject({ type: "range", key: index });
    expect(plan.Extra ?? "").not.toMatch(/filesort|temporary/);
  }
});
