import { adminJobResults } from "@/db/bin/schema/admin";
import { audit } from "@/server/kernel/audit";
import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { DomainError, invalidInput } from "@/server/kernel/errors";
import { enqueueJob } from "@/server/kernel/jobs";
import { parseInput } from "@/server/kernel/parse-input";
import { insertRow } from "@/server/kernel/statements";
import { inTransaction, type Transaction } from "@/server/kernel/transaction";
import type { BulkAction } from "./ports";
import { NO_PROGRESS, type BulkPayload, type BulkProgress, type BulkSource } from "./progress";
import { BULK_MOST, bulkInput, countBulkInput, type BulkInput, type CountBulkInput } from "./schemas";

/** @throws DomainError NOT_FOUND */
export function bulkAction(ctx: Context, type: string): BulkAction {
  const action = ctx.ports.bulkActions.find((each) => each.type === type);
  if (action === undefined) throw new DomainError("NOT_FOUND", "JOB_TYPE_NOT_FOUND", "There is no such kind of job.");
  return action;
}

/**
 * Begins a bulk job. The records are worked in the background, with the rights that the caller has then.
 * @throws DomainError FORBIDDEN, NOT_FOUND (a foreign record), INVALID_INPUT (also when more than {@link BULK_MOST} match)
 */
export async function startBulk(ctx: Context, type: string, input: BulkInput): Promise<{ id: string; count: number }> {
  const action = bulkAction(ctx, type);
  authorize(ctx, action.right);
  const chosen = parseInput(bulkInput(action.filter), input);
  if ("ids" in chosen) {
    const ids = [...new Set(chosen.ids)];
    // Whoever may see one customer's records alone is told of a foreign one at once; each is looked at again in its turn.
    if (!ctx.tenant.all) for (const id of ids) await action.look(ctx, id);
    const id = await inTransaction(ctx, (tx) => {
      const jobId = enqueueBulk(
        ctx,
        tx,
        type,
        { ids: ids.length },
        { ...NO_PROGRESS, gathering: false, total: ids.length },
      );
      ids.forEach((itemId, seq) => tx.write(insertRow(adminJobResults, pendingRow(tx, jobId, seq, itemId))));
      return jobId;
    });
    return { id, count: ids.length };
  }
  const count = await action.count(ctx, chosen.filter, BULK_MOST + 1);
  if (count > BULK_MOST) throw invalidInput("filter", `More than ${BULK_MOST} match. Narrow the filter.`);
  const id = await inTransaction(ctx, (tx) => enqueueBulk(ctx, tx, type, { filter: chosen.filter }, NO_PROGRESS));
  return { id, count };
}

/** How many records a filter matches, before something is done with them. @throws DomainError FORBIDDEN, INVALID_INPUT */
export async function countBulk(ctx: Context, input: CountBulkInput): Promise<{ count: number; most: number }> {
  authorize(ctx, "job:read");
  const { type, filter } = parseInput(countBulkInput, input);
  const action = bulkAction(ctx, type);
  authorize(ctx, action.right);
  return { count: await action.count(ctx, parseInput(action.filter, filter), BULK_MOST + 1), most: BULK_MOST };
}

/** Leaves the job, and says in the audit trail who asked for what. */
export function enqueueBulk(
  ctx: Context,
  tx: Transaction,
  type: string,
  source: BulkSource,
  progress: BulkProgress,
): string {
  const customerId = ctx.tenant.all ? "" : ctx.tenant.customerId;
  const undoes = "undoOf" in source ? source.undoOf : "";
  const id = enqueueJob(ctx, tx, {
    type,
    customerId,
    subjectType: undoes === "" ? "" : "job",
    subjectId: undoes,
    payload: { source, until: tx.now } satisfies BulkPayload,
    progress,
  });
  audit(ctx, tx, {
    action: type,
    resourceType: "job",
    resourceId: id,
    customerId: customerId === "" ? null : customerId,
    after: source,
  });
  return id;
}

export const pendingRow = (
  tx: Transaction,
  jobId: string,
  seq: number,
  itemId: string,
  label = "",
  customerId: string | null = null,
) => ({
  jobId,
  seq,
  itemId,
  customerId,
  label: label.slice(0, 255),
  state: "pending",
  reason: null,
  message: null,
  tmUpdate: tx.now,
});
