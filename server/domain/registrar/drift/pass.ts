import { adminJobs } from "@/db/bin/schema/admin";
import { audit } from "@/server/kernel/audit";
import { authorize } from "@/server/kernel/authorization";
import { addSeconds } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { toDomainError } from "@/server/kernel/errors";
import { enqueueJob, latestJobs, type JobHandler, type JobRecord } from "@/server/kernel/jobs";
import { inTransaction, type Transaction } from "@/server/kernel/transaction";
import { examining } from "./examine";
import { dropFindings, dropUnseen, FINDINGS_MOST, keepFindings, type Place } from "./findings";
import { READ } from "./pages";
import { DRIFT_PASS_JOB, DRIFT_SUBJECT, FIRST, PHASES, toPass, type PassProgress } from "./progress";

/** Between the beginnings of two comparisons that nobody asked for, in seconds. */
const EVERY_SECONDS = 600;
/** After this long other jobs have their turn, in milliseconds. */
const SLICE_MS = 20_000;

/** The job that compares everything, page by page. */
export const runDriftPass: JobHandler = async (ctx, job, saveProgress) => {
  const ends = Date.now() + SLICE_MS;
  let progress = job.progress as PassProgress;
  while (progress.phase !== null) {
    const { phase } = progress;
    const { compared, suspects, next } = await READ[phase](ctx, progress.after);
    progress = { ...progress, compared: progress.compared + compared };
    for (const [index, suspect] of suspects.entries()) {
      if (index % 50 === 49) await saveProgress(); // the claim alone
      if (progress.found >= FINDINGS_MOST) progress.beyond++;
      else if (await confirm(ctx, suspect, job.id)) progress.found++;
    }
    const following = PHASES[PHASES.indexOf(phase) + 1] ?? null;
    progress = next === null ? { ...progress, phase: following, after: null } : { ...progress, after: next };
    if (progress.phase === null) await dropUnseen(ctx, job.id);
    await saveProgress(progress);
    if (progress.phase !== null && Date.now() > ends) return "again";
  }
};

/** Looks again, while nobody can change it. @returns whether it really differs */
async function confirm(ctx: Context, suspect: Place, passId: string): Promise<boolean> {
  try {
    return await examining({ ...ctx, receipt: null }, suspect, (tx, seen) => {
      if (seen.wrong.size === 0) dropFindings(tx, suspect);
      else keepFindings(tx, suspect, seen, passId);
      return seen.wrong.size > 0;
    });
  } catch (error) {
    if (toDomainError(error).reason === "DATABASE_BUSY") return false; // it is being changed just now; the next comparison sees it
    throw error;
  }
}

/** Compares everything now, or goes on with what does so already. @throws DomainError FORBIDDEN */
export async function lookNow(ctx: Context): Promise<{ id: string }> {
  authorize(ctx, "drift:read");
  return await inTransaction(ctx, async (tx) => {
    const latest = await lockLatest(ctx, tx);
    if (latest !== null && isUnderWay(latest)) return { id: latest.id };
    const id = enqueue(ctx, tx, latest);
    audit(ctx, tx, { action: "drift.look", resourceType: "job", resourceId: id, customerId: null });
    return { id };
  });
}

/** Compares everything when it is time to, once for all workers. */
export async function scheduleDriftPass(ctx: Context, everySeconds = EVERY_SECONDS): Promise<void> {
  if (ctx.asterisk === null) return;
  const due = (latest: JobRecord | null): boolean =>
    latest === null || (!isUnderWay(latest) && latest.tmCreate < addSeconds(ctx.now(), -everySeconds));
  if (!due((await latestJobs(ctx.db, DRIFT_PASS_JOB, [DRIFT_SUBJECT])).get(DRIFT_SUBJECT) ?? null)) return;
  await inTransaction({ ...ctx, receipt: null }, async (tx) => {
    const latest = await lockLatest(ctx, tx);
    if (due(latest)) enqueue(ctx, tx, latest);
  });
}

const isUnderWay = ({ state }: JobRecord): boolean => state === "queued" || state === "running";

/** The latest comparison, with the right to begin another. */
async function lockLatest(ctx: Context, tx: Transaction): Promise<JobRecord | null> {
  const query = await tx.query();
  await query.execute("insert into admin_locks (name) values ('drift') on duplicate key update name = name");
  return (await latestJobs(ctx.db, DRIFT_PASS_JOB, [DRIFT_SUBJECT])).get(DRIFT_SUBJECT) ?? null;
}

/** Comparisons before the last are of no further interest: their jobs do not pile up. */
function enqueue(ctx: Context, tx: Transaction, latest: JobRecord | null): string {
  tx.write({
    sql: "delete from admin_jobs where type = ? and subject_id = ? and state in ('done', 'failed', 'cancelled')",
    params: [DRIFT_PASS_JOB, adminJobs.subjectId.mapToDriverValue(DRIFT_SUBJECT)],
  });
  const { previous = null } = (latest?.progress ?? {}) as Partial<PassProgress>;
  return enqueueJob(ctx, tx, {
    type: DRIFT_PASS_JOB,
    customerId: "",
    subjectType: "drift",
    subjectId: DRIFT_SUBJECT,
    payload: {},
    progress: { ...FIRST, previous: latest?.state === "done" ? toPass(latest) : previous } satisfies PassProgress,
  });
}
