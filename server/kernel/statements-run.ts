import type { Pool, PoolConnection, QueryError, ResultSetHeader } from "mysql2";
import type { Database } from "@/db/client";
import { DomainError } from "./errors";
import type { Statement } from "./statements";

/** How long one statement of a request may take, in milliseconds; callers of the platform give up after 3,000. */
const STATEMENT_TIMEOUT_MS = 1_800;

/** Runs one statement on the pool, or on a connection, with its own bound in time. Values are escaped by the driver. */
export function runStatement(
  target: Database | PoolConnection,
  statement: Statement,
  timeoutMs = STATEMENT_TIMEOUT_MS,
): Promise<ResultSetHeader> {
  const client: Pool | PoolConnection = "$client" in target ? target.$client : target;
  return new Promise((resolve, reject) => {
    client.query(
      { sql: statement.sql, values: statement.params, timeout: timeoutMs },
      (error: QueryError | null, result: unknown) => {
        if (error) reject(error);
        else resolve(result as ResultSetHeader);
      },
    );
  });
}

/** Rows as arrays, in the order of the select list. */
export function selectRows<Row>(
  target: Database | PoolConnection,
  statement: Statement,
  timeoutMs = STATEMENT_TIMEOUT_MS,
): Promise<Row[]> {
  const client: Pool | PoolConnection = "$client" in target ? target.$client : target;
  return new Promise((resolve, reject) => {
    client.query(
      { sql: statement.sql, values: statement.params, timeout: timeoutMs, rowsAsArray: true },
      (error: QueryError | null, rows: unknown) => {
        if (error) reject(error);
        else resolve(rows as Row[]);
      },
    );
  });
}

/** The same over the binary protocol with a statement that the server keeps prepared: for the few hottest reads. */
export function selectPrepared<Row>(
  db: Database,
  statement: Statement,
  timeoutMs = STATEMENT_TIMEOUT_MS,
): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    db.$client.execute(
      { sql: statement.sql, values: statement.params as never, timeout: timeoutMs, rowsAsArray: true },
      (error: QueryError | null, rows: unknown) => {
        if (error) reject(error);
        else resolve(rows as Row[]);
      },
    );
  });
}

export async function firstRow<Row>(target: Database | PoolConnection, statement: Statement): Promise<Row | undefined> {
  return (await selectRows<Row>(target, statement))[0];
}

/** A connection of the pool's, or UNAVAILABLE when none becomes free in time. */
export function takeConnection(db: Database, waitMs = 1_500): Promise<PoolConnection> {
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(
        new DomainError(
          "UNAVAILABLE",
          "DATABASE_UNAVAILABLE",
          "The database is not available at the moment. Try again.",
        ),
      );
    }, waitMs);
    db.$client.getConnection((error, connection) => {
      clearTimeout(timer);
      if (error) {
        if (!late) reject(error);
      } else if (late) connection.release();
      else resolve(connection);
    });
  });
}
