import { deletionProgress, getCustomer } from "@/server/domain/customer";
import { isSet } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { isDomainError } from "@/server/kernel/errors";
import { enqueueJob, type JobHandler } from "@/server/kernel/jobs";
import { inTransaction } from "@/server/kernel/transaction";
import { extensionDeletionStep, trunkDeletionStep } from "./deletion-steps";

export const SIP_REMOVAL_JOB = "registrar.remove-customer";
const STEPS = [trunkDeletionStep, extensionDeletionStep];

/**
 * A customer was deleted elsewhere: its trunks and extensions go, in the background (contract/registrar.md §6). Where we
 * deleted it ourselves, that deletion takes them, and brings them back should it be restored; and one that lives was
 * restored since. Then there is nothing to do here.
 */
export async function removeSipOfCustomer(ctx: Context, { customerId }: { customerId: string }): Promise<void> {
  if (await isSettled(ctx, customerId)) return;
  await inTransaction(ctx, (tx) => {
    enqueueJob(ctx, tx, {
      type: SIP_REMOVAL_JOB,
      customerId,
      subjectType: "customer",
      subjectId: customerId,
      payload: {},
      progress: {},
    });
  });
}

/** The background half of {@link removeSipOfCustomer}. */
export const runSipRemoval: JobHandler = async (ctx, job, saveProgress) => {
  let removed = 0;
  for (const step of STEPS) {
    for (;;) {
      const page = await step.deletePage(ctx, job.subjectId, job.id);
      removed += page;
      await saveProgress({ removed });
      if (page === 0) break;
    }
  }
};

async function isSettled(ctx: Context, id: string): Promise<boolean> {
  if ((await deletionProgress(ctx, [id])).has(id)) return true;
  try {
    return !isSet((await getCustomer(ctx, { id })).tmDelete);
  } catch (error) {
    if (isDomainError(error) && error.code === "NOT_FOUND") return false;
    throw error;
  }
}
