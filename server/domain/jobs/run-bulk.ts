import { and, asc, eq, gt, sql } from "drizzle-orm";
import { adminJobResults, adminJobs } from "@/db/bin/schema/admin";
import { contextFor, type Context } from "@/server/kernel/context";
import { toDomainError } from "@/server/kernel/errors";
import { failJob, type Job, type JobHandler } from "@/server/kernel/jobs";
import { findReceipt, type Receipt } from "@/server/kernel/receipts";
import { updateRow } from "@/server/kernel/statements";
import { inTransaction, type Transaction } from "@/server/kernel/transaction";
import { readPublicKey, rowReceipt } from "./once-key";
import type { BulkAction, BulkItem } from "./ports";
import type { BulkPayload, BulkProgress } from "./progress";
import { BULK_MOST } from "./schemas";
import { pendingRow } from "./start-bulk";

/** Rows between two looks at whether the job was cancelled; also what may be repeated after a kill. */
const PAGE = 20;
/** The same where rows are worked at the same time. */
const PAGE_AT_ONCE = 100;
const UNDO_PAGE = 500;
/** After this long other jobs have their turn, in milliseconds. */
const SLICE_MS = 5_000;
const LABEL_MOST = 255;

interface Row {
  seq: number;
  itemId: string;
  label: string | null;
}
interface Outcome {
  row: Row;
  state: "done" | "skipped" | "failed";
  item: BulkItem | null;
  reason?: string;
  message?: string;
}

/**
 * Works a bulk job: gathers its rows by keyset pages, then does them page by page. A row's change and its receipt are in
 * one transaction, its result and the count in another: whoever goes on after a kill finds the receipt, and neither
 * does the row again nor loses it.
 */
export const bulkHandler =
  (action: BulkAction): JobHandler =>
  async (ctx, job, saveProgress) => {
    const ends = Date.now() + SLICE_MS;
    for (;;) {
      const progress = await readProgress(ctx, job);
      if (progress.gathering) {
        if (!(await gather(ctx, action, job, progress))) return;
      } else if (!(await workPage(ctx, action, job))) return;
      await saveProgress(); // the claim alone: counts are written where the job is locked
      if (Date.now() > ends) return "again";
    }
  };

async function readProgress(ctx: Context, job: Job): Promise<BulkProgress> {
  const [row] = await ctx.db.select({ progress: adminJobs.progress }).from(adminJobs).where(eq(adminJobs.id, job.id));
  return (row?.progress ?? job.progress) as BulkProgress;
}

/** Adds one page of rows. @returns false when the job has ended */
async function gather(ctx: Context, action: BulkAction, job: Job, progress: BulkProgress): Promise<boolean> {
  const { source, until } = job.payload as BulkPayload;
  let page: { items: BulkItem[]; next: string | null };
  if ("undoOf" in source) {
    page = await doneRows(ctx, source.undoOf, progress.cursor);
  } else {
    const asker = await ctx.ports.findAsker(ctx, job.owner);
    if (asker === null || !asker.rights.has(action.right) || !("filter" in source)) {
      await failJob(ctx.db, ctx.now(), job, `${job.owner.name} may not do this any more.`);
      return false;
    }
    page = await action.collect(contextFor(ctx, asker), source.filter, progress.cursor, until);
  }
  await inTransaction({ ...ctx, receipt: null }, async (tx) => {
    const now = await lockProgress(tx, job);
    if (!now.gathering || now.cursor !== progress.cursor) return; // another worker was faster
    const room = (action.most ?? BULK_MOST) - now.total;
    const query = await tx.query();
    const rows = page.items
      .slice(0, room)
      .map((item, index) => pendingRow(tx, job.id, now.total + index, item.id, item.label, item.customerId));
    let added = 0;
    if (rows.length > 0) {
      // A record that moved within the list while it was read comes twice; it is kept once, and leaves a gap in `seq`.
      const [result] = await query.insert(adminJobResults).ignore().values(rows);
      added = result.affectedRows;
      if (added < rows.length) await closeGaps(tx, job, now.total);
    }
    const over = page.next === null || page.items.length > room;
    save(tx, job, { ...now, total: now.total + added, gathering: !over, cursor: over ? null : page.next });
  });
  return true;
}

/** Numbers the rows after `from` anew, so that the next page follows them. */
async function closeGaps(tx: Transaction, job: Job, from: number): Promise<void> {
  const query = await tx.query();
  const rows = await query
    .select({ seq: adminJobResults.seq })
    .from(adminJobResults)
    .where(and(eq(adminJobResults.jobId, job.id), sql`${adminJobResults.seq} >= ${from}`))
    .orderBy(asc(adminJobResults.seq));
  for (const [index, { seq }] of rows.entries())
    if (seq !== from + index)
      await query
        .update(adminJobResults)
        .set({ seq: from + index })
        .where(and(eq(adminJobResults.jobId, job.id), eq(adminJobResults.seq, seq)));
}

