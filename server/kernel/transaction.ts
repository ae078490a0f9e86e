import { drizzle, type MySql2Database } from "drizzle-orm/mysql2";
import type { PoolConnection } from "mysql2";
import type { Context } from "./context";
import { DomainError, duplicateKey, isDatabaseGone } from "./errors";
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
  /** Adds something to do after the commit; it must not throw. */
  afterCommit(effect: () => void | Promise<void>): void;
  /** Names an index and the failure to report when a buffered write runs into it. */
  onDuplicate(index: string, failure: () => DomainError): void;
  now: string;
}

class Unit implements Transaction {
  connection: PoolConnection | null = null;
  private opened: MySql2Database<Record<string, never>> | null = null;
  readonly writes: Statement[] = [];
  readonly effects: (() => void | Promise<void>)[] = [];
  readonly duplicates = new Map<string, () => DomainError>();
  readonly now: string;

  constructor(private readonly ctx: Context) {
    this.now = ctx.now();
  }

  async query(): Promise<MySql2Database<Record<string, never>>> {
    if (this.opened === null) {
      this.connection ??= await takeConnection(this.ctx.db);
      await runStatement(this.connection, { sql: "start transaction", params: [] });
      this.opened = drizzle({ client: this.connection.promise() as never }) as unknown as MySql2Database<
        Record<string, never>
      >;
    }
    return this.opened;
  }

  write(statement: Statement): void {
    this.writes.push(statement);
  }

  afterCommit(effect: () => void | Promise<void>): void {
    this.effects.push(effect);
  }

  onDuplicate(index: string, failure: () => DomainError): void {
    this.duplicates.set(index, failure);
  }

  /**
   * Sends what was written, and the commit behind it.
   * @param onSend called when it leaves; what fails before that has certainly not happened
   */
  async commit(onSend: () => void): Promise<void> {
    if (this.opened === null && this.writes.length === 0) return;
    this.connection ??= await takeConnection(this.ctx.db);
    onSend();
    const parts = this.writes.map((each) => each.sql);
    if (this.opened === null) parts.unshift("start transaction");
    parts.push("commit");
    await runStatement(this.connection, { sql: parts.join(";\n"), params: this.writes.flatMap((each) => each.params) });
  }

  async rollback(gone: boolean): Promise<void> {
    const connection = this.connection;
    this.connection = null;
    if (connection === null) return;
    if (gone) return connection.destroy();
    try {
      await runStatement(connection, { sql: "rollback", params: [] }, 1_000);
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

const DEADLOCK_ATTEMPTS = 3;
const LOST_ATTEMPTS = 3;

/**
 * Runs a change in one transaction: rows, outbox, audit and receipt commit together or not at all.
 * A deadlock is tried again. Where the commit gets no answer, the receipt tells what became of it, so that no answer of
 * ours is untrue; what turns out not to have happened is tried again.
 * @throws DomainError what the change itself throws; UNAVAILABLE when the database is gone and nothing was done
 */
export async function inTransaction<T>(ctx: Context, change: (tx: Transaction) => Promise<T> | T): Promise<T> {
  let voided = false;
  for (let attempt = 1; ; attempt++) {
    const unit = new Unit(ctx);
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
