import { fillPlaceholders, Param, sql } from "drizzle-orm";
import type { MySqlColumn } from "drizzle-orm/mysql-core";
import type { Database } from "@/db/client";
import { selectPrepared, selectRows } from "./statements-run";

interface Plan {
  sql: string;
  params: unknown[];
}

/** Anything drizzle can turn into SQL: a select with placeholders in it. */
export interface Query {
  toSQL(): { sql: string; params: unknown[] };
}

/** A value given later, by name, and written as the column writes it (an id as 16 bytes, say). */
export const bound = (column: MySqlColumn, name: string): Param => new Param(sql.placeholder(name), column);

/**
 * How a statement's values travel. Spelled out in its text where it reads many entries of an index that has a generated
 * column: in a prepared statement MariaDB computes that column anew from each row of the table, which makes a count or a
 * search ten times as long and a page no longer at all.
 */
export type Sent = "prepared" | "spelled out";

/** The driver would send a number as a double, and no `limit` takes one. */
const asInteger = (value: unknown): unknown => (typeof value === "number" ? String(value) : value);

/**
 * Reads with a text that drizzle builds once per shape, and that the server keeps prepared. Building a query anew costs
 * several times what running it does.
 * @returns rows as arrays in the order of the select list
 */
export class PreparedReads {
  private readonly plans = new Map<string, Plan>();

  async rows<Row>(
    db: Database,
    shape: string,
    build: () => Query,
    values: Record<string, unknown>,
    how: Sent = "prepared",
  ): Promise<Row[]> {
    const { sql, params } = this.fill(shape, build, values);
    return how === "prepared"
      ? await selectPrepared<Row>(db, { sql, params: params.map(asInteger) })
      : await selectRows<Row>(db, { sql, params });
  }

  /** The one number of a count, see {@link Sent}. */
  async count(db: Database, shape: string, build: () => Query, values: Record<string, unknown>): Promise<number> {
    const [row] = await this.rows<[number]>(db, shape, build, values, "spelled out");
    return Number(row?.[0] ?? 0);
  }

  private fill(shape: string, build: () => Query, values: Record<string, unknown>): Plan {
    let plan = this.plans.get(shape);
    if (plan === undefined) {
      plan = build().toSQL();
      this.plans.set(shape, plan);
    }
    return { sql: plan.sql, params: fillPlaceholders(plan.params, values) };
  }
}
