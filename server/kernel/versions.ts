import { desc, eq } from "drizzle-orm";
import { adminAudit } from "@/db/bin/schema/admin";
import { DomainError } from "./errors";
import type { Transaction } from "./transaction";

/**
 * Refuses a change that was made from a record which somebody else has changed since, so that nothing is overwritten
 * unseen. To be asked while the record is locked.
 * @throws DomainError CONFLICT `CHANGED_MEANWHILE`, with who it was, when, and the record as it is now
 */
export async function refuseStale(
  tx: Transaction,
  seen: string | undefined,
  present: { id: string; tmUpdate: string },
): Promise<void> {
  if (seen === undefined || seen === present.tmUpdate) return;
  const query = await tx.query();
  const [latest] = await query
    .select({ by: adminAudit.actorName })
    .from(adminAudit)
    .where(eq(adminAudit.resourceId, present.id))
    .orderBy(desc(adminAudit.id))
    .limit(1);
  const by = latest?.by ?? "";
  throw new DomainError(
    "CONFLICT",
    "CHANGED_MEANWHILE",
    `${by === "" ? "Somebody else" : by} has changed this since you read it. Read it again, and change what is there now.`,
    { meanwhile: { by, at: present.tmUpdate, present: { ...present } } },
  );
}
