import { isDomainError, type DomainError } from "@/server/kernel/errors";
import type { TestInstallation } from "./installation";

type Rows = <Row>(sql: string, params?: unknown[]) => Promise<Row[]>;

/** All rows of all tables of an installation that has both databases, by table: to see that nothing was written. */
export async function snapshot(installation: TestInstallation): Promise<Record<string, string[]>> {
  return {
    ...(await tablesOf("bin", (sql, params) => installation.rows(sql, params))),
    ...(await tablesOf("asterisk", (sql, params) => installation.asteriskRows(sql, params))),
  };
}

async function tablesOf(database: string, rows: Rows): Promise<Record<string, string[]>> {
  const tables = await rows<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = database() order by 1",
  );
  const found: Record<string, string[]> = {};
  for (const { name } of tables)
    found[`${database}.${name}`] = (await rows<object>(`select * from \`${name}\``))
      .map((row) => JSON.stringify(row, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)))
      .sort();
  return found;
}

/** What a verb refused to do, and why; fails where it did it. */
export async function refusalOf(work: Promise<unknown>): Promise<DomainError> {
  try {
    await work;
  } catch (error) {
    if (isDomainError(error)) return error;
    throw error;
  }
  throw new Error("It was not refused.");
}
