import { drizzle, type MySql2Database } from "drizzle-orm/mysql2";
import type { PoolConnection } from "mysql2";
import { onOneServer, schemaOf, type Database } from "@/db/client";
import type { Context } from "./context";
import { DomainError, driverError, duplicateKey, isDatabaseGone } from "./errors";
import { noteFailure } from "./reachability";
import { findReceipt, lockVoidReceipt, resolveCommit, untilAnswered, writeReceipt } from "./receipts";
import type { Statement } from "./statements";
import { runStatement, takeConnection } from "./statements-run";

/**
 * One transaction of a verb. Reads and locks run at once, on {@link query}. Writes are buffered and travel in one packet
 * together with the commit: a verb that only inserts costs one round trip, and between its writes there is no moment in
 * which the process could die.
 */
export interface Transaction {
  /** Drizzle on the transaction's own connection, for what must be read or locked first. */
  query(): Promise<MySql2Database<Record<string, never>>>;
  /** Adds a write; it is sent at the commit, in the order of the calls. */
  write(statement: Statement): void;
  /** Adds a write to a second database: part of this transaction where one server holds both, see {@link commitsApart}. */
  writeTo(database: Database, statement: Statement): void;
  /**
   * Whether a second database, because it is on another server, commits for itself, just before this one does: after all
   * writes here have been accepted, and while their locks are held. Should the process die between the two commits, the
   * second database is ahead; whoever writes there leaves a note of it beside what it writes, by which it is found and mended.
   */
  commitsApart(database: Database): boolean;
  /** Adds something to do after the commit; it must not throw. */
  afterCommit(effect: () => void | Promise<void>): void;
  /** Names an index and the failure to report when a buffered write runs into it. */
  onDuplicate(index: string, failure: () => DomainError): void;
  /**
   * Adds a check behind the writes so far, for what must be unique and has no index that says so: at most one row may be
   * what `select` finds, which locks what it reads, so that of two that write the same at once one waits for the other.
   */
  onSeveral(select: Statement, failure: () => DomainError): void;
  now: string;
}

class Unit implements Transaction {
  connection: PoolConnection | null = null;
  private opened: MySql2Database<Record<string, never>> | null = null;
  readonly writes: Statement[] = [];
  private second: { database: Database; writes: Statement[] } | null = null;
  /** Whether a failure may have left the connection in the second database's schema. */
  private astray = false;
  readonly effects: (() => void | Promise<void>)[] = [];
  readonly duplicates = new Map<string, () => DomainError>();
  several: (() => DomainError) | null = null;
  readonly now: string;

  constructor(
    private readonly ctx: Context,
    private readonly begin: Statement,
  ) {
    this.now = ctx.now();
  }

  async query(): Promise<MySql2Database<Record<string, never>>> {
    if (this.opened === null) {
      this.connection ??= await takeConnection(this.ctx.db);
      await runStatement(this.connection, this.begin);
      this.opened = drizzle({ client: this.connection.promise() as never }) as unknown as MySql2Database<
        Record<string, never>
      >;
    }
    return this.opened;
  }

  write(statement: Statement): void {
    this.writes.push(statement);
  }

  writeTo(database: Database, statement: Statement): void {
    this.second ??= { database, writes: [] };
    if (this.second.database !== database) throw new Error("A transaction spans two databases at most.");
    this.second.writes.push(statement);
  }

  commitsApart(database: Database): boolean {
    return !onOneServer(this.ctx.db, database);
  }

  afterCommit(effect: () => void | Promise<void>): void {
    this.effects.push(effect);
  }

  onDuplicate(index: string, failure: () => DomainError): void {
    this.duplicates.set(index, failure);
  }

  onSeveral({ sql, params }: Statement, failure: () => DomainError): void {
    // "Do" would keep the server's refusal of several rows to itself.
    this.writes.push({ sql: `set @several = (${sql} lock in share mode)`, params });
    this.several = failure;
  }

  /**
   * Sends what was written, and the commit behind it.
   * @param onSend called when it leaves; what fails before that has certainly not happened
   */
  async commit(onSend: () => void): Promise<void> {
    if (this.opened === null && this.writes.length === 0 && this.second === null) return;
    this.connection ??= await takeConnection(this.ctx.db);
    const begin = this.opened === null ? [this.begin] : [];
    const { second } = this;
    if (second !== null && this.commitsApart(second.database)) {
      await runStatement(this.connection, packet([...begin, ...this.writes]));
      await commitAlone(second.database, second.writes);
      onSend();
      await runStatement(this.connection, COMMIT);
      return;
    }
    onSend();
    this.astray = second !== null;
    const there = second === null ? [] : [use(second.database), ...second.writes, use(this.ctx.db)];
    await runStatement(this.connection, packet([...begin, ...this.writes, ...there, COMMIT]));
  }

  async rollback(gone: boolean): Promise<void> {
    const connection = this.connection;
    this.connection = null;
    if (connection === null) return;
    if (gone) return connection.destroy();
    try {
      await runStatement(connection, this.astray ? packet([ROLLBACK, use(this.ctx.db)]) : ROLLBACK, 1_000);
      connection.release();
    } catch {
      connection.destroy(); // the server rolls back what a lost connection had open
    }
  }

