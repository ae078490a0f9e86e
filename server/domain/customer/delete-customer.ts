import { audit } from "@/server/kernel/audit";
import { authorize } from "@/server/kernel/authorization";
import { isSet } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { enqueueJob, saveJobProgress, type Job, type JobHandler } from "@/server/kernel/jobs";
import { emit } from "@/server/kernel/outbox";
import { parseInput } from "@/server/kernel/parse-input";
import { inTransaction } from "@/server/kernel/transaction";
import { customerCacheKey } from "./cached-customer";
import { DELETION_JOB, type DeletionSteps } from "./deletion";
import { customerEvent } from "./events";
import { customerNotFound } from "./failures";
import { findCustomer, lockCustomer } from "./customer-repository";
import { deleteCustomerInput, type CustomerView, type DeleteCustomerInput, type DeletionPreview } from "./schemas";
import { forgetVerifiedKeys } from "./verify-access-key";
import { writeCustomer } from "./writes";

/**
 * Deletes a customer at once, and what is theirs in the background, as a job with progress (contract/README "Fix" 7).
 * Deleting again changes nothing and returns the deleted customer ("Keep" 7).
 * @throws DomainError NOT_FOUND
 */
export async function deleteCustomer(ctx: Context, input: DeleteCustomerInput): Promise<CustomerView> {
  authorize(ctx, "customer:delete");
  const { id } = parseInput(deleteCustomerInput, input);
  return await inTransaction(ctx, async (tx) => {
    const before = await lockCustomer(tx, ctx.tenant, id);
    if (before === null) throw customerNotFound();
    if (isSet(before.tmDelete)) return before;
    const deleted: CustomerView = { ...before, tmUpdate: tx.now, tmDelete: tx.now };
    tx.write(writeCustomer(deleted));
    emit(ctx, tx, customerEvent("customer_deleted", deleted), [customerCacheKey(id)]);
    const progress: DeletionSteps = {
      steps: ctx.ports.customerDeletion.map(({ name, label }) => ({ name, label, done: 0, total: 0 })),
    };
    tx.afterCommit(() => forgetVerifiedKeys(ctx));
    enqueueJob(ctx, tx, {
      type: DELETION_JOB,
      customerId: id,
      subjectType: "customer",
      subjectId: id,
      payload: {},
      progress,
    });
    audit(ctx, tx, { action: "customer.delete", resourceType: "customer", resourceId: id, customerId: id, before });
    return deleted;
  });
}

/** What would go with a customer, counted now. @throws DomainError NOT_FOUND */
export async function previewCustomerDeletion(ctx: Context, input: DeleteCustomerInput): Promise<DeletionPreview> {
  authorize(ctx, "customer:delete");
  const { id } = parseInput(deleteCustomerInput, input);
  const customer = await findCustomer(ctx.db, ctx.tenant, id);
  if (customer === null) throw customerNotFound();
  const parts = await Promise.all(
    ctx.ports.customerDeletion.map(async ({ name, label, preview }) => ({ name, label, ...(await preview(ctx, id)) })),
  );
  return { customer, parts };
}

/** The background half of {@link deleteCustomer}: each domain deletes page by page what the customer has there. */
export const runCustomerDeletion: JobHandler = async (ctx, job, saveProgress) => {
  const steps = await initialSteps(ctx, job);
  for (const step of ctx.ports.customerDeletion) {
    const shown = steps.find((each) => each.name === step.name);
    for (;;) {
      const customer = await findCustomer(ctx.db, ctx.tenant, job.subjectId);
      if (customer === null || !isSet(customer.tmDelete)) return; // restored meanwhile
      const deleted = await step.deletePage(ctx, job.subjectId, job.id);
      if (shown !== undefined) {
        shown.done += deleted;
        shown.total = Math.max(shown.total, shown.done);
      }
      await saveProgress({ steps });
      if (deleted === 0) break;
    }
  }
};

async function initialSteps(ctx: Context, job: Job): Promise<DeletionSteps["steps"]> {
  const known = new Map(
    ((job.progress as Partial<DeletionSteps> | null)?.steps ?? []).map((each) => [each.name, each]),
  );
  const steps = await Promise.all(
    ctx.ports.customerDeletion.map(async ({ name, label, preview }) => {
      const done = known.get(name)?.done ?? 0;
      return { name, label, done, total: done + (await preview(ctx, job.subjectId)).count };
    }),
  );
  await saveJobProgress(ctx.db, ctx.now(), job, { steps });
  return steps;
}
