import { and, eq } from "drizzle-orm";
import { adminJobResults, adminJobs } from "@/db/bin/schema/admin";
import { audit } from "@/server/kernel/audit";
import { authorize, isWithin } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { cancelJob, retryJob } from "@/server/kernel/jobs";
import { parseInput } from "@/server/kernel/parse-input";
import { updateRow } from "@/server/kernel/statements";
import { inTransaction, type Transaction } from "@/server/kernel/transaction";
import { NO_PROGRESS, type BulkProgress } from "./progress";
import { jobNotFound, toJobView, undoOf } from "./read-jobs";
import { jobIdInput, type JobIdInput, type JobView } from "./schemas";
import { keepOnceKey } from "./once-key";
import { bulkAction, enqueueBulk } from "./start-bulk";

/**
 * Ends a bulk job where it is; what is done stays done. Cancelling again changes nothing.
 * @throws DomainError NOT_FOUND, CONFLICT when it has ended, or is no bulk job
 */
export async function cancelBulk(ctx: Context, input: JobIdInput): Promise<JobView> {
  authorize(ctx, "job:cancel");
  return await changeJob(ctx, input, "job.cancel", (tx, row, view) => {
    if (view.state === "cancelled") return row;
    if (!view.can.cancel)
      throw refused("JOB_NOT_RUNNING", "This job cannot be cancelled: it has ended, or is not a bulk job.");
    cancelJob(tx, row.id);
    bulkAction(ctx, view.type).forget?.(tx, row.id);
    return { ...row, state: "cancelled", tmFinish: tx.now };
  });
}

/**
 * Goes on with a job that failed or was cancelled; of a bulk job the failed rows are tried again.
 * @throws DomainError NOT_FOUND, CONFLICT when nothing is left to try
 */
export async function retryEndedJob(ctx: Context, input: JobIdInput): Promise<JobView> {
  authorize(ctx, "job:retry");
  return await changeJob(ctx, input, "job.retry", async (tx, row, view) => {
    if (!view.can.retry) throw refused("JOB_NOT_FAILED", "Nothing of this job is left to try again.");
    let progress = row.progress;
    if (view.bulk) {
      const query = await tx.query();
      const [again] = await query
        .update(adminJobResults)
        .set({ state: "pending", reason: null, message: null, tmUpdate: tx.now })
        .where(and(eq(adminJobResults.jobId, row.id), eq(adminJobResults.state, "failed")));
      const before = row.progress as BulkProgress;
      progress = { ...before, failed: before.failed - again.affectedRows };
      tx.write(updateRow(adminJobs, row.id, { progress }));
    }
    if (view.bulk && bulkAction(ctx, view.type).once !== undefined) await keepOnceKey(ctx, tx, row.id);
    retryJob(tx, row.id);
    tx.afterCommit(() => ctx.nudgeJobs());
    return { ...row, progress, state: "queued", error: null, tmFinish: null };
  });
}

/**
 * Takes back what a bulk job has done, as another bulk job.
 * @throws DomainError NOT_FOUND, FORBIDDEN, CONFLICT when it runs, did nothing, or was taken back already
 */
export async function undoBulk(ctx: Context, input: JobIdInput): Promise<{ id: string }> {
  authorize(ctx, "job:cancel");
  const { id } = parseInput(jobIdInput, input);
  return await inTransaction(ctx, async (tx) => {
    const row = await lockJob(ctx, tx, id);
    const undo = undoOf(ctx, row.type ?? "");
    if (undo === null) throw refused("JOB_NOT_UNDOABLE", "What this job did cannot be taken back by you.");
    if (!toJobView(ctx, row).can.undo) throw refused("JOB_NOT_DONE", "This job has done nothing yet, or still runs.");
    const query = await tx.query();
    const [earlier] = await query
      .select({ id: adminJobs.id })
      .from(adminJobs)
      .where(and(eq(adminJobs.subjectId, id), eq(adminJobs.type, undo)))
      .limit(1);
    if (earlier !== undefined) throw refused("JOB_UNDONE", "This job was taken back already.");
    return { id: enqueueBulk(ctx, tx, undo, { undoOf: id }, NO_PROGRESS) };
  });
}

type JobRow = typeof adminJobs.$inferSelect;

async function changeJob(
  ctx: Context,
  input: JobIdInput,
  action: string,
  change: (tx: Transaction, row: JobRow, view: JobView) => JobRow | Promise<JobRow>,
): Promise<JobView> {
  const { id } = parseInput(jobIdInput, input);
  return await inTransaction(ctx, async (tx) => {
    const before = await lockJob(ctx, tx, id);
    const after = await change(tx, before, toJobView(ctx, before));
    if (after !== before)
      audit(ctx, tx, {
        action,
        resourceType: "job",
        resourceId: id,
        customerId: toJobView(ctx, before).customerId,
        before: { state: before.state },
        after: { state: after.state },
      });
    return toJobView(ctx, after);
  });
}

async function lockJob(ctx: Context, tx: Transaction, id: string): Promise<JobRow> {
  const query = await tx.query();
  const [row] = await query.select().from(adminJobs).where(eq(adminJobs.id, id)).for("update");
  if (row === undefined || !isWithin(ctx.tenant, row.customerId ?? "")) throw jobNotFound();
  return row;
}

const refused = (reason: string, message: string): DomainError => new DomainError("CONFLICT", reason, message);
