/** What other parts of the product may use of work in the background. */
export { cancelBulk, retryEndedJob, undoBulk } from "./change-job";
export type { BulkAction, BulkItem, FindAsker } from "./ports";
export { getJob, listJobResults, listJobs, listRunningJobs } from "./read-jobs";
export { bulkHandler } from "./run-bulk";
export { countBulk, startBulk } from "./start-bulk";
