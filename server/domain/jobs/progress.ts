import type { JobRecord } from "@/server/kernel/jobs";
import type { JobView } from "./schemas";

/** How far a bulk job is; changed together with its rows, in one transaction. */
export interface BulkProgress {
  gathering: boolean;
  /** Where gathering goes on. */
  cursor: string | null;
  total: number;
  done: number;
  skipped: number;
  failed: number;
}

/** Which records a bulk job works on. */
export type BulkSource = { ids: number } | { filter: object } | { undoOf: string } | Prepared;

/** Rows that were there when the job began. */
export interface Prepared {
  rows: number;
  /** What they came from. */
  from: object;
}

export interface BulkPayload {
  source: BulkSource;
  /** Records that came later do not take part. */
  until: string;
}

export const NO_PROGRESS: BulkProgress = { gathering: true, cursor: null, total: 0, done: 0, skipped: 0, failed: 0 };

/** The progress of any job in one form: bulk jobs count rows, deletions count what went with the customer. */
export function toProgress({ progress }: Pick<JobRecord, "progress">): JobView["progress"] {
  const known = (progress ?? {}) as Partial<BulkProgress> & {
    steps?: { done: number; total: number }[];
    restored?: number;
  };
  const sum = (key: "done" | "total") => known.steps?.reduce((all, step) => all + step[key], 0);
  const done = known.done ?? sum("done") ?? known.restored ?? 0;
  return {
    gathering: known.gathering ?? false,
    total: Math.max(known.total ?? sum("total") ?? done, done),
    done,
    skipped: known.skipped ?? 0,
    failed: known.failed ?? 0,
  };
}
