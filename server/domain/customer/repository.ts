import { and, asc, desc, eq, gt, gte, inArray, isNull, like, lt, lte, or, sql, type SQL } from "drizzle-orm";
import { QueryBuilder, type MySqlColumn } from "drizzle-orm/mysql-core";
import type { Database } from "@/db/client";
import { customerAccesskeys, customerCustomers } from "@/db/bin/schema/customer";
import { isWithin } from "@/server/kernel/authorization";
import { addSeconds } from "@/server/kernel/clock";
import type { Tenant } from "@/server/kernel/context";
import type { Position } from "@/server/kernel/pagination";
import { bound, PreparedReads } from "@/server/kernel/prepared";
import type { Transaction } from "@/server/kernel/transaction";
import { accessKeyCountIndex, accessKeyPageIndex, customerCountIndex, customerPageIndex } from "./page-indexes";
import {
  EXPIRING_SECONDS,
  UNUSED_SECONDS,
  USED_LATELY_SECONDS,
  type AccessKeyFilter,
  type AccessKeySort,
  type AccessKeyState,
  type AccessKeyView,
  type CustomerFilter,
  type CustomerView,
} from "./schemas";
import { hashToken, maskToken, toAccessKeyView, toCustomerView, type AccessKeyRow, type CustomerRow } from "./view";

const reads = new PreparedReads();
const qb = new QueryBuilder();
const customers = customerCustomers;
const keys = customerAccesskeys;

/** Times as the server writes them: cheaper than the driver's own reading, and always with six digits. */
const asText = (column: MySqlColumn): SQL<string | null> => sql<string | null>`cast(${column} as char)`;

const customerColumns = {
  id: customers.id,
  name: customers.name,
  detail: customers.detail,
  email: customers.email,
  phoneNumber: customers.phoneNumber,
  address: customers.address,
  webhookMethod: customers.webhookMethod,
  webhookUri: customers.webhookUri,
  billingAccountId: customers.billingAccountId,
  tmCreate: asText(customers.tmCreate),
  tmUpdate: asText(customers.tmUpdate),
  tmDelete: asText(customers.tmDelete),
};

const keyColumns = {
  id: keys.id,
  customerId: keys.customerId,
  name: keys.name,
  detail: keys.detail,
  token: keys.token,
  tokenHash: keys.tokenHash,
  tmPrevExpire: asText(keys.tmPrevExpire),
  tmUsed: asText(keys.tmUsed),
  usedIp: keys.usedIp,
  usedAgent: keys.usedAgent,
  tmExpire: asText(keys.tmExpire),
  tmCreate: asText(keys.tmCreate),
  tmUpdate: asText(keys.tmUpdate),
  tmDelete: asText(keys.tmDelete),
};

const at = (name: string): SQL => sql`${sql.placeholder(name)}`;

export async function findCustomer(db: Database, tenant: Tenant, id: string): Promise<CustomerView | null> {
  if (!isWithin(tenant, id)) return null;
  const rows = await reads.rows<CustomerRow>(
    db,
    "customer",
    () =>
      qb
        .select(customerColumns)
        .from(customers)
        .where(eq(customers.id, bound(customers.id, "id"))),
    { id },
  );
  return rows[0] === undefined ? null : toCustomerView(rows[0]);
}

/** Reads and locks a customer until the transaction ends. */
export async function lockCustomer(tx: Transaction, tenant: Tenant, id: string): Promise<CustomerView | null> {
  if (!isWithin(tenant, id)) return null;
  const query = await tx.query();
  const [row] = await query.select(customerColumns).from(customers).where(eq(customers.id, id)).for("update");
  return row === undefined ? null : filled(row);
}

/** Empty texts for NULLs, as the platform reads them (contract/messaging.md §5.6). */
function filled<View extends object>(row: { [Key in keyof View]: View[Key] | null }): View {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value ?? ""])) as View;
}

export interface CustomerListQuery {
  filter: CustomerFilter;
  sort: "tmCreate" | "name";
  direction: "asc" | "desc";
  at: Position | null;
  /** Rows to read; one more than the page holds tells whether there is a next. */
  limit: number;
  /** Whether very many match, so that going through the order finds a page sooner than sorting all that match. */
  many: boolean;
}

