import { and, desc, eq, inArray, lte, sql } from "drizzle-orm";
import { adminJobs } from "@/db/bin/schema/admin";
import type { Database } from "@/db/client";
import { formatTime, parseTime } from "./clock";
import type { Context } from "./context";
import { newTimeOrderedId } from "./ids";
import { insertRow, updateRow } from "./statements";
import type { Transaction } from "./transaction";

/** Work in the background: a durable row first, then steps that can each be repeated. */
export interface Job {
  id: string;
  type: string;
  customerId: string;
  subjectId: string;
  payload: unknown;
  progress: unknown;
  attempts: number;
  requestId: string;
  /** Who asked for it. */
  owner: { type: string; id: string; name: string };
}

export type JobState = "queued" | "running" | "done" | "failed" | "cancelled";

/**
 * Runs one job to its end, or throws; then it is tried again later. `saveProgress` keeps the claim alive, too, and
 * alone where no progress is given. Long work ends after a while with "again", so that other jobs have their turn.
 */
export type JobHandler = (
  ctx: Context,
  job: Job,
  saveProgress: (progress?: object) => Promise<void>,
) => Promise<"again" | void>;

/** For how long a claim holds, in milliseconds; a worker that died is replaced after this. */
const LEASE_MS = 15_000;
const ATTEMPTS_MOST = 12;

export interface NewJob {
  type: string;
  customerId: string;
  subjectType: string;
  subjectId: string;
  payload: object;
  progress: object;
}

/** Leaves a job in the transaction of the change that asks for it. @returns the job's id */
export function enqueueJob(ctx: Context, tx: Transaction, job: NewJob): string {
  const id = newTimeOrderedId();
  tx.write(
    insertRow(adminJobs, {
      ...job,
      id,
      ownerType: ctx.actor.type,
      ownerId: ctx.actor.id.slice(0, 64),
      ownerName: ctx.actor.name.slice(0, 255),
      state: "queued",
      attempts: 0,
      dueAt: tx.now,
      lockedUntil: null,
      lockedBy: null,
      error: null,
      requestId: ctx.requestId.slice(0, 64),
      tmCreate: tx.now,
      tmUpdate: tx.now,
      tmFinish: null,
    }),
  );
  tx.afterCommit(() => ctx.nudgeJobs());
  return id;
}

/** Claims due jobs, so that no other worker runs them while the lease lasts. */
export async function claimJobs(db: Database, now: string, worker: string, most: number): Promise<Job[]> {
  return await db.transaction(async (tx) => {
    const due = await tx
      .select({
        id: adminJobs.id,
        type: adminJobs.type,
        customerId: adminJobs.customerId,
        subjectId: adminJobs.subjectId,
        payload: adminJobs.payload,
        progress: adminJobs.progress,
        attempts: adminJobs.attempts,
        requestId: adminJobs.requestId,
        ownerType: adminJobs.ownerType,
        ownerId: adminJobs.ownerId,
        ownerName: adminJobs.ownerName,
      })
      .from(adminJobs)
      .where(and(inArray(adminJobs.state, ["queued", "running"]), lte(adminJobs.dueAt, now)))
      .orderBy(adminJobs.dueAt)
      .limit(most)
      .for("update", { skipLocked: true });
    if (due.length === 0) return [];
    const lease = later(now, LEASE_MS);
    await tx
      .update(adminJobs)
      .set({
        state: "running",
        attempts: sql`${adminJobs.attempts} + 1`,
        dueAt: lease,
        lockedUntil: lease,
        lockedBy: worker,
        tmUpdate: now,
      })
      .where(
        inArray(
          adminJobs.id,
          due.map((job) => job.id),
        ),
      );
    return due.map(({ ownerType, ownerId, ownerName, ...job }) => ({
      ...job,
      owner: { type: ownerType ?? "", id: ownerId ?? "", name: ownerName ?? "" },
      type: job.type ?? "",
      customerId: job.customerId ?? "",
      subjectId: job.subjectId ?? "",
      attempts: (job.attempts ?? 0) + 1,
      requestId: job.requestId ?? "",
    }));
  });
}

/** Keeps how far a claimed job is, and its claim. False when it was cancelled meanwhile. */
export async function saveJobProgress(db: Database, now: string, job: Job, progress?: object): Promise<boolean> {
  const lease = later(now, LEASE_MS);
  const [result] = await db
    .update(adminJobs)
    .set({ ...(progress === undefined ? {} : { progress }), dueAt: lease, lockedUntil: lease, tmUpdate: now })
    .where(and(eq(adminJobs.id, job.id), eq(adminJobs.state, "running")));
  return result.affectedRows > 0;
}

export async function finishJob(db: Database, now: string, job: Job): Promise<void> {
  await db
    .update(adminJobs)
    .set({ state: "done", lockedUntil: null, lockedBy: null, error: null, tmUpdate: now, tmFinish: now })
    .where(and(eq(adminJobs.id, job.id), eq(adminJobs.state, "running")));
}

