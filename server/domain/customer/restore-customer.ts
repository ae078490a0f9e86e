import { audit } from "@/server/kernel/audit";
import { authorize } from "@/server/kernel/authorization";
import { isSet, NOT_SET, parseTime } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { cancelJob, enqueueJob, latestJobs, retryJob, type JobHandler } from "@/server/kernel/jobs";
import { emit } from "@/server/kernel/outbox";
import { parseInput } from "@/server/kernel/parse-input";
import { inTransaction } from "@/server/kernel/transaction";
import { customerCacheKey } from "./cached-customer";
import { DELETION_JOB, RESTORE_DAYS, toDeletionProgress } from "./deletion";
import { customerEvent } from "./events";
import { customerNotFound, emailTaken } from "./failures";
import { EMAIL_INDEX } from "./indexes";
import { lockCustomer } from "./customer-repository";
import { customerIdInput, type CustomerIdInput, type CustomerView, type DeletionProgress } from "./schemas";
import { writeCustomer } from "./writes";

export const RESTORATION_JOB = "customer.restore";

/** Until when a deleted customer can be restored, in milliseconds since 1970. */
export const restorableUntil = (customer: CustomerView): number =>
  parseTime(customer.tmDelete) + RESTORE_DAYS * 86_400_000;

/**
 * Brings a deleted customer back within 30 days, and in the background what its deletion took and can be brought back.
 * Siblings have deleted what was theirs, so they hear `customer_created` and provide for the customer anew; a new
 * billing account will be set by billing-manager.
 * @throws DomainError NOT_FOUND, CONFLICT (not deleted, too late, or the e-mail is used by now)
 */
export async function restoreCustomer(ctx: Context, input: CustomerIdInput): Promise<CustomerView> {
  authorize(ctx, "customer:restore");
  const { id } = parseInput(customerIdInput, input);
  const deletion = (await latestJobs(ctx.db, DELETION_JOB, [id])).get(id);
  return await inTransaction(ctx, async (tx) => {
    const before = await lockCustomer(tx, ctx.tenant, id);
    if (before === null) throw customerNotFound();
    if (!isSet(before.tmDelete))
      throw new DomainError("CONFLICT", "CUSTOMER_NOT_DELETED", "This customer is not deleted.");
    if (parseTime(tx.now) > restorableUntil(before)) {
      throw new DomainError(
        "CONFLICT",
        "RESTORE_TOO_LATE",
        `A customer can be restored for ${RESTORE_DAYS} days after its deletion.`,
      );
    }
    const restored: CustomerView = { ...before, tmUpdate: tx.now, tmDelete: NOT_SET };
    tx.onDuplicate(EMAIL_INDEX, emailTaken);
    tx.write(writeCustomer(restored));
    emit(ctx, tx, customerEvent("customer_created", restored), [customerCacheKey(id)]);
    if (deletion !== undefined) {
      if (deletion.state !== "done") cancelJob(tx, deletion.id);
      enqueueJob(ctx, tx, {
        type: RESTORATION_JOB,
        customerId: id,
        subjectType: "customer",
        subjectId: id,
        payload: { deletionJobId: deletion.id },
        progress: {},
      });
    }
    audit(ctx, tx, {
      action: "customer.restore",
      resourceType: "customer",
      resourceId: id,
      customerId: id,
      before: { tmDelete: before.tmDelete },
    });
    return restored;
  });
}

/** The background half of {@link restoreCustomer}. */
export const runCustomerRestoration: JobHandler = async (ctx, job, saveProgress) => {
  const { deletionJobId } = job.payload as { deletionJobId: string };
  let restored = 0;
  for (const step of ctx.ports.customerDeletion) {
    if (step.restorePage === undefined) continue;
    for (;;) {
      const page = await step.restorePage(ctx, job.subjectId, deletionJobId);
      restored += page;
      await saveProgress({ restored });
      if (page === 0) break;
    }
  }
};

/** Tries a failed deletion again. @throws DomainError NOT_FOUND, CONFLICT when it did not fail */
export async function retryCustomerDeletion(ctx: Context, input: CustomerIdInput): Promise<DeletionProgress> {
  authorize(ctx, "job:retry");
  const { id } = parseInput(customerIdInput, input);
  return await inTransaction(ctx, async (tx) => {
    const customer = await lockCustomer(tx, ctx.tenant, id);
    const job = customer === null ? undefined : (await latestJobs(ctx.db, DELETION_JOB, [id])).get(id);
    if (job === undefined) throw customerNotFound();
    if (job.state !== "failed") throw new DomainError("CONFLICT", "JOB_NOT_FAILED", "This deletion has not failed.");
    retryJob(tx, job.id);
    audit(ctx, tx, { action: "customer.retry-deletion", resourceType: "job", resourceId: job.id, customerId: id });
    tx.afterCommit(() => ctx.nudgeJobs());
    return toDeletionProgress({ ...job, state: "queued", error: null });
  });
}