/** Rows of a page in reading order. Each filter's query has its index, see db/bin/schema/customer.ts. */
export async function listCustomerRows(
  db: Database,
  tenant: Tenant,
  query: CustomerListQuery,
): Promise<CustomerView[]> {
  const { filter, sort, at: position } = query;
  const descending = (query.direction === "desc") !== (position?.back ?? false);
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  const tied = position !== null && position.id !== "";
  const index = customerPageIndex(tenant, query);
  const shape = `customers:${index ?? ""}:${given.map(([key]) => key).join()}:${tenant.all ? "" : "tenant"}:${sort}:${descending ? "desc" : "asc"}:${position === null ? "" : tied ? "tied" : "from"}`;
  const rows = await reads.rows<CustomerRow>(
    db,
    shape,
    () => {
      const column = customers[sort];
      const [beyond, reaching] = descending ? [lt, lte] : [gt, gte];
      return qb
        .select(customerColumns)
        .from(customers, index === undefined ? undefined : { forceIndex: index })
        .where(
          and(
            tenant.all ? undefined : eq(customers.id, bound(customers.id, "tenant")),
            ...given.map(([key]) => customerCondition(key)),
            position === null
              ? undefined
              : tied
                ? and(
                    reaching(column, at("value")),
                    or(beyond(column, at("value")), beyond(customers.id, bound(customers.id, "position"))),
                  )
                : beyond(column, at("value")),
          ),
        )
        .orderBy(...(descending ? [desc(column), desc(customers.id)] : [asc(column), asc(customers.id)]))
        .limit(sql.placeholder("limit"));
    },
    {
      ...filter,
      prefix: startPattern(filter.search ?? ""),
      deleted: filter.deleted === true ? 1 : 0,
      tenant: tenant.all ? undefined : tenant.customerId,
      value: position?.value,
      position: tied ? position.id : undefined,
      limit: String(query.limit), // as text: MySQL refuses the driver's floating-point numbers here
    },
  );
  return rows.map(toCustomerView);
}

function customerCondition(key: string): SQL | undefined {
  switch (key) {
    case "id":
      return eq(customers.id, bound(customers.id, "id"));
    case "billingAccountId":
      return eq(customers.billingAccountId, bound(customers.billingAccountId, "billingAccountId"));
    case "name":
    case "email":
    case "phoneNumber":
      return eq(customers[key], sql.placeholder(key));
    case "deleted":
      return eq(customers.rowDeleted, sql.placeholder("deleted"));
    case "createdFrom":
      return gte(customers.tmCreate, at("createdFrom"));
    case "createdBefore":
      return lt(customers.tmCreate, at("createdBefore"));
    case "search":
      // Each beginning is looked up in its own index and bounded; an "or" over two columns would read the whole table.
      return inArray(
        customers.id,
        sql`(select id from (${startingWith(customers.name)} union ${startingWith(customers.email)}) as found)`,
      );
    default:
      return undefined;
  }
}

const SEARCH_MOST = 1_000;
const startPattern = (text: string): string => `${text.replace(/[\\%_]/g, "\\$&")}%`;
const startingWith = (column: typeof customers.name | typeof customers.email): SQL =>
  sql`(${qb
    .select({ id: customers.id })
    .from(customers)
    .where(like(column, at("prefix")))
    .limit(SEARCH_MOST)})`;

/** How many match, counted up to `most`. */
export async function countCustomers(
  db: Database,
  tenant: Tenant,
  filter: CustomerFilter,
  most: number,
): Promise<number> {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  const index = customerCountIndex(tenant, filter);
  const rows = await reads.rows<[number]>(
    db,
    `count:${given.map(([key]) => key).join()}:${tenant.all ? "" : "tenant"}`,
    () => {
      const inner = qb
        .select({ one: sql`1`.as("one") })
        .from(customers, index === undefined ? undefined : { forceIndex: index })
        .where(
          and(
            tenant.all ? undefined : eq(customers.id, bound(customers.id, "tenant")),
            ...given.map(([key]) => customerCondition(key)),
          ),
        )
        .limit(sql.placeholder("most"));
      return qb.select({ count: sql`count(*)` }).from(inner.as("matching"));
    },
    {
      ...filter,
      prefix: startPattern(filter.search ?? ""),
      deleted: filter.deleted === true ? 1 : 0,
      tenant: tenant.all ? undefined : tenant.customerId,
      most: String(most),
    },
  );
  return Number(rows[0]?.[0] ?? 0);
}

