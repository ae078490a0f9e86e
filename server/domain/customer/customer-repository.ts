import { and, asc, desc, eq, gte, inArray, like, lt, sql, type SQL } from "drizzle-orm";
import type { Database } from "@/db/client";
import { customerCustomers } from "@/db/bin/schema/customer";
import { isWithin } from "@/server/kernel/authorization";
import type { Tenant } from "@/server/kernel/context";
import type { Position } from "@/server/kernel/pagination";
import { bound, PreparedReads } from "@/server/kernel/prepared";
import type { Transaction } from "@/server/kernel/transaction";
import { customerCountIndex, customerPageIndex } from "./page-indexes";
import {
  asText,
  at,
  filled,
  past,
  pastShape,
  pastValues,
  qb,
  SEARCH_MOST,
  startPattern,
} from "@/server/kernel/list-reads";
import { tenantShape, tenantValue, withinBoundTenant } from "@/server/kernel/tenancy";
import type { CustomerFilter, CustomerView } from "./schemas";
import { toCustomerView, type CustomerRow } from "./view";

const reads = new PreparedReads();
const customers = customerCustomers;

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

/** Whether a customer lives; then it does so until the transaction ends. Many hold it at once, and its deletion waits for them. */
export async function holdLiveCustomer(tx: Transaction, tenant: Tenant, id: string): Promise<boolean> {
  if (!isWithin(tenant, id)) return false;
  const query = await tx.query();
  const [rows] = (await query.execute(
    sql`select 1 from ${customers} where ${eq(customers.id, id)} and ${customers.rowDeleted} = 0 lock in share mode`,
  )) as unknown as [unknown[]];
  return rows.length > 0;
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
  const index = customerPageIndex(tenant, query);
  const shape = `customers:${index ?? ""}:${given.map(([key]) => key).join()}:${tenantShape(tenant)}:${sort}:${descending ? "desc" : "asc"}:${pastShape(position)}`;
  const rows = await reads.rows<CustomerRow>(
    db,
    shape,
    () => {
      const column = customers[sort];
      return qb
        .select(customerColumns)
        .from(customers, index === undefined ? undefined : { forceIndex: index })
        .where(
          and(
            withinBoundTenant(tenant, customers.id),
            ...given.map(([key]) => customerCondition(key)),
            past(position, { column, id: customers.id, descending }),
          ),
        )
        .orderBy(...(descending ? [desc(column), desc(customers.id)] : [asc(column), asc(customers.id)]))
        .limit(sql.placeholder("limit"));
    },
    {
      ...filter,
      prefix: startPattern(filter.search ?? ""),
      deleted: filter.deleted === true ? 1 : 0,
      ...tenantValue(tenant),
      ...pastValues(position),
      limit: query.limit,
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
  return await reads.count(
    db,
    `count:${given.map(([key]) => key).join()}:${tenantShape(tenant)}`,
    () => {
      const inner = qb
        .select({ one: sql`1`.as("one") })
        .from(customers, index === undefined ? undefined : { forceIndex: index })
        .where(and(withinBoundTenant(tenant, customers.id), ...given.map(([key]) => customerCondition(key))))
        .limit(sql.placeholder("most"));
      return qb.select({ count: sql`count(*)` }).from(inner.as("matching"));
    },
    {
      ...filter,
      prefix: startPattern(filter.search ?? ""),
      deleted: filter.deleted === true ? 1 : 0,
      ...tenantValue(tenant),
      most,
    },
  );
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
