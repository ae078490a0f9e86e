import { adminUsers } from "@/db/bin/schema/admin";
import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { parseInput } from "@/server/kernel/parse-input";
import { updateRow } from "@/server/kernel/statements";
import { inTransaction } from "@/server/kernel/transaction";
import { notActive } from "./failures";
import { writeLink } from "./links";
import { auditAdmin, lockManaged, requireOther, toDetails, toView } from "./manage";
import { adminIdInput, type AdminDetails, type AdminIdInput, type AdminLink } from "./schemas";
import { dropSecondFactors, endSessionsOf } from "./session-writes";

/**
 * A one-time link for a new password. Whoever uses it also loses his second factors and all sessions; until then nothing
 * changes, so that a link made by mistake does no harm.
 * @throws DomainError NOT_FOUND, FORBIDDEN, CONFLICT (oneself; somebody who cannot sign in anyway)
 */
export async function resetAdmin(ctx: Context, input: AdminIdInput): Promise<AdminLink> {
  authorize(ctx, "admin:reset");
  const { id } = parseInput(adminIdInput, input);
  return await inTransaction(ctx, async (tx) => {
    const { admin } = await lockManaged(ctx, tx, id);
    requireOther(ctx, admin);
    if (admin.status !== "active") throw notActive();
    const link = writeLink(tx, "reset", id);
    auditAdmin(ctx, tx, "admin.reset", admin);
    return { admin: toView(admin), ...link };
  });
}

/** Takes somebody's second factors away at once, and ends his sessions; his password stays. @throws as {@link resetAdmin} */
export async function resetTwoFactor(ctx: Context, input: AdminIdInput): Promise<AdminDetails> {
  authorize(ctx, "admin:reset");
  const { id } = parseInput(adminIdInput, input);
  return await inTransaction(ctx, async (tx) => {
    const { admin } = await lockManaged(ctx, tx, id);
    requireOther(ctx, admin);
    if (!admin.twoFactor) return toDetails(ctx, admin);
    tx.write(updateRow(adminUsers, id, { tmUpdate: tx.now }));
    dropSecondFactors(tx, id);
    endSessionsOf(tx, id);
    auditAdmin(ctx, tx, "admin.reset-two-factor", admin, { before: { twoFactor: true }, after: { twoFactor: false } });
    return toDetails(ctx, { ...admin, twoFactor: false });
  });
}
