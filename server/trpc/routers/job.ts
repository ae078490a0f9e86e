import {
  cancelBulk,
  countBulk,
  getJob,
  getOnceFile,
  listJobResults,
  listJobs,
  listRunningJobs,
  retryEndedJob,
  takeOnceFile,
  undoBulk,
} from "@/server/domain/jobs";
import { countBulkInput, jobIdInput, jobResultsInput, listJobsInput } from "@/server/domain/jobs/schemas";
import { procedure, router } from "../init";

export const jobRouter = router({
  list: procedure("job:read")
    .input(listJobsInput)
    .query(({ ctx: { ctx }, input }) => listJobs(ctx, input)),
  /** What the caller has asked for and is still under way. */
  running: procedure("job:read").query(({ ctx: { ctx } }) => listRunningJobs(ctx)),
  get: procedure("job:read")
    .input(jobIdInput)
    .query(({ ctx: { ctx }, input }) => getJob(ctx, input)),
  results: procedure("job:read")
    .input(jobResultsInput)
    .query(({ ctx: { ctx }, input }) => listJobResults(ctx, input)),
  /** How many records a bulk job would work on. */
  count: procedure("job:read")
    .input(countBulkInput)
    .query(({ ctx: { ctx }, input }) => countBulk(ctx, input)),
  cancel: procedure("job:cancel")
    .input(jobIdInput)
    .mutation(({ ctx: { ctx }, input }) => cancelBulk(ctx, input)),
  retry: procedure("job:retry")
    .input(jobIdInput)
    .mutation(({ ctx: { ctx }, input }) => retryEndedJob(ctx, input)),
  undo: procedure("job:cancel")
    .input(jobIdInput)
    .mutation(({ ctx: { ctx }, input }) => undoBulk(ctx, input)),
  /** Whether there is a file with new passwords for the caller to fetch. */
  onceFile: procedure("job:read")
    .input(jobIdInput)
    .query(({ ctx: { ctx }, input }) => getOnceFile(ctx, input)),
  /** The new passwords that the job has made, as CSV, this once and for who has asked for it. */
  takeOnceFile: procedure("job:read")
    .input(jobIdInput)
    .mutation(({ ctx: { ctx }, input }) => takeOnceFile(ctx, input)),
});
