import { drizzle, type MySql2Database } from "drizzle-orm/mysql2";
import mysql, { type PoolConnection } from "mysql2";
import { Socket } from "node:net";
import { isDeepStrictEqual } from "node:util";
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
  "set session sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', innodb_lock_wait_timeout = 1; " +
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
    endWhenSilent(connection);
  });
  const db = drizzle({ client: pool }) as unknown as Database;
  besidePool(db, "address", () => dsn);
  return db;
}

/**
 * What is kept beside a pool, one for the whole process: what draws pages is a bundle of its own, with a copy of each module
 * and the same pool.
 */
export function besidePool<T extends object>({ $client }: Database, name: string, make: () => T): T {
  const key = Symbol.for(`voipbin-admin.${name}`);
  const there = Reflect.get($client, key) as T | undefined;
  if (there !== undefined) return there;
  const made = make();
  Reflect.set($client, key, made);
  return made;
}

const NOWHERE: MySqlDsn = { host: "", port: 0, user: "", password: "", database: "" };
const addressOf = (db: Database): MySqlDsn => besidePool(db, "address", () => NOWHERE);

/** The schema of a database that {@link openDatabase} opened. */
export const schemaOf = (db: Database): string => addressOf(db).database;

/** Whether one connection may write to both: the same server, reached in the same way as the same user. */
export function onOneServer(one: Database, other: Database): boolean {
  const [a, b] = [addressOf(one), addressOf(other)];
  return a.database !== "" && isDeepStrictEqual({ ...a, database: "" }, { ...b, database: "" });
}

/** How long the server may leave a statement without a byte of an answer, in milliseconds; longer than a wait for a lock. */
const SILENT_MOST_MS = 1_900;

/**
 * Ends a connection whose server went silent in the middle of something, as a network does that lost its way. The
 * driver's own bounds do not cover preparing a statement, and leave the connection taken for good.
 */
function endWhenSilent(connection: PoolConnection): void {
  const socket: unknown = Reflect.get(connection, "stream");
  if (!(socket instanceof Socket)) return;
  socket.setTimeout(SILENT_MOST_MS, () => {
    if (Reflect.get(connection, "_command") == null) return; // idle
    socket.destroy(Object.assign(new Error("The database does not answer."), { code: "PROTOCOL_SEQUENCE_TIMEOUT" }));
  });
}

/** Whether {@link closeDatabase} was called. */
export const isClosed = ({ $client }: Database): boolean => Reflect.get($client, "_closed") === true;

export function closeDatabase(db: Database): Promise<void> {
  return new Promise((resolve) => db.$client.end(() => resolve()));
}
