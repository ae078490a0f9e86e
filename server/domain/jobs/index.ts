/** What other parts of the product may use of work in the background. */
export { cancelBulk, retryEndedJob, undoBulk } from "./change-job";
export type { BulkAction, BulkItem, FindAsker, OnceFileRows } from "./ports";
export { getOnceFile, takeOnceFile } from "./once-file";
export { getJob, listJobResults, listJobs, listRunningJobs } from "./read-jobs";
export type { BulkInput } from "./schemas";
export { bulkHandler } from "./run-bulk";
export { countBulk, startBulk, startPrepared, type PreparedRow } from "./start-bulk";
