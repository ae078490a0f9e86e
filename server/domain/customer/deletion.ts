import { latestJobs, type JobRecord } from "@/server/kernel/jobs";
import type { Context } from "@/server/kernel/context";
import type { DeletionProgress } from "./schemas";

export const DELETION_JOB = "customer.delete";

/** For how long a deleted customer can be restored. */
export const RESTORE_DAYS = 30;

export interface DeletionSteps {
  steps: DeletionProgress["steps"];
}

export function toDeletionProgress(job: JobRecord): DeletionProgress {
  const progress = job.progress as Partial<DeletionSteps> | null;
  return {
    jobId: job.id,
    state: job.state,
    steps: progress?.steps ?? [],
    error: job.error,
    tmCreate: job.tmCreate,
    tmFinish: job.tmFinish ?? "",
  };
}

/** How far the deletion of each of these customers is; those without one are absent. */
export async function deletionProgress(
  ctx: Context,
  customerIds: readonly string[],
): Promise<Map<string, DeletionProgress>> {
  const jobs = await latestJobs(ctx.db, DELETION_JOB, customerIds);
  return new Map([...jobs].map(([id, job]) => [id, toDeletionProgress(job)]));
}
