import * as z from "zod";
import { idInput } from "@/server/kernel/id-input";

/** As many records as may be named one by one; more only by a filter. */
export const BULK_IDS_MOST = 1_000;
/** As many records as one job works on. */
export const BULK_MOST = 100_000;

/** Which records: named, or all that match a list's filter when the job begins. */
export const bulkInput = <Filter extends z.ZodType<object>>(filter: Filter) =>
  z.union([
    z.strictObject({ ids: z.array(idInput).min(1).max(BULK_IDS_MOST, { error: "Use a filter for more than 1,000." }) }),
    z.strictObject({ filter }),
  ]);
export type BulkInput = { ids: string[] } | { filter: object };

/** As many records as one job gives new passwords to, so that they fit a file that is made while somebody waits. */
export const ONCE_FILE_MOST = 10_000;
/** For how long the new passwords of a job can be fetched, in seconds. */
export const ONCE_FILE_SECONDS = 86_400;

export const JOB_STATES = ["queued", "running", "done", "failed", "cancelled"] as const;
export type JobState = (typeof JOB_STATES)[number];
export const RESULT_STATES = ["pending", "done", "skipped", "failed"] as const;
export type ResultState = (typeof RESULT_STATES)[number];

const cursorPage = {
  cursor: z.string().max(2_000).optional(),
  size: z.number().int().min(1).max(200).default(50),
};

export const jobFilter = z.object({
  state: z.enum(JOB_STATES).optional(),
  type: z.string().max(64).optional(),
  /** Only what the caller himself has asked for. */
  mine: z.boolean().optional(),
});
export const listJobsInput = z.object({ filter: jobFilter.default({}), ...cursorPage });
export type ListJobsInput = z.input<typeof listJobsInput>;

export const jobIdInput = z.object({ id: idInput });
export type JobIdInput = z.input<typeof jobIdInput>;

export const jobResultsInput = z.object({ id: idInput, state: z.enum(RESULT_STATES).optional(), ...cursorPage });
export type JobResultsInput = z.input<typeof jobResultsInput>;

export const countBulkInput = z.object({ type: z.string().max(64), filter: z.record(z.string(), z.unknown()) });
export type CountBulkInput = z.input<typeof countBulkInput>;

export interface JobView {
  id: string;
  type: string;
  state: JobState;
  /** The one customer whose job it is; null for the platform's. */
  customerId: string | null;
  /** What it is about, where that is one record. */
  subject: { type: string; id: string } | null;
  owner: { type: string; id: string; name: string };
  /** Rows; `total` grows while they are still being gathered. */
  progress: { gathering: boolean; total: number; done: number; skipped: number; failed: number };
  error: string | null;
  /** Whether its rows are kept one by one. */
  bulk: boolean;
  can: { cancel: boolean; retry: boolean; undo: boolean };
  tmCreate: string;
  tmUpdate: string;
  /** Empty while it has not ended. */
  tmFinish: string;
}

export interface JobResultView {
  seq: number;
  itemId: string;
  customerId: string | null;
  label: string;
  state: ResultState;
  reason: string;
  message: string;
  tmUpdate: string;
}

/** The file with the new passwords that a job has made. */
export interface OnceFileView {
  /** `none`: the job makes none, or somebody else asked for it. `gone`: fetched, or not fetched in time. */
  state: "none" | "later" | "ready" | "gone";
  /** Until when it can be fetched; empty where it cannot. */
  tmExpire: string;
}

/** What can be fetched once. */
export interface OnceFile {
  name: string;
  rows: number;
  csv: string;
}