// ---- access keys ----

const within = (tenant: Tenant): SQL | undefined =>
  tenant.all ? undefined : eq(keys.customerId, bound(keys.customerId, "tenant"));
const tenantValue = (tenant: Tenant): { tenant?: string } => (tenant.all ? {} : { tenant: tenant.customerId });

export async function findAccessKey(db: Database, tenant: Tenant, id: string): Promise<AccessKeyView | null> {
  const rows = await reads.rows<AccessKeyRow>(
    db,
    tenant.all ? "key" : "key:tenant",
    () =>
      qb
        .select(keyColumns)
        .from(keys)
        .where(and(eq(keys.id, bound(keys.id, "id")), within(tenant))),
    { id, ...tenantValue(tenant) },
  );
  return rows[0] === undefined ? null : toAccessKeyView(rows[0]);
}

/** A key as the database holds it, for those who change it. */
export interface StoredAccessKey {
  view: AccessKeyView;
  /** Of the present token; also of a plain one that the original service wrote. */
  tokenHash: Buffer | null;
  cascadeId: string;
}

/** Reads and locks a key until the transaction ends. */
export async function lockAccessKey(tx: Transaction, tenant: Tenant, id: string): Promise<StoredAccessKey | null> {
  const query = await tx.query();
  const [row] = await query
    .select(storedColumns)
    .from(keys)
    .where(and(eq(keys.id, id), tenant.all ? undefined : eq(keys.customerId, tenant.customerId)))
    .for("update");
  return row === undefined ? null : stored(row);
}

/** Reads and locks a bounded page of a customer's keys: the live ones, or those that one deletion took. */
export async function lockAccessKeys(
  tx: Transaction,
  customerId: string,
  of: "live" | { cascadeId: string },
  limit: number,
): Promise<StoredAccessKey[]> {
  const query = await tx.query();
  const rows = await query
    .select(storedColumns)
    .from(keys)
    .where(
      and(eq(keys.customerId, customerId), of === "live" ? eq(keys.rowDeleted, 0) : eq(keys.cascadeId, of.cascadeId)),
    )
    .limit(limit)
    .for("update");
  return rows.map(stored);
}

const storedColumns = { ...keyColumns, cascadeId: keys.cascadeId };

function stored(
  row: { [Key in keyof AccessKeyView]: string | null } & {
    id: string;
    tokenHash: Buffer | null;
    cascadeId: string | null;
  },
): StoredAccessKey {
  const { tokenHash, cascadeId, ...rest } = row;
  const view = filled(rest);
  const plain = tokenHash === null ? view.token : "";
  return {
    view: plain === "" ? view : { ...view, token: maskToken(plain) },
    tokenHash: tokenHash ?? (plain === "" ? null : hashToken(plain)),
    cascadeId: cascadeId ?? "",
  };
}

/** A key by its token, with what decides whether it is good. */
export interface TokenMatch {
  key: AccessKeyView;
  /** When the customer was deleted; empty where there is no such customer. */
  customerTmDelete: string;
  /** Until when this very token works: the key's end, or the end of a rotation's overlap. */
  tmEnd: string;
}

type TokenRow = [...AccessKeyRow, customerTmDelete: string | null];

/** Finds a key by the hash of its token: the present one, or the one before a rotation. */
export async function findByTokenHash(db: Database, tokenHash: Buffer): Promise<TokenMatch | null> {
  const [row] = await reads.rows<TokenRow>(
    db,
    "token",
    () => selectByToken(eq(keys.tokenHash, bound(keys.tokenHash, "hash"))),
    { hash: tokenHash },
  );
  if (row !== undefined) return match(row, (key) => key.tmExpire);
  const [previous] = await reads.rows<TokenRow>(
    db,
    "token:previous",
    () => selectByToken(eq(keys.prevTokenHash, bound(keys.prevTokenHash, "hash"))),
    { hash: tokenHash },
  );
  return previous === undefined
    ? null
    : match(previous, (key) => (key.tmPrevExpire < key.tmExpire ? key.tmPrevExpire : key.tmExpire));
}

