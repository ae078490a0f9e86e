import { fillPlaceholders, Param, sql } from "drizzle-orm";
import type { MySqlColumn } from "drizzle-orm/mysql-core";
import type { Database } from "@/db/client";
import { selectPrepared } from "./statements-run";

interface Plan {
  sql: string;
  params: unknown[];
}

/** Anything drizzle can turn into SQL: a select with placeholders in it. */
interface Query {
  toSQL(): { sql: string; params: unknown[] };
}

/** A value given later, by name, and written as the column writes it (an id as 16 bytes, say). */
export const bound = (column: MySqlColumn, name: string): Param => new Param(sql.placeholder(name), column);

/**
 * Reads with a text that drizzle builds once per shape, and that the server keeps prepared. Building a query anew costs
 * several times what running it does.
 * @returns rows as arrays in the order of the select list
 */
export class PreparedReads {
  private readonly plans = new Map<string, Plan>();

  async rows<Row>(db: Database, shape: string, build: () => Query, values: Record<string, unknown>): Promise<Row[]> {
    let plan = this.plans.get(shape);
    if (plan === undefined) {
      plan = build().toSQL();
      this.plans.set(shape, plan);
    }
    return await selectPrepared<Row>(db, { sql: plan.sql, params: fillPlaceholders(plan.params, values) });
  }
}
