import { desc, eq } from "drizzle-orm";
import { adminHandovers } from "@/db/bin/schema/handover";
import type { Database } from "@/db/client";
import type { SecretBox } from "@/server/domain/admin";
import { isSet } from "@/server/kernel/clock";
import type { Transaction } from "@/server/kernel/transaction";
import type { ExtensionRecord } from "../extension/repository";
import type { HandoverFormat, HandoverView } from "./schemas";
import { passwordMac } from "./token";

const handovers = adminHandovers;
export type HandoverRecord = typeof adminHandovers.$inferSelect;

/** The one that a token is of. */
export async function findHandover(db: Database, tokenHash: Buffer): Promise<HandoverRecord | null> {
  const [row] = await db.select().from(handovers).where(eq(handovers.tokenHash, tokenHash));
  return row ?? null;
}

/** The latest one of an extension. */
export async function findLatestHandover(db: Database, extensionId: string): Promise<HandoverRecord | null> {
  const [row] = await db
    .select()
    .from(handovers)
    .where(eq(handovers.extensionId, extensionId))
    .orderBy(desc(handovers.tmCreate))
    .limit(1);
  return row ?? null;
}

/** Reads and locks one until the transaction ends; its extension is to be locked before, so that all lock in one order. */
export async function lockHandover(tx: Transaction, id: string): Promise<HandoverRecord | null> {
  const query = await tx.query();
  const [row] = await query.select().from(handovers).where(eq(handovers.id, id)).for("update");
  return row ?? null;
}

/** Ends those of an extension that are still open, with the transaction. */
export function endHandovers(tx: Transaction, extensionId: string): void {
  tx.write({
    sql: "update admin_handovers set tm_end = ? where extension_id = ? and tm_use is null and tm_end is null",
    params: [tx.now, handovers.extensionId.mapToDriverValue(extensionId)],
  });
}

/** What became of one, seen from its extension as it is now. */
export function stateOf(
  secrets: SecretBox,
  handover: HandoverRecord,
  extension: ExtensionRecord | null,
  now: string,
): HandoverView["state"] {
  if (handover.tmUse !== null) return "used";
  const sameAccount =
    extension !== null &&
    !isSet(extension.tmDelete) &&
    passwordMac(secrets, extension.id, extension.password).equals(handover.passwordMac);
  if (handover.tmEnd !== null || !sameAccount) return "ended";
  return handover.tmExpire <= now ? "expired" : "open";
}

export function toHandoverView(handover: HandoverRecord, state: HandoverView["state"]): HandoverView {
  const { id, extensionId, renew, tmCreate, tmExpire, tmUse, format, ip, userAgent } = handover;
  return {
    id,
    extensionId,
    state,
    renew: renew === 1,
    tmCreate,
    tmExpire,
    use:
      tmUse === null
        ? null
        : { at: tmUse, format: (format ?? "page") as HandoverFormat, ip: ip ?? "", userAgent: userAgent ?? "" },
  };
}
