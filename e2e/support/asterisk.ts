import { closeDatabase, openDatabase, type Database } from "@/db/client";
import { loadConfig } from "@/server/platform/config";

/** Does something in the database that Asterisk reads, past the product. */
export async function inAsterisk<T>(work: (asterisk: Database) => Promise<T>): Promise<T> {
  const dsn = loadConfig("cli").databaseAsterisk;
  if (dsn === null) throw new Error("the installation under test has no Asterisk database");
  const db = openDatabase(dsn.reveal(), { size: 1 });
  try {
    return await work(db);
  } finally {
    await closeDatabase(db);
  }
}

/** Rows of a statement there. */
export const asteriskRows = <Row>(sql: string, params: unknown[] = []): Promise<Row[]> =>
  inAsterisk(async (asterisk) => {
    const [rows] = await asterisk.$client.promise().query(sql, params);
    return rows as Row[];
  });
