import { adminUsers } from "@/db/bin/schema/admin";
import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { parseInput } from "@/server/kernel/parse-input";
import { updateRow } from "@/server/kernel/statements";
import { inTransaction } from "@/server/kernel/transaction";
import { endLinksOf } from "./links";
import { auditAdmin, lockManaged, lockToEnd, toDetails } from "./manage";
import { adminIdInput, type AdminDetails, type AdminIdInput } from "./schemas";
import { endSessionsOf } from "./session-writes";

/**
 * Keeps an admin out until he is enabled again: his sessions and links end at once. Doing it again changes nothing.
 * @throws DomainError NOT_FOUND, FORBIDDEN, CONFLICT (the last owner, oneself)
 */
export async function disableAdmin(ctx: Context, input: AdminIdInput): Promise<AdminDetails> {
  authorize(ctx, "admin:disable");
  const { id } = parseInput(adminIdInput, input);
  return await inTransaction(ctx, async (tx) => {
    const admin = await lockToEnd(ctx, tx, id);
    if (admin.status === "disabled") return toDetails(ctx, admin);
    tx.write(updateRow(adminUsers, id, { tmDisable: tx.now, tmUpdate: tx.now }));
    endSessionsOf(tx, id);
    endLinksOf(tx, id);
    auditAdmin(ctx, tx, "admin.disable", admin, { before: { tmDisable: "" }, after: { tmDisable: tx.now } });
    return toDetails(ctx, { ...admin, status: "disabled", tmDisable: tx.now, tmInvite: "" });
  });
}

/** Lets an admin sign in again. Doing it again changes nothing. @throws DomainError NOT_FOUND, FORBIDDEN */
export async function enableAdmin(ctx: Context, input: AdminIdInput): Promise<AdminDetails> {
  authorize(ctx, "admin:disable");
  const { id } = parseInput(adminIdInput, input);
  return await inTransaction(ctx, async (tx) => {
    const { admin } = await lockManaged(ctx, tx, id);
    if (admin.status !== "disabled") return toDetails(ctx, admin);
    tx.write(updateRow(adminUsers, id, { tmDisable: null, cascadeId: null, tmUpdate: tx.now }));
    auditAdmin(ctx, tx, "admin.enable", admin, { before: { tmDisable: admin.tmDisable }, after: { tmDisable: "" } });
    return toDetails(ctx, { ...admin, status: admin.invited ? "invited" : "active", tmDisable: "" });
  });
}
