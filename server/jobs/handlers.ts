import { DELETION_JOB, RESTORATION_JOB, runCustomerDeletion, runCustomerRestoration } from "@/server/domain/customer";
import { bulkHandler } from "@/server/domain/jobs";
import { DRIFT_PASS_JOB, runDriftPass, runSipRemoval, SIP_REMOVAL_JOB } from "@/server/domain/registrar";
import type { Ports } from "@/server/kernel/context";
import type { JobHandler } from "@/server/kernel/jobs";

/** What works each type of job. */
export const jobHandlers = ({ bulkActions }: Pick<Ports, "bulkActions">): Record<string, JobHandler> => ({
  [DELETION_JOB]: runCustomerDeletion,
  [RESTORATION_JOB]: runCustomerRestoration,
  [SIP_REMOVAL_JOB]: runSipRemoval,
  [DRIFT_PASS_JOB]: runDriftPass,
  ...Object.fromEntries(bulkActions.map((action) => [action.type, bulkHandler(action)])),
});
