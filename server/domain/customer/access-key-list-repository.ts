import { and, asc, desc, eq, gt, inArray, like, lte, sql, type SQL } from "drizzle-orm";
import type { MySqlColumn } from "drizzle-orm/mysql-core";
import type { Database } from "@/db/client";
import { customerAccesskeys } from "@/db/bin/schema/customer";
import { addSeconds } from "@/server/kernel/clock";
import type { Tenant } from "@/server/kernel/context";
import type { Position } from "@/server/kernel/pagination";
import { bound, PreparedReads } from "@/server/kernel/prepared";
import { keyColumns } from "./access-key-repository";
import { accessKeyCountIndex, accessKeyPageIndex } from "./page-indexes";
import { at, past, pastShape, pastValues, qb, SEARCH_MOST, startPattern } from "@/server/kernel/list-reads";
import { tenantShape, tenantValue, withinBoundTenant } from "@/server/kernel/tenancy";
import {
  EXPIRING_SECONDS,
  UNUSED_SECONDS,
  USED_LATELY_SECONDS,
  type AccessKeyFilter,
  type AccessKeySort,
  type AccessKeyState,
  type AccessKeyView,
} from "./schemas";
import { toAccessKeyView, type AccessKeyRow } from "./view";

const reads = new PreparedReads();
const keys = customerAccesskeys;

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
  const index = accessKeyPageIndex(tenant, query);
  const shape = `keys:${index ?? ""}:${accessKeyShape(filter)}:${tenantShape(tenant)}:${sort}:${descending ? "desc" : "asc"}:${pastShape(position)}`;
  const rows = await reads.rows<AccessKeyRow>(
    db,
    shape,
    () => {
      const column = accessKeySortColumn(sort, filter);
      return qb
        .select(keyColumns)
        .from(keys, index === undefined ? undefined : { forceIndex: index })
        .where(and(...accessKeyConditions(tenant, filter), past(position, { column, id: keys.id, descending })))
        .orderBy(...(descending ? [desc(column), desc(keys.id)] : [asc(column), asc(keys.id)]))
        .limit(sql.placeholder("limit"));
    },
    {
      ...accessKeyValues(tenant, filter, query.now),
      ...pastValues(position),
      limit: query.limit,
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
    withinBoundTenant(tenant, keys.customerId),
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
          withinBoundTenant(tenant, keys.customerId),
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
  return await reads.count(
    db,
    `keys:count:${accessKeyShape(filter)}:${tenantShape(tenant)}`,
    () => {
      const inner = qb
        .select({ one: sql`1`.as("one") })
        .from(keys, index === undefined ? undefined : { forceIndex: index })
        .where(and(...accessKeyConditions(tenant, filter)))
        .limit(sql.placeholder("most"));
      return qb.select({ count: sql`count(*)` }).from(inner.as("matching"));
    },
    { ...accessKeyValues(tenant, filter, now), most },
  );
}
