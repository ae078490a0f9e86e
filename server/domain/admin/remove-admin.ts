import { adminUsers } from "@/db/bin/schema/admin";
import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { parseInput } from "@/server/kernel/parse-input";
import { updateRow } from "@/server/kernel/statements";
import { inTransaction } from "@/server/kernel/transaction";
import { endLinksOf } from "./links";
import { auditAdmin, lockToEnd } from "./manage";
import { adminIdInput, type AdminIdInput } from "./schemas";
import { dropSecondFactors, endSessionsOf } from "./session-writes";

/**
 * Removes an admin for good, or withdraws an invitation: sessions, links, password and second factors are gone at once.
 * What he did stays in the audit, and his e-mail address may be invited again.
 * @throws DomainError NOT_FOUND, FORBIDDEN, CONFLICT (the last owner, oneself)
 */
export async function removeAdmin(ctx: Context, input: AdminIdInput): Promise<{ id: string }> {
  authorize(ctx, "admin:disable");
  const { id } = parseInput(adminIdInput, input);
  return await inTransaction(ctx, async (tx) => {
    const admin = await lockToEnd(ctx, tx, id);
    tx.write(updateRow(adminUsers, id, { passwordHash: null, tmUpdate: tx.now, tmDelete: tx.now }));
    endSessionsOf(tx, id);
    endLinksOf(tx, id);
    dropSecondFactors(tx, id);
    const { name, email, role, customerId } = admin;
    auditAdmin(ctx, tx, admin.status === "invited" ? "admin.withdraw-invitation" : "admin.remove", admin, {
      before: { name, email, role, customerId },
    });
    return { id };
  });
}
