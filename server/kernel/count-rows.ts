import { sql, type SQL } from "drizzle-orm";
import type { MySqlTable } from "drizzle-orm/mysql-core";
import type { Database } from "@/db/client";

/** How many rows match, counted by the database up to `most`. */
export async function countRows(
  db: Database,
  table: MySqlTable,
  where: SQL | undefined,
  most: number,
): Promise<number> {
  const matching = db
    .select({ one: sql`1`.as("one") })
    .from(table)
    .where(where)
    .limit(most)
    .as("matching");
  const [row] = await db.select({ count: sql<number>`count(*)` }).from(matching);
  return Number(row?.count ?? 0);
}
