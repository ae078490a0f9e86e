import { eq } from "drizzle-orm";
import { adminJobKeys } from "@/db/bin/schema/admin";
import type { Database } from "@/db/client";
import type { Context } from "@/server/kernel/context";
import { receiptFor, type Receipt } from "@/server/kernel/receipts";
import { newBoxKeys, type BoxKeys } from "@/server/kernel/sealed-box";
import { insertRow } from "@/server/kernel/statements";
import type { Transaction } from "@/server/kernel/transaction";

// New passwords that a job makes. Each is in the answer of its row's receipt, written in the transaction that sets it and
// sealed to the job's public key. The private key is sealed with AUTH_SECRET, which the web process has and the worker
// needs not; so a copy of the database opens nothing, and when the private key is removed nobody does.

/** What makes a row of a job take effect once. */
export const rowReceipt = (jobId: string, itemId: string): Receipt => receiptFor(["bulk", jobId, itemId]);

const purposeOf = (jobId: string): string => `once-file ${jobId}`;

/** In a process that could not open it later there is no key, and the answers are sealed to nobody. */
export function makeOnceKey(ctx: Context, tx: Transaction, jobId: string): void {
  if (ctx.ports.secrets === null) return;
  const { publicKey, privateKey } = newBoxKeys();
  const sealed = ctx.ports.secrets.seal(purposeOf(jobId), privateKey.toString("base64"));
  tx.write(insertRow(adminJobKeys, { jobId, publicKey, privateKey: sealed, tmCreate: tx.now }));
}

/** Makes a new one where the earlier one is gone: what was fetched stays fetched. */
export async function keepOnceKey(ctx: Context, tx: Transaction, jobId: string): Promise<void> {
  const query = await tx.query();
  const [row] = await query
    .select({ jobId: adminJobKeys.jobId })
    .from(adminJobKeys)
    .where(eq(adminJobKeys.jobId, jobId))
    .for("update");
  if (row === undefined) makeOnceKey(ctx, tx, jobId);
}

export async function readPublicKey(db: Database, jobId: string): Promise<Buffer | null> {
  const [row] = await db
    .select({ publicKey: adminJobKeys.publicKey })
    .from(adminJobKeys)
    .where(eq(adminJobKeys.jobId, jobId));
  return row?.publicKey ?? null;
}

/** Both keys and since when there are any; null where they are gone, or this process cannot open them. */
export async function readOnceKeys(ctx: Context, jobId: string): Promise<(BoxKeys & { tmCreate: string }) | null> {
  const [row] = await ctx.db.select().from(adminJobKeys).where(eq(adminJobKeys.jobId, jobId));
  const opened = row === undefined ? null : (ctx.ports.secrets?.open(purposeOf(jobId), row.privateKey) ?? null);
  if (row === undefined || opened === null) return null;
  return { publicKey: row.publicKey, privateKey: Buffer.from(opened, "base64"), tmCreate: row.tmCreate };
}
