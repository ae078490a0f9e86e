import { adminJobResults } from "@/db/bin/schema/admin";
import { audit } from "@/server/kernel/audit";
import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { DomainError, invalidInput } from "@/server/kernel/errors";
import { enqueueJob } from "@/server/kernel/jobs";
import { parseInput } from "@/server/kernel/parse-input";
import { insertRow } from "@/server/kernel/statements";
import { inTransaction, type Transaction } from "@/server/kernel/transaction";
import { makeOnceKey } from "./once-key";
import type { BulkAction, BulkItem } from "./ports";
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
  const most = action.most ?? BULK_MOST;
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
  const count = await action.count(ctx, chosen.filter, most + 1);
  if (count > most) throw invalidInput("filter", `More than ${most} match. Narrow the filter.`);
  const id = await inTransaction(ctx, (tx) => enqueueBulk(ctx, tx, type, { filter: chosen.filter }, NO_PROGRESS));
  return { id, count };
}

/** How many records a filter matches, before something is done with them. @throws DomainError FORBIDDEN, INVALID_INPUT */
export async function countBulk(ctx: Context, input: CountBulkInput): Promise<{ count: number; most: number }> {
  authorize(ctx, "job:read");
  const { type, filter } = parseInput(countBulkInput, input);
  const action = bulkAction(ctx, type);
  authorize(ctx, action.right);
  const most = action.most ?? BULK_MOST;
  return { count: await action.count(ctx, parseInput(action.filter, filter), most + 1), most };
}

/** A row of a job that is there from the beginning: still to be worked, or known to be wrong. */
export interface PreparedRow extends BulkItem {
  /** Its place in what it came from. */
  seq: number;
  wrong?: { reason: string; message: string };
}

const ROWS_AT_ONCE = 500;

/**
 * Begins a job over rows that the caller has prepared.
 * @param keep writes what the rows need besides, in the same transaction
 */
export async function startPrepared(
  ctx: Context,
  type: string,
  rows: readonly PreparedRow[],
  from: object,
  keep: (tx: Transaction, jobId: string) => Promise<void>,
): Promise<{ id: string; count: number }> {
  authorize(ctx, bulkAction(ctx, type).right);
  const failed = rows.filter(({ wrong }) => wrong !== undefined).length;
  return await inTransaction(ctx, async (tx) => {
    const progress = { ...NO_PROGRESS, gathering: false, total: rows.length, failed };
    const id = enqueueBulk(ctx, tx, type, { rows: rows.length, from }, progress);
    const query = await tx.query();
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      const page = rows.slice(at, at + ROWS_AT_ONCE).map(({ seq, id: itemId, label, customerId, wrong }) => ({
        ...pendingRow(tx, id, seq, itemId, label, customerId),
        ...(wrong === undefined ? {} : failedRow(wrong)),
      }));
      await query.insert(adminJobResults).values(page);
    }
    await keep(tx, id);
    return { id, count: rows.length };
  });
}

const failedRow = ({ reason, message }: { reason: string; message: string }) => ({
  state: "failed",
  reason: reason.slice(0, 64),
  message: message.slice(0, 255),
});

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
  if (bulkAction(ctx, type).once !== undefined) makeOnceKey(ctx, tx, id);
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