async function doneRows(
  ctx: Context,
  jobId: string,
  cursor: string | null,
): Promise<{ items: BulkItem[]; next: string | null }> {
  const rows = await ctx.db
    .select()
    .from(adminJobResults)
    .where(
      and(
        eq(adminJobResults.jobId, jobId),
        eq(adminJobResults.state, "done"),
        cursor === null ? undefined : gt(adminJobResults.seq, Number(cursor)),
      ),
    )
    .orderBy(asc(adminJobResults.seq))
    .limit(UNDO_PAGE);
  return {
    items: rows.map(({ itemId, label, customerId }) => ({ id: itemId, label: label ?? "", customerId })),
    next: rows.length < UNDO_PAGE ? null : String(rows.at(-1)?.seq),
  };
}

/** Does the next rows. @returns false when none is left */
async function workPage(ctx: Context, action: BulkAction, job: Job): Promise<boolean> {
  const rows = await ctx.db
    .select({ seq: adminJobResults.seq, itemId: adminJobResults.itemId, label: adminJobResults.label })
    .from(adminJobResults)
    .where(and(eq(adminJobResults.jobId, job.id), eq(adminJobResults.state, "pending")))
    .orderBy(asc(adminJobResults.seq))
    .limit(action.atOnce === undefined ? PAGE : PAGE_AT_ONCE);
  if (rows.length === 0) return false;
  const outcomes: Outcome[] = [];
  const left = rows[Symbol.iterator]();
  const sealedTo = action.once === undefined ? undefined : await readPublicKey(ctx.db, job.id);
  const lane = async (): Promise<void> => {
    for (const row of left) outcomes.push(await workRow(ctx, action, job, row, sealedTo));
  };
  const lanes = await Promise.allSettled(Array.from({ length: action.atOnce ?? 1 }, lane));
  if (outcomes.length > 0) await saveOutcomes(ctx, action, job, outcomes);
  for (const each of lanes) if (each.status === "rejected") throw each.reason;
  return true;
}

async function workRow(
  ctx: Context,
  action: BulkAction,
  job: Job,
  row: Row,
  sealedTo: Buffer | null | undefined,
): Promise<Outcome> {
  const receipt: Receipt = { ...rowReceipt(job.id, row.itemId), ...(sealedTo === undefined ? {} : { sealedTo }) };
  let item: BulkItem | null = null;
  try {
    if ((await findReceipt(ctx.db, receipt)) !== null) return { row, state: "done", item };
    const asker = await ctx.ports.findAsker(ctx, job.owner);
    if (asker === null)
      return {
        row,
        state: "failed",
        item,
        reason: "ASKER_GONE",
        message: `${job.owner.name} may do nothing any more.`,
      };
    const asked = contextFor(ctx, { ...asker, requestId: job.requestId, userAgent: `job ${job.id}`, receipt });
    const { todo, ...found } = await action.look(asked, row.itemId);
    item = found;
    if (!todo) return { row, state: "skipped", item, reason: "NOTHING_TO_DO" };
    await action.change(asked, row.itemId);
    return { row, state: "done", item };
  } catch (error) {
    const failure = toDomainError(error);
    // What passes by itself is for the whole job to wait for, not for one row to fail by.
    if (failure.code === "UNAVAILABLE" || failure.code === "TIMEOUT") throw error;
    if (failure.code === "INTERNAL")
      ctx.log.error({ err: error, jobId: job.id, itemId: row.itemId }, "a row of a bulk job failed");
    return { row, state: "failed", item, reason: failure.reason, message: failure.message };
  }
}

async function saveOutcomes(ctx: Context, action: BulkAction, job: Job, outcomes: readonly Outcome[]): Promise<void> {
  await inTransaction({ ...ctx, receipt: null }, async (tx) => {
    const progress = await lockProgress(tx, job);
    const query = await tx.query();
    for (const { row, state, item, reason, message } of outcomes) {
      const [result] = await query
        .update(adminJobResults)
        .set({
          state,
          reason: reason?.slice(0, 64) ?? null,
          message: message?.slice(0, LABEL_MOST) ?? null,
          tmUpdate: tx.now,
          ...(item === null ? {} : { label: item.label.slice(0, LABEL_MOST), customerId: item.customerId }),
        })
        .where(
          and(
            eq(adminJobResults.jobId, job.id),
            eq(adminJobResults.seq, row.seq),
            eq(adminJobResults.state, "pending"),
          ),
        );
      progress[state] += result.affectedRows;
    }
    action.settled?.(
      tx,
      outcomes.map(({ row }) => row.itemId),
    );
    save(tx, job, progress);
  });
}

async function lockProgress(tx: Transaction, job: Job): Promise<BulkProgress> {
  const query = await tx.query();
  const [row] = await query
    .select({ progress: adminJobs.progress })
    .from(adminJobs)
    .where(eq(adminJobs.id, job.id))
    .for("update");
  return (row?.progress ?? job.progress) as BulkProgress;
}

function save(tx: Transaction, job: Job, progress: BulkProgress): void {
  tx.write(updateRow(adminJobs, job.id, { progress, attempts: 0, tmUpdate: tx.now }));
}
