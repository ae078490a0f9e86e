import { createHash } from "node:crypto";
import type { Connection, ResultSetHeader, RowDataPacket } from "mysql2/promise";
import { steps as asteriskSteps } from "./asterisk/migrations/steps";
import { steps as binSteps } from "./bin/migrations/steps";
import { connectOrCreate, errorCode } from "./connection";
import type { MySqlDsn } from "./dsn";
import { findConflicts, MigrationRefused, PLAIN_TOKEN, TOKEN_HASH } from "./duplicates";
import { compareTable } from "./shape/compare";
import { foundTables } from "./shape/found";
import { quoteName, type FoundTable, type Target } from "./shape/table";
import { wantedTables } from "./shape/wanted";

export { MigrationRefused } from "./duplicates";

export interface MigrateOptions {
  target: Target;
  dsn: MySqlDsn;
  /** Told of each step before it begins. */
  log?: (line: string) => void;
}

export interface MigrationResult {
  /** Names of the tables that were made. */
  created: string[];
  /** Names of the tables that were there and lacked something. */
  altered: string[];
  /** How many plain tokens were replaced by their hash. */
  tokensHashed: number;
}

/** The head of Asterisk's own migrations whose tables these are (contract/registrar.md §2). */
const ASTERISK_REVISION = "abdc9ede147d";
/** The head of the originals' migrations of bin_manager (contract/customer.md §1.3), and the tables of ours that they make. */
const BIN_REVISION = "91c93611e3ec";
const ADOPTED_TABLES = [
  "customer_customers",
  "customer_accesskeys",
  "number_numbers",
  "outdial_outdials",
  "outdial_outdialtargets",
  "registrar_extensions",
  "registrar_trunks",
] as const;
/** How long to wait for another migration of the same database, in seconds. */
const TURN_SECONDS = 600;
const BATCH = 1_000;

/**
 * Brings a database to the schema: makes what is missing, changes of an existing table only what the schema needs, and
 * leaves everybody else's tables alone. Each table is changed by one statement, so a run that is killed leaves every
 * table either as it was or done, and the next run goes on from there. Running it again changes nothing.
 * @throws MigrationRefused before any change, where rows break a guarantee
 */
export async function migrateDatabase({
  target,
  dsn,
  log = () => undefined,
}: MigrateOptions): Promise<MigrationResult> {
  const { connection, created } = await connectOrCreate(target, dsn);
  if (created) log(`create database ${dsn.database}`);
  try {
    await takeTurn(connection, dsn.database, log);
    const result = await bringToSchema(connection, target, log);
    await seed(connection, target, log);
    if (target === "bin") {
      await renameRoles(connection, log);
      result.tokensHashed = await hashPlainTokens(connection, log);
    }
    return result;
  } finally {
    await connection.end().catch(() => undefined); // gives the turn back, too
  }
}

/** One migration at a time. A killed one lets go when the server has noticed, which is after the statement that it left. */
async function takeTurn(connection: Connection, database: string, log: (line: string) => void): Promise<void> {
  const name = `voipbin:migrate:${createHash("sha256").update(database).digest("hex").slice(0, 32)}`;
  for (const seconds of [0, TURN_SECONDS]) {
    const [rows] = await connection.query<RowDataPacket[]>("select get_lock(?, ?) as got", [name, seconds]);
    if (Number(rows[0]?.got) === 1) return;
    if (seconds === 0) log("waiting for another migration of this database to end");
  }
  throw new Error("Another migration of this database is running and does not end.");
}

