import { drizzle, type MySql2Database } from "drizzle-orm/mysql2";
import mysql from "mysql2";
import type { MySqlDsn } from "./dsn";

/** Where plain reads and drizzle's queries run. */
export type Database = MySql2Database<Record<string, never>> & { $client: mysql.Pool };

export interface PoolOptions {
  /** Connections at most. */
  size: number;
  /** How long to wait for a new connection, in milliseconds. */
  connectTimeoutMs?: number;
}

const SESSION =
  "set session sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', innodb_lock_wait_timeout = 2; " +
  "set session transaction isolation level read committed";

/**
 * A pool on one schema. Times stay strings (only they keep six digits), the zone is UTC, and the session's SQL mode is
 * set here, because escaping and refusals depend on it. Several statements in one packet are allowed: a transaction's
 * buffered writes travel together (server/kernel/transaction.ts).
 */
export function openDatabase(dsn: MySqlDsn, options: PoolOptions): Database {
  const pool = mysql.createPool({
    host: dsn.host,
    port: dsn.port,
    user: dsn.user,
    password: dsn.password,
    database: dsn.database,
    ...(dsn.socketPath === undefined ? {} : { socketPath: dsn.socketPath }),
    ...(dsn.tls === undefined ? {} : { ssl: dsn.tls }),
    charset: "utf8mb4_general_ci",
    timezone: "Z",
    dateStrings: true,
    supportBigNumbers: true,
    multipleStatements: true,
    connectionLimit: options.size,
    maxIdle: options.size,
    idleTimeout: 60_000,
    enableKeepAlive: true,
    connectTimeout: options.connectTimeoutMs ?? 1_000,
    maxPreparedStatements: 200,
  });
  pool.on("connection", (connection) => {
    connection.on("error", () => undefined); // a connection that dies while idle leaves the pool; a user of it hears by the query
    connection.query(SESSION, () => undefined);
  });
  return drizzle({ client: pool }) as unknown as Database;
}

export function closeDatabase(db: Database): Promise<void> {
  return new Promise((resolve) => db.$client.end(() => resolve()));
}