/** Ends a job that cannot go on, whoever tries. */
export async function failJob(db: Database, now: string, job: Job, reason: string): Promise<void> {
  await db
    .update(adminJobs)
    .set({
      state: "failed",
      lockedUntil: null,
      lockedBy: null,
      error: reason.slice(0, 1_000),
      tmUpdate: now,
      tmFinish: now,
    })
    .where(and(eq(adminJobs.id, job.id), eq(adminJobs.state, "running")));
}

/** Puts a job behind the others that are due; it has not failed. */
export async function requeueJob(db: Database, now: string, job: Job): Promise<void> {
  await db
    .update(adminJobs)
    .set({ state: "queued", attempts: 0, dueAt: now, lockedUntil: null, lockedBy: null, tmUpdate: now })
    .where(and(eq(adminJobs.id, job.id), eq(adminJobs.state, "running")));
}

/** Puts a job back after a failure: due again after a growing pause with jitter, or failed for good. */
export async function postponeJob(db: Database, now: string, job: Job, reason: string): Promise<JobState> {
  const state = job.attempts >= ATTEMPTS_MOST ? "failed" : "queued";
  const pause = Math.min(600_000, 500 * 2 ** job.attempts) * (0.75 + Math.random() / 2);
  await db
    .update(adminJobs)
    .set({
      state,
      dueAt: later(now, pause),
      lockedUntil: null,
      lockedBy: null,
      error: reason.slice(0, 1_000),
      tmUpdate: now,
      ...(state === "failed" ? { tmFinish: now } : {}),
    })
    .where(and(eq(adminJobs.id, job.id), eq(adminJobs.state, "running")));
  return state;
}

/** Makes a failed job due again. */
export function retryJob(tx: Transaction, jobId: string): void {
  tx.write(
    updateRow(adminJobs, jobId, {
      state: "queued",
      attempts: 0,
      dueAt: tx.now,
      error: null,
      tmUpdate: tx.now,
      tmFinish: null,
    }),
  );
}

export function cancelJob(tx: Transaction, jobId: string): void {
  tx.write(updateRow(adminJobs, jobId, { state: "cancelled", tmUpdate: tx.now, tmFinish: tx.now }));
}

export interface JobRecord extends Job {
  state: JobState;
  error: string | null;
  tmCreate: string;
  tmFinish: string | null;
}

/** The latest jobs of one type for each of the given subjects. */
export async function latestJobs(
  db: Database,
  type: string,
  subjectIds: readonly string[],
): Promise<Map<string, JobRecord>> {
  const found = new Map<string, JobRecord>();
  if (subjectIds.length === 0) return found;
  const rows = await db
    .select()
    .from(adminJobs)
    .where(and(inArray(adminJobs.subjectId, [...subjectIds]), eq(adminJobs.type, type)))
    .orderBy(desc(adminJobs.tmCreate));
  for (const row of rows) {
    const subject = row.subjectId ?? "";
    if (found.has(subject)) continue;
    found.set(subject, {
      id: row.id,
      type: row.type ?? type,
      customerId: row.customerId ?? "",
      subjectId: subject,
      payload: row.payload,
      progress: row.progress,
      attempts: row.attempts ?? 0,
      requestId: row.requestId ?? "",
      owner: { type: row.ownerType ?? "", id: row.ownerId ?? "", name: row.ownerName ?? "" },
      state: row.state as JobState,
      error: row.error,
      tmCreate: row.tmCreate ?? "",
      tmFinish: row.tmFinish,
    });
  }
  return found;
}

/** How many jobs are in each state that needs a look. */
export async function countJobs(db: Database): Promise<{ queued: number; running: number; failed: number }> {
  const rows = await db
    .select({ state: adminJobs.state, count: sql<number>`count(*)` })
    .from(adminJobs)
    .where(inArray(adminJobs.state, ["queued", "running", "failed"]))
    .groupBy(adminJobs.state);
  const counts = { queued: 0, running: 0, failed: 0 };
  for (const row of rows)
    if (row.state === "queued" || row.state === "running" || row.state === "failed")
      counts[row.state] = Number(row.count);
  return counts;
}

/** For how many seconds the job that is due longest has been; 0 while none is. */
export async function lateJobSeconds(db: Database, now: string): Promise<number> {
  const [row] = await db
    .select({ dueAt: adminJobs.dueAt })
    .from(adminJobs)
    .where(and(eq(adminJobs.state, "queued"), lte(adminJobs.dueAt, now)))
    .orderBy(adminJobs.dueAt)
    .limit(1);
  return row === undefined ? 0 : Math.max(0, Math.round((parseTime(now) - parseTime(row.dueAt)) / 1_000));
}

const later = (now: string, milliseconds: number): string => formatTime(parseTime(now) + Math.round(milliseconds));
