import { adminUsers } from "@/db/bin/schema/admin";
import { changes } from "@/server/kernel/audit";
import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { parseInput } from "@/server/kernel/parse-input";
import { updateRow } from "@/server/kernel/statements";
import { inTransaction } from "@/server/kernel/transaction";
import { lastOwner } from "./failures";
import { auditAdmin, lockManaged, reachFor, requireCovers, toDetails } from "./manage";
import { updateAdminInput, type AdminDetails, type UpdateAdminInput } from "./schemas";

/**
 * Changes an admin's name, role, or whose data he sees. It holds from his next request on.
 * @throws DomainError INVALID_INPUT, NOT_FOUND, FORBIDDEN (he has, or would have, more rights than the actor), CONFLICT
 * (the last owner stays one)
 */
export async function updateAdmin(ctx: Context, input: UpdateAdminInput): Promise<AdminDetails> {
  authorize(ctx, "admin:update");
  const { id, name, role, customerId: wanted } = parseInput(updateAdminInput, input);
  const reach = wanted === undefined ? undefined : await reachFor(ctx, wanted);
  return await inTransaction(ctx, async (tx) => {
    const { admin: before, isLastOwner } = await lockManaged(ctx, tx, id);
    const after = {
      ...before,
      name: name ?? before.name,
      role: role ?? before.role,
      customerId: reach === undefined ? before.customerId : reach,
    };
    const changed = changes(pick(before), pick(after));
    if (Object.keys(changed.after).length === 0) return toDetails(ctx, before);
    if ("role" in changed.after || "customerId" in changed.after) {
      requireCovers(ctx, after);
      if (isLastOwner) throw lastOwner();
    }
    tx.write(updateRow(adminUsers, id, { ...pick(after), tmUpdate: tx.now }));
    auditAdmin(ctx, tx, "admin.update", after, changed);
    return toDetails(ctx, {
      ...after,
      customerName: after.customerId === before.customerId ? before.customerName : null,
    });
  });
}

const pick = ({ name, role, customerId }: { name: string; role: string; customerId: string | null }) => ({
  name,
  role,
  customerId,
});
