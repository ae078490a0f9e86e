import { and, asc, desc, eq, gte, inArray, like, lt, or, sql, type SQL } from "drizzle-orm";
import type { MySqlColumn, MySqlTable, SelectedFields } from "drizzle-orm/mysql-core";
import type { Database } from "@/db/client";
import type { Tenant } from "@/server/kernel/context";
import { at, past, pastShape, pastValues, qb, SEARCH_MOST, startPattern } from "@/server/kernel/list-reads";
import type { Position } from "@/server/kernel/pagination";
import { bound, PreparedReads, type Query, type Sent } from "@/server/kernel/prepared";
import type { JsonRows } from "@/server/kernel/json-rows";
import { tenantShape, tenantValue, withinBoundTenant } from "@/server/kernel/tenancy";
import type { TextRows } from "@/server/kernel/text-rows";

/** Filters that the lists of extensions and of trunks share; the others are equality in a column of their name. */
interface Filter {
  id?: string;
  customerId?: string;
  deleted?: boolean;
  createdFrom?: string;
  createdBefore?: string;
  search?: string;
}

type Columns<Keys extends string> = Record<Keys | "id" | "customerId" | "tmCreate" | "rowDeleted", MySqlColumn>;

interface ListOf<Keys extends string, View> {
  /** Of the table's indexes, e.g. `registrar_extensions`. */
  name: string;
  table: MySqlTable;
  columns: Columns<Keys>;
  rows: TextRows;
  /** Columns whose beginnings a search looks up; `idx_<name>_deleted_<column>` and `idx_<name>_customer_id_deleted_<column>` serve it. */
  searched: readonly Keys[];
  view: (row: string[]) => View;
}

export interface ListQuery<Keys extends string> {
  filter: Filter & Partial<Record<Keys, string | boolean>>;
  sort: Keys | "tmCreate";
  direction: "asc" | "desc";
  at: Position | null;
  /** Rows to read; one more than the page holds tells whether there is a next. */
  limit: number;
}

interface ReadsRows<Row> {
  rows(
    db: Database,
    shape: string,
    build: (fields: SelectedFields) => Query,
    values: Record<string, unknown>,
    how: Sent,
  ): Promise<Row[]>;
}

/** The reads of one table's list: pages by keyset, and the count of what matches. */
export function listReads<Keys extends string, View>(of: ListOf<Keys, View>) {
  const reads = new PreparedReads();
  const { name, table, columns } = of;

  const given = (filter: ListQuery<Keys>["filter"]): string[] =>
    Object.entries(filter)
      .filter(([, value]) => value !== undefined)
      .map(([key]) => key);

  function condition(key: string, tenant: Tenant, filter: Filter): SQL | undefined {
    switch (key) {
      case "id":
      case "customerId":
        return eq(columns[key], bound(columns[key], key));
      case "deleted":
        return eq(columns.rowDeleted, sql.placeholder("deleted"));
      case "createdFrom":
        return gte(columns.tmCreate, at("createdFrom"));
      case "createdBefore":
        return lt(columns.tmCreate, at("createdBefore"));
      case "search":
        return inArray(columns.id, sql`(select id from (${searchUnion(tenant, filter)}) as found)`);
      default:
        return eq(columns[key as Keys], sql.placeholder(key));
    }
  }

  /** Each beginning is looked up in its own index and bounded; an "or" over two columns would read the whole table. */
  function searchUnion(tenant: Tenant, filter: Filter): SQL {
    const parts = of.searched.map(
      (column) =>
        sql`(${qb
          .select({ id: columns.id })
          .from(table)
          .where(
            and(
              withinBoundTenant(tenant, columns.customerId),
              filter.customerId === undefined
                ? undefined
                : eq(columns.customerId, bound(columns.customerId, "customerId")),
              filter.deleted === undefined
                ? or(eq(columns.rowDeleted, sql`0`), eq(columns.rowDeleted, sql`1`))
                : eq(columns.rowDeleted, sql.placeholder("deleted")),
              like(columns[column], at("prefix")),
            ),
          )
          .limit(SEARCH_MOST)})`,
    );
    return sql.join(parts, sql` union `);
  }

  const where = (tenant: Tenant, filter: ListQuery<Keys>["filter"]): SQL | undefined =>
    and(withinBoundTenant(tenant, columns.customerId), ...given(filter).map((key) => condition(key, tenant, filter)));

  const values = (tenant: Tenant, filter: ListQuery<Keys>["filter"]): Record<string, unknown> => ({
    ...filter,
    prefix: startPattern(filter.search ?? ""),
    deleted: filter.deleted === true ? 1 : 0,
    ...tenantValue(tenant),
  });

  /**
   * The index that a page is read by. Left to itself the server takes `row_deleted = 0` for as good as a place in the
   * order; none is named where few rows are found by what they are called.
   */
  function pageIndex(tenant: Tenant, { filter, sort }: Pick<ListQuery<Keys>, "filter" | "sort">): string | undefined {
    const selective = given(filter).some(
      (key) => !["customerId", "deleted", "createdFrom", "createdBefore"].includes(key),
    );
    if (selective) return undefined;
    const ofOne = !tenant.all || filter.customerId !== undefined;
    const order = columns[sort].name;
    if (filter.deleted !== undefined) return `idx_${name}_${ofOne ? "customer_id_" : ""}deleted_${order}`;
    return sort === "tmCreate" && !ofOne ? `idx_${name}_tm_create` : undefined;
  }

  function page<Row>(rows: ReadsRows<Row>, db: Database, tenant: Tenant, query: ListQuery<Keys>): Promise<Row[]> {
    const { filter, sort, at: position } = query;
    const descending = (query.direction === "desc") !== (position?.back ?? false);
    const index = pageIndex(tenant, query);
    const shape = `${index ?? ""}:${given(filter).join()}:${tenantShape(tenant)}:${sort}:${descending ? "desc" : "asc"}:${pastShape(position)}`;
    return rows.rows(
      db,
      shape,
      (fields) => {
        const column = columns[sort];
        return qb
          .select(fields)
          .from(table, index === undefined ? undefined : { forceIndex: index })
          .where(and(where(tenant, filter), past(position, { column, id: columns.id, descending })))
          .orderBy(...(descending ? [desc(column), desc(columns.id)] : [asc(column), asc(columns.id)]))
          .limit(sql.placeholder("limit"));
      },
      { ...values(tenant, filter), ...pastValues(position), limit: query.limit },
      filter.search === undefined ? "prepared" : "spelled out",
    );
  }

  return {
    /** Rows of a page in reading order. */
    async list(db: Database, tenant: Tenant, query: ListQuery<Keys>): Promise<View[]> {
      return (await page(of.rows, db, tenant, query)).map(of.view);
    },

    /** The same as JSON objects. */
    async json(rows: JsonRows, db: Database, tenant: Tenant, query: ListQuery<Keys>): Promise<string[]> {
      return await page(rows, db, tenant, query);
    },

    /** How many match, counted up to `most`. */
    async count(db: Database, tenant: Tenant, filter: ListQuery<Keys>["filter"], most: number): Promise<number> {
      return await reads.count(
        db,
        `count:${given(filter).join()}:${tenantShape(tenant)}`,
        () => {
          const inner = qb
            .select({ one: sql`1`.as("one") })
            .from(table)
            .where(where(tenant, filter))
            .limit(sql.placeholder("most"));
          return qb.select({ count: sql`count(*)` }).from(inner.as("matching"));
        },
        { ...values(tenant, filter), most },
      );
    },
  };
}