async function bringToSchema(
  connection: Connection,
  target: Target,
  log: (line: string) => void,
): Promise<MigrationResult> {
  const wanted = wantedTables(target);
  const found = await foundTables(
    connection,
    wanted.map((table) => table.name),
  );
  const result: MigrationResult = { created: [], altered: [], tokensHashed: 0 };
  if (target === "bin") {
    await refuseUnfinished(connection, found);
    await refuseConflicts(connection, found);
  }

  for (const table of wanted) {
    const present = found.get(table.name);
    if (present === undefined) continue;
    const clauses = [...new Set(compareTable(target, table, present).flatMap((difference) => difference.fix))];
    if (clauses.length === 0) continue;
    log(`alter table ${table.name}`);
    try {
      await connection.query(`ALTER TABLE ${quoteName(table.name)} ${clauses.join(", ")}`);
    } catch (error) {
      // A row that appeared since the look, or a table that somebody holds.
      if (errorCode(error) === "ER_DUP_ENTRY") await refuseConflicts(connection, found);
      throw explain(error, table.name);
    }
    result.altered.push(table.name);
  }

  const ours = new Set(wanted.map((table) => table.name));
  for (const step of target === "bin" ? binSteps : asteriskSteps) {
    // A table that was there has just been compared with the schema itself.
    if (found.has(step.table) || !ours.has(step.table)) continue;
    log(step.sql.replace(/\s*\(.*$/s, "").toLowerCase());
    await connection.query(step.sql);
    if (!result.created.includes(step.table)) result.created.push(step.table);
  }
  return result;
}

/**
 * A database of the originals that an older revision of theirs made has its rows in tables of other names: making ours
 * beside them would hide every customer.
 */
async function refuseUnfinished(connection: Connection, found: ReadonlyMap<string, FoundTable>): Promise<void> {
  const missing = ADOPTED_TABLES.filter((table) => !found.has(table));
  if (missing.length === 0) return;
  const [tables] = await connection.query<RowDataPacket[]>("show tables like 'alembic_version'");
  if (tables.length === 0) return;
  const [rows] = await connection.query<RowDataPacket[]>("select version_num from alembic_version limit 1");
  throw new MigrationRefused([
    `the originals' migrations have left this database at revision ${String(rows[0]?.version_num ?? "none")}, without ${missing.join(", ")}; bring it to ${BIN_REVISION} with them first`,
  ]);
}

async function refuseConflicts(connection: Connection, found: ReadonlyMap<string, FoundTable>): Promise<void> {
  const conflicts = await findConflicts(connection, found);
  if (conflicts.length > 0) throw new MigrationRefused(conflicts);
}

function explain(error: unknown, table: string): Error {
  if (errorCode(error) === "ER_LOCK_WAIT_TIMEOUT")
    return new Error(
      `${table} is in use all the time, so it could not be changed. Nothing is half done; run again at a quieter hour.`,
    );
  const reason = error instanceof Error ? error.message : String(error);
  return new Error(`${table} could not be changed: ${reason}`, { cause: error });
}

/** Rows that have to be there. */
async function seed(connection: Connection, target: Target, log: (line: string) => void): Promise<void> {
  const [table, column, value, where] =
    target === "bin"
      ? ["admin_locks", "name", "relay", "where name = 'relay'"]
      : ["alembic_version", "version_num", ASTERISK_REVISION, ""];
  const [rows] = await connection.query<RowDataPacket[]>(`select 1 from ${table} ${where} limit 1`);
  if (rows.length > 0) return;
  log(`insert into ${table}`);
  await connection.query(`insert ignore into ${table} (${column}) values (?)`, [value]);
}

/**
 * A customer's admin was a role of its own. Only where the customer is known: without one, the new role would be an
 * admin of all, and a role that nobody knows has no rights.
 */
async function renameRoles(connection: Connection, log: (line: string) => void): Promise<void> {
  const [{ affectedRows }] = await connection.query<ResultSetHeader>(
    "update admin_users set role = 'admin' where role = 'customer_admin' and customer_id is not null",
  );
  if (affectedRows > 0) log(`role customer_admin is now admin of one customer: ${affectedRows}`);
}

/**
 * Replaces plain tokens by their SHA-256 and a prefix for people (contract/README "Fix" 6). In batches that each commit,
 * so that no lock lasts and a killed run loses nothing. A token too short to show four characters shows fewer.
 */
async function hashPlainTokens(connection: Connection, log: (line: string) => void): Promise<number> {
  let hashed = 0;
  for (;;) {
    const [rows] = await connection.query<RowDataPacket[]>(
      `select id from customer_accesskeys where token_hash is null and ${PLAIN_TOKEN} limit ${BATCH}`,
    );
    if (rows.length === 0) return hashed;
    if (hashed % (100 * BATCH) === 0) log(`hash plain tokens${hashed === 0 ? "" : `: ${hashed} done`}`);
    try {
      const [{ affectedRows }] = await connection.query<ResultSetHeader>(
        `update customer_accesskeys set token_hash = ${TOKEN_HASH}, token = concat(left(token, least(4, char_length(token) div 4)), '…')
        where id in (?) and token_hash is null and ${PLAIN_TOKEN}`,
        [rows.map((row) => row.id as Buffer)],
      );
      hashed += affectedRows;
    } catch (error) {
      // The server's own message would hold the hash.
      if (errorCode(error) === "ER_DUP_ENTRY")
        throw new Error("An access key got another's token meanwhile. Run again.");
      throw error;
    }
  }
}
