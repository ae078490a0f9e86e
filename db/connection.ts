import mysql, { type Connection } from "mysql2/promise";
import type { MySqlDsn } from "./dsn";
import type { Target } from "./shape/table";

/** How long a change waits for those who use the table, in seconds, before it gives up rather than hold up everybody behind it. */
const LOCK_WAIT_SECONDS = 30;

/** A single connection for changes of the schema: strict, in UTC, and in utf8mb4. */
export async function connect(dsn: MySqlDsn, database: string | undefined = dsn.database): Promise<Connection> {
  const { host, port, user, password, socketPath, tls } = dsn;
  const connection = await mysql.createConnection({
    host,
    port,
    user,
    password,
    ...(database === "" ? {} : { database }),
    ...(socketPath === undefined ? {} : { socketPath }),
    ...(tls === undefined ? {} : { ssl: tls }),
    charset: "utf8mb4_general_ci",
    timezone: "Z",
    dateStrings: true,
    connectTimeout: 10_000,
    enableKeepAlive: true,
  });
  connection.on("error", () => undefined); // whoever uses it hears by the query
  await connection.query(
    `set session sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', lock_wait_timeout = ${LOCK_WAIT_SECONDS}, innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS}`,
  );
  return connection;
}

/** Connects, and makes the database first where it is missing and the user may. @returns whether it was made */
export async function connectOrCreate(
  target: Target,
  dsn: MySqlDsn,
): Promise<{ connection: Connection; created: boolean }> {
  try {
    return { connection: await connect(dsn), created: false };
  } catch (error) {
    if (errorCode(error) !== "ER_BAD_DB_ERROR") throw error;
  }
  const server = await connect(dsn, "");
  try {
    const charset = target === "bin" ? "utf8mb4" : "utf8mb3";
    await server.query(
      `create database if not exists ${mysql.escapeId(dsn.database, true)} default character set ${charset}`,
    );
  } finally {
    await server.end();
  }
  return { connection: await connect(dsn), created: true };
}

export const errorCode = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
