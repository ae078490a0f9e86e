import { afterEach, beforeEach, expect, it } from "vitest";
import { checkDatabase } from "./check";
import { migrateDatabase } from "./migrate";
import { createScratch, type Scratch } from "./testing";

let scratch: Scratch;
beforeEach(async () => {
  scratch = await createScratch();
  await migrateDatabase({ target: "bin", dsn: scratch.dsn });
});
afterEach(async () => {
  await scratch.drop();
});

const check = () => checkDatabase({ target: "bin", dsn: scratch.dsn });

it.each([
  ["drop table admin_locks", "admin_locks is missing"],
  ["create table customer_extra (id int)", "customer_extra is not in the schema"],
  ["alter table admin_jobs drop column error", "admin_jobs.error is missing"],
  ["alter table number_numbers add column extra int", "number_numbers.extra is not in the schema"],
  [
    "alter table number_numbers modify status varchar(16)",
    "number_numbers.status: type is varchar(16), should be varchar(32)",
  ],
  ["alter table number_numbers modify t38_enabled int", "number_numbers.t38_enabled: type is int, should be tinyint"],
  [
    "alter table outdial_outdialtargets modify destination_0 longtext",
    "outdial_outdialtargets.destination_0: type is longtext, should be json",
  ],
  ["alter table admin_jobs modify type varchar(64)", "admin_jobs.type: it is nullable, should be not null"],
  ["alter table number_numbers alter name set default 'x'", 'number_numbers.name: default is "x", should be ""'],
  [
    "alter table registrar_trunks modify realm varchar(255) character set utf8mb3",
    "registrar_trunks.realm: collation is utf8mb3_general_ci, should be one of utf8mb4 that ignores case",
  ],
  [
    "alter table customer_customers drop index idx_customer_customers_name",
    "customer_customers: index idx_customer_customers_name is missing",
  ],
  ["alter table customer_customers add index mine (detail(10))", "customer_customers: index mine is not in the schema"],
  [
    "alter table customer_accesskeys drop index idx_customer_accesskeys_token, add unique index idx_customer_accesskeys_token (token(32))",
    "customer_accesskeys: index idx_customer_accesskeys_token is unique (token(32)), should be (token(64))",
  ],
  [
    "alter table customer_accesskeys modify row_deleted tinyint generated always as (case when tm_delete is null then 1 else 0 end) virtual",
    "customer_accesskeys.row_deleted: generated expression is casewhentm_deleteisnullthen1else0end, should be casewhentm_delete<'9999-01-0100:00:00.000000'then1else0end",
  ],
])("a difference is named: %s", async (change, difference) => {
  expect(await check()).toEqual([]);
  await scratch.connection.query(change);
  expect(await check()).toEqual([difference]);
});

it("siblings' tables are none of its business", async () => {
  await scratch.connection.query("create table call_calls (id int); create table alembic_version (v int)");
  expect(await check()).toEqual([]);
});

it("a migration mends what it may mend without losing anything", async () => {
  await scratch.connection.query(
    `drop table admin_locks;
     alter table admin_jobs drop column error, modify type varchar(32);
     alter table customer_customers drop index uq_customer_customers_email_live, drop index idx_customer_customers_name;
     alter table customer_accesskeys modify row_deleted tinyint generated always as (0) virtual;
     alter table registrar_trunks modify realm varchar(255) character set utf8mb3;
     alter table number_numbers add column extra int, modify status varchar(16)`,
  );
  await migrateDatabase({ target: "bin", dsn: scratch.dsn });
  expect(await check()).toEqual([
    "number_numbers.status: type is varchar(16), should be varchar(32)",
    "number_numbers.extra is not in the schema",
  ]);
});