/** A key whose token the original service has just written in plain text. */
export async function findByPlainToken(db: Database, token: string): Promise<TokenMatch | null> {
  const [row] = await reads.rows<TokenRow>(
    db,
    "token:plain",
    () =>
      selectByToken(
        and(
          eq(keys.token, sql.placeholder("token")),
          sql`binary ${keys.token} = ${sql.placeholder("exact")}`,
          isNull(keys.tokenHash),
        ),
      ),
    { token, exact: Buffer.from(token) },
  );
  return row === undefined ? null : match(row, (key) => key.tmExpire);
}

function selectByToken(where: SQL | undefined): { toSQL(): { sql: string; params: unknown[] } } {
  return qb
    .select({ ...keyColumns, customerTmDelete: asText(customers.tmDelete) })
    .from(keys)
    .leftJoin(customers, eq(customers.id, keys.customerId))
    .where(where)
    .limit(1);
}

function match(row: TokenRow, end: (key: AccessKeyView) => string): TokenMatch {
  const key = toAccessKeyView(row.slice(0, 14) as AccessKeyRow);
  return { key, customerTmDelete: row[14] ?? "", tmEnd: end(key) };
}

export interface AccessKeyListQuery {
  filter: AccessKeyFilter;
  sort: AccessKeySort;
  direction: "asc" | "desc";
  at: Position | null;
  limit: number;
  /** The present, from which states count. */
  now: string;
}

/** What a key is sorted by: a key that was never used stands, among the others, where it was created. */
export function accessKeySortValue(key: AccessKeyView, sort: AccessKeySort): string {
  return sort === "tmUsed" ? (key.tmUsed === "" ? key.tmCreate : key.tmUsed) : key[sort];
}

function accessKeySortColumn(sort: AccessKeySort, filter: AccessKeyFilter): MySqlColumn {
  if (sort !== "tmUsed") return keys[sort];
  return filter.state === "used" ? keys.tmUsed : keys.tmIdle;
}

/** Rows of a page in reading order. Each filter's query has its index, see db/bin/schema/customer.ts. */
export async function listAccessKeyRows(
  db: Database,
  tenant: Tenant,
  query: AccessKeyListQuery,
): Promise<AccessKeyView[]> {
  const { filter, sort, at: position } = query;
  const descending = (query.direction === "desc") !== (position?.back ?? false);
  const tied = position !== null && position.id !== "";
  const index = accessKeyPageIndex(tenant, query);
  const shape = `keys:${index ?? ""}:${accessKeyShape(filter)}:${tenant.all ? "" : "tenant"}:${sort}:${descending ? "desc" : "asc"}:${position === null ? "" : tied ? "tied" : "from"}`;
  const rows = await reads.rows<AccessKeyRow>(
    db,
    shape,
    () => {
      const column = accessKeySortColumn(sort, filter);
      const [beyond, reaching] = descending ? [lt, lte] : [gt, gte];
      return qb
        .select(keyColumns)
        .from(keys, index === undefined ? undefined : { forceIndex: index })
        .where(
          and(
            ...accessKeyConditions(tenant, filter),
            position === null
              ? undefined
              : tied
                ? and(
                    reaching(column, at("value")),
                    or(beyond(column, at("value")), beyond(keys.id, bound(keys.id, "position"))),
                  )
                : beyond(column, at("value")),
          ),
        )
        .orderBy(...(descending ? [desc(column), desc(keys.id)] : [asc(column), asc(keys.id)]))
        .limit(sql.placeholder("limit"));
    },
    {
      ...accessKeyValues(tenant, filter, query.now),
      value: position?.value,
      position: tied ? position.id : undefined,
      limit: String(query.limit), // as text: MySQL refuses the driver's floating-point numbers here
    },
  );
  return rows.map(toAccessKeyView);
}

/** Which filters are given, and which state: each combination is a statement of its own. */
const accessKeyShape = (filter: AccessKeyFilter): string =>
  Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => (key === "state" ? value : key))
    .join();

function accessKeyConditions(tenant: Tenant, filter: AccessKeyFilter): (SQL | undefined)[] {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  return [
    within(tenant),
    ...given.map(([key]) => accessKeyCondition(key)),
    filter.state === undefined ? undefined : stateCondition(filter.state),
    filter.search === undefined ? undefined : keySearch(tenant, filter),
  ];
}

