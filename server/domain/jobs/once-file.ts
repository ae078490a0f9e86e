import { and, asc, eq, gt, inArray } from "drizzle-orm";
import { stringify } from "csv-stringify/sync";
import { adminJobKeys, adminJobResults, adminReceipts } from "@/db/bin/schema/admin";
import { audit } from "@/server/kernel/audit";
import { authorize } from "@/server/kernel/authorization";
import { addSeconds } from "@/server/kernel/clock";
import { type Context, withoutReceipt } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { openSealed, type BoxKeys } from "@/server/kernel/sealed-box";
import { inTransaction } from "@/server/kernel/transaction";
import { readOnceKeys, rowReceipt } from "./once-key";
import type { BulkAction, OnceFileRows } from "./ports";
import { getJob } from "./read-jobs";
import { ONCE_FILE_SECONDS, type JobIdInput, type JobView, type OnceFile, type OnceFileView } from "./schemas";

const PAGE = 500;

/** Whether there is a file with new passwords for the caller to fetch. @throws DomainError NOT_FOUND */
export async function getOnceFile(ctx: Context, input: JobIdInput): Promise<OnceFileView> {
  const job = await getJob(ctx, input);
  if (onceOf(ctx, job) === null || !isOwn(ctx, job)) return { state: "none", tmExpire: "" };
  const keys = await readOnceKeys(ctx, job.id);
  if (keys === null) return { state: "gone", tmExpire: "" };
  if (!hasEnded(job)) return { state: "later", tmExpire: "" };
  if (job.progress.done === 0) return { state: "none", tmExpire: "" };
  return { state: "ready", tmExpire: addSeconds(keys.tmCreate, ONCE_FILE_SECONDS) };
}

/**
 * The new passwords that a job has made, this once, for who has asked for the job. What opens them is removed with this.
 * @throws DomainError NOT_FOUND, FORBIDDEN (somebody else's job), CONFLICT (it still runs, or the file was fetched already)
 */
export async function takeOnceFile(ctx: Context, input: JobIdInput): Promise<OnceFile> {
  const job = await getJob(ctx, input);
  const action = onceOf(ctx, job);
  if (action === null) throw new DomainError("CONFLICT", "NO_ONCE_FILE", "This job makes no file of passwords.");
  authorize(ctx, action.right);
  if (!isOwn(ctx, job))
    throw new DomainError("FORBIDDEN", "NOT_YOUR_JOB", `Only ${job.owner.name} can fetch it, who asked for the job.`);
  if (!hasEnded(job))
    throw new DomainError("CONFLICT", "JOB_NOT_DONE", "This job still runs. Fetch the file after it.");
  const keys = await readOnceKeys(ctx, job.id);
  if (keys === null) throw gone();
  const rows = await openRows(ctx, job.id, action.once, keys);
  await inTransaction(withoutReceipt(ctx), async (tx) => {
    const query = await tx.query();
    const [removed] = await query.delete(adminJobKeys).where(eq(adminJobKeys.jobId, job.id));
    if (removed.affectedRows === 0) throw gone(); // somebody was quicker in another window
    const { customerId } = job;
    audit(ctx, tx, {
      action: "job.take-once-file",
      resourceType: "job",
      resourceId: job.id,
      customerId,
      after: { type: job.type, rows: rows.length },
    });
  });
  const name = `${job.type.replaceAll(".", "-")}-${ctx.now().slice(0, 10)}.csv`;
  return { name, rows: rows.length, csv: toCsv(action.once, rows) };
}

type OnceAction = BulkAction & { once: OnceFileRows };

function onceOf(ctx: Context, { type }: JobView): OnceAction | null {
  const action = ctx.ports.bulkActions.find((each) => each.type === type);
  return action?.once === undefined ? null : (action as OnceAction);
}

const isOwn = ({ actor }: Context, { owner }: JobView): boolean => owner.type === actor.type && owner.id === actor.id;
const hasEnded = ({ state }: JobView): boolean => state !== "queued" && state !== "running";
const gone = (): DomainError =>
  new DomainError(
    "CONFLICT",
    "ONCE_FILE_GONE",
    "This file was fetched already, or was not fetched within a day. Give new passwords again.",
  );

/** In pages, so that others are answered while a long file is made. */
async function openRows(ctx: Context, jobId: string, once: OnceFileRows, keys: BoxKeys): Promise<string[][]> {
  const found: string[][] = [];
  for (let after: number | null = null; ;) {
    const page: { seq: number; itemId: string }[] = await ctx.db
      .select({ seq: adminJobResults.seq, itemId: adminJobResults.itemId })
      .from(adminJobResults)
      .where(
        and(
          eq(adminJobResults.jobId, jobId),
          eq(adminJobResults.state, "done"),
          after === null ? undefined : gt(adminJobResults.seq, after),
        ),
      )
      .orderBy(asc(adminJobResults.seq))
      .limit(PAGE);
    const receipts = page.map(({ itemId }) => rowReceipt(jobId, itemId).id);
    const replies = await readReplies(ctx, receipts);
    for (const id of receipts) {
      const text = openSealed(keys, replies.get(id.toString("hex")) ?? Buffer.alloc(0));
      const row = text === null ? null : once.row(JSON.parse(text));
      if (row !== null) found.push(row);
    }
    if (page.length < PAGE) return found;
    after = page.at(-1)?.seq ?? null;
  }
}

async function readReplies(ctx: Context, ids: Buffer[]): Promise<Map<string, Buffer>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.select().from(adminReceipts).where(inArray(adminReceipts.id, ids));
  return new Map(rows.map(({ id, reply }) => [id.toString("hex"), reply ?? Buffer.alloc(0)]));
}

/** What a spreadsheet would run gets a quote in front, but for the secret: a changed one would be a wrong one. */
function toCsv({ columns }: OnceFileRows, rows: readonly string[][]): string {
  const harmless = (value: string, index: number): string =>
    index < columns.length - 1 && /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(value) ? `'${value}` : value;
  return stringify(
    rows.map((row) => row.map(harmless)),
    { bom: true, header: true, columns: [...columns], record_delimiter: "windows" },
  );
}
