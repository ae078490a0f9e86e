import type { Database } from "@/db/client";

/** Does something in place of sending a statement that matches; whoever sent it never hears of it again. */
export function inPlaceOf(db: Database | null, matches: (sql: string) => boolean, act: () => void): void {
  db?.$client.on("connection", (connection) => {
    const query = connection.query.bind(connection) as (...args: unknown[]) => unknown;
    const watched = (...args: unknown[]): unknown => {
      const [statement] = args;
      const sql = typeof statement === "object" && statement !== null && "sql" in statement ? statement.sql : statement;
      return typeof sql === "string" && matches(sql) ? act() : query(...args);
    };
    Object.assign(connection, { query: watched });
  });
}