const accessKeyValues = (tenant: Tenant, filter: AccessKeyFilter, now: string): Record<string, unknown> => ({
  ...filter,
  prefix: startPattern(filter.search ?? ""),
  deleted: filter.deleted === true ? 1 : 0,
  ...tenantValue(tenant),
  now,
  soon: addSeconds(now, EXPIRING_SECONDS),
  unusedSince: addSeconds(now, -UNUSED_SECONDS),
  usedSince: addSeconds(now, -USED_LATELY_SECONDS),
});

function accessKeyCondition(key: string): SQL | undefined {
  switch (key) {
    case "id":
      return eq(keys.id, bound(keys.id, "id"));
    case "customerId":
      return eq(keys.customerId, bound(keys.customerId, "customerId"));
    case "name":
      return eq(keys.name, sql.placeholder("name"));
    case "deleted":
      return eq(keys.rowDeleted, sql.placeholder("deleted"));
    default:
      return undefined;
  }
}

function stateCondition(state: AccessKeyState): SQL | undefined {
  const live = eq(keys.rowDeleted, 0);
  switch (state) {
    case "expiring":
      return and(live, gt(keys.tmExpire, at("now")), lte(keys.tmExpire, at("soon")));
    case "expired":
      return and(live, lte(keys.tmExpire, at("now")));
    case "unused":
      return and(live, lte(keys.tmIdle, at("unusedSince")));
    case "used":
      return and(live, gt(keys.tmUsed, at("usedSince")));
  }
}

/** Each beginning is looked up in its own index and bounded, among the keys that may be shown. */
function keySearch(tenant: Tenant, filter: AccessKeyFilter): SQL {
  const startingWith = (column: typeof keys.name | typeof keys.token): SQL =>
    sql`(${qb
      .select({ id: keys.id })
      .from(keys)
      .where(
        and(
          within(tenant),
          filter.customerId === undefined ? undefined : eq(keys.customerId, bound(keys.customerId, "customerId")),
          like(column, at("prefix")),
        ),
      )
      .limit(SEARCH_MOST)})`;
  return inArray(
    keys.id,
    sql`(select id from (${startingWith(keys.name)} union ${startingWith(keys.token)}) as found)`,
  );
}

/** How many match, counted up to `most`. */
export async function countAccessKeys(
  db: Database,
  tenant: Tenant,
  filter: AccessKeyFilter,
  now: string,
  most: number,
): Promise<number> {
  const index = accessKeyCountIndex(tenant, filter);
  const rows = await reads.rows<[number]>(
    db,
    `keys:count:${accessKeyShape(filter)}:${tenant.all ? "" : "tenant"}`,
    () => {
      const inner = qb
        .select({ one: sql`1`.as("one") })
        .from(keys, index === undefined ? undefined : { forceIndex: index })
        .where(and(...accessKeyConditions(tenant, filter)))
        .limit(sql.placeholder("most"));
      return qb.select({ count: sql`count(*)` }).from(inner.as("matching"));
    },
    { ...accessKeyValues(tenant, filter, now), most: String(most) },
  );
  return Number(rows[0]?.[0] ?? 0);
}

/** Names of customers by id, deleted ones too. */
export async function findCustomerNames(
  db: Database,
  tenant: Tenant,
  ids: readonly string[],
): Promise<Map<string, { name: string; email: string }>> {
  const seen = [...new Set(ids)].filter((id) => isWithin(tenant, id));
  if (seen.length === 0) return new Map();
  const rows = await db
    .select({ id: customers.id, name: customers.name, email: customers.email })
    .from(customers)
    .where(inArray(customers.id, seen));
  return new Map(rows.map(({ id, name, email }) => [id, { name: name ?? "", email: email ?? "" }]));
}

/** How many live keys of a customer were used since a time. */
export async function countAccessKeysUsedSince(db: Database, customerId: string, since: string): Promise<number> {
  const rows = await db
    .select({ count: sql<number>`count(*)` })
    .from(keys)
    .where(and(eq(keys.customerId, customerId), eq(keys.rowDeleted, 0), gt(keys.tmUsed, since)));
  return Number(rows[0]?.count ?? 0);
}
