import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import mysql, { type Connection, type RowDataPacket } from "mysql2/promise";
import { parseMysqlDsn, type MySqlDsn } from "./dsn";
import type { Target } from "./shape/table";

/** A database of a test's own. */
export interface Scratch {
  dsn: MySqlDsn;
  connection: Connection;
  drop(): Promise<void>;
}

export type Row = Record<string, unknown>;

const DUMPS = { bin: "bin_manager", asterisk: "asterisk" } as const;

/** The server of the tests, as `mysql://user:password@host:port`. */
export const MYSQL_URL = (process.env.TEST_MYSQL_URL ?? "mysql://root@127.0.0.1:3306").replace(/\/+$/, "");

/** An empty database on that server. */
export async function createScratch(): Promise<Scratch> {
  const dsn = parseMysqlDsn(`${MYSQL_URL}/e_${process.pid}_${randomBytes(4).toString("hex")}`);
  const connection = await mysql.createConnection({
    host: dsn.host,
    port: dsn.port,
    user: dsn.user,
    password: dsn.password,
    charset: "utf8mb4_general_ci",
    multipleStatements: true,
    dateStrings: true,
    timezone: "Z",
  });
  await connection.query(`create database ${dsn.database} default character set utf8mb3; use ${dsn.database}`);
  return {
    dsn,
    connection,
    async drop() {
      await connection.query(`drop database if exists ${dsn.database}`);
      await connection.end();
    },
  };
}

/** Loads the database of a small running installation, as the original services left it. */
export async function loadDump(
  connection: Connection,
  target: Target,
  change: (sql: string) => string = (sql) => sql,
): Promise<void> {
  const file = new URL(`./fixtures/${DUMPS[target]}.sql.gz`, import.meta.url);
  await connection.query(change(gunzipSync(readFileSync(file)).toString("utf8")));
}

export async function rowsOf(connection: Connection, sql: string, params: unknown[] = []): Promise<Row[]> {
  const [rows] = await connection.query<RowDataPacket[]>(sql, params);
  return rows.map((row) => ({ ...row }));
}

/** Each table's definition and a checksum of its rows. */
export async function snapshot(
  connection: Connection,
  keep: (table: string) => boolean = () => true,
): Promise<Map<string, string>> {
  const tables = (await rowsOf(connection, "show tables")).map((row) => String(Object.values(row)[0])).filter(keep);
  const shots = new Map<string, string>();
  for (const table of tables) {
    const [definition] = await rowsOf(connection, `show create table \`${table}\``);
    const [checksum] = await rowsOf(connection, `checksum table \`${table}\` extended`);
    shots.set(table, `${String(definition?.["Create Table"])}\n${String(checksum?.Checksum)}`);
  }
  return shots;
}