  release(): void {
    this.connection?.release();
    this.connection = null;
  }
}

const BEGIN: Statement = { sql: "start transaction", params: [] };
/** Locks hold the gaps beside what they find as well. */
const BEGIN_EXCLUDING: Statement = {
  sql: "set transaction isolation level repeatable read; start transaction",
  params: [],
};
const COMMIT: Statement = { sql: "commit", params: [] };
const ROLLBACK: Statement = { sql: "rollback", params: [] };
/** What follows is meant for another schema of the connection's server. */
const use = (db: Database): Statement => ({ sql: "use ??", params: [schemaOf(db)] });

/** Several statements as one packet. */
const packet = (statements: readonly Statement[]): Statement => ({
  sql: statements.map((each) => each.sql).join(";\n"),
  params: statements.flatMap((each) => each.params),
});

/** A transaction of its own, in one packet. */
async function commitAlone(database: Database, writes: readonly Statement[]): Promise<void> {
  const connection = await takeConnection(database).catch((error: unknown) => {
    noteFailure(database, error);
    throw error;
  });
  try {
    await runStatement(connection, packet([BEGIN, ...writes, COMMIT]));
    connection.release();
  } catch (error) {
    noteFailure(database, error);
    if (isDatabaseGone(error)) connection.destroy();
    else
      await runStatement(connection, ROLLBACK, 1_000).then(
        () => connection.release(),
        () => connection.destroy(),
      );
    throw error;
  }
}

const DEADLOCK_ATTEMPTS = 3;
const LOST_ATTEMPTS = 3;

/**
 * Runs a change in one transaction: rows, outbox, audit and receipt commit together or not at all.
 * A deadlock is tried again. Where the commit gets no answer, the receipt tells what became of it, so that no answer of
 * ours is untrue; what turns out not to have happened is tried again.
 * @param options `excluding`: what a locking read by an index has not found cannot come into being before the transaction
 *   ends. Others who insert beside it wait so long: keep it short
 * @throws DomainError what the change itself throws; UNAVAILABLE when the database is gone and nothing was done
 */
export async function inTransaction<T>(
  ctx: Context,
  change: (tx: Transaction) => Promise<T> | T,
  options: { excluding?: boolean } = {},
): Promise<T> {
  let voided = false;
  for (let attempt = 1; ; attempt++) {
    const unit = new Unit(ctx, options.excluding === true ? BEGIN_EXCLUDING : BEGIN);
    let committing = false;
    try {
      const earlier = voided && ctx.receipt !== null ? await lockVoidReceipt(await unit.query(), ctx.receipt) : null;
      if (earlier !== null) {
        await unit.rollback(false);
        return earlier.answer as T;
      }
      const result = await change(unit);
      // A request that its client has named is remembered even where it changed nothing.
      const writes = unit.writes.length > 0 || (ctx.receipt?.request.length ?? 0) > 0;
      if (ctx.receipt !== null && writes) unit.write(writeReceipt(ctx.receipt, result, unit.now, voided));
      await unit.commit(() => (committing = writes));
      unit.release();
      if (ctx.receipt !== null && writes) ctx.receipt.kept = { answer: result };
      for (const effect of unit.effects) await effect();
      return result;
    } catch (error) {
      const gone = isDatabaseGone(error);
      await unit.rollback(gone);
      const key = duplicateKey(error);
      if (ctx.receipt !== null && (key === "PRIMARY" || key === "admin_receipts.PRIMARY")) {
        const { receipt } = ctx;
        const earlier = await untilAnswered(() => findReceipt(ctx.db, receipt));
        if (earlier !== null) return earlier.answer as T;
        voided = true; // another delivery lost the database in its commit; whoever locks the void receipt goes on
        if (attempt < LOST_ATTEMPTS) continue;
      }
      if (key !== null) throw unit.duplicates.get(key)?.() ?? error;
      if (unit.several !== null && driverError(error)?.code === "ER_SUBQUERY_NO_1_ROW") throw unit.several();
      if (committing && gone && ctx.receipt !== null) {
        ctx.log.warn(
          { requestId: ctx.requestId },
          "the database was lost during a commit; finding out what became of it",
        );
        const outcome = await resolveCommit(ctx.db, ctx.receipt, ctx.now);
        if (outcome !== null) {
          for (const effect of unit.effects) await effect();
          return outcome.answer as T;
        }
        voided = true;
        if (attempt < LOST_ATTEMPTS) continue;
        throw new DomainError(
          "UNAVAILABLE",
          "DATABASE_UNAVAILABLE",
          "The database was lost and nothing was changed. Try again.",
        );
      }
      if (isDeadlock(error) && attempt < DEADLOCK_ATTEMPTS) continue;
      throw error;
    }
  }
}

function isDeadlock(error: unknown): boolean {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    if ("code" in each && each.code === "ER_LOCK_DEADLOCK") return true;
  }
  return false;
}
