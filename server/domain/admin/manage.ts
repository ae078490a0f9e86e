import { getCustomer } from "@/server/domain/customer";
import { audit } from "@/server/kernel/audit";
import { isSet } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { isDomainError } from "@/server/kernel/errors";
import { coversRole, isRole } from "@/server/kernel/permissions";
import type { Transaction } from "@/server/kernel/transaction";
import { adminNotFound, customerNotFound, lastOwner, moreRights, ownAccount } from "./failures";
import { lockAdmin, lockOwners, type AdminRow } from "./repository";
import type { AdminDetails, AdminView } from "./schemas";

// What the verbs that manage admins have in common.

/** Whether the actor has all that an admin has; a role that nobody knows has nothing. */
export function covers(ctx: Context, { role, customerId }: Pick<AdminView, "role" | "customerId">): boolean {
  const by = { rights: ctx.rights, customerId: ctx.tenant.all ? null : ctx.tenant.customerId };
  return isRole(role) ? coversRole(by, role, customerId) : by.customerId === null || by.customerId === customerId;
}

/** @throws DomainError FORBIDDEN when the actor lacks a right that the role has */
export function requireCovers(ctx: Context, holder: Pick<AdminView, "role" | "customerId">): void {
  if (!covers(ctx, holder)) throw moreRights();
}

/**
 * Locks an admin whom the actor may change, and with him the owners, always in this order.
 * @throws DomainError NOT_FOUND, FORBIDDEN when he has more rights than the actor
 */
export async function lockManaged(
  ctx: Context,
  tx: Transaction,
  id: string,
): Promise<{ admin: AdminRow; isLastOwner: boolean }> {
  const owners = await lockOwners(tx);
  const admin = await lockAdmin(tx, ctx.tenant, id);
  if (admin === null) throw adminNotFound();
  requireCovers(ctx, admin);
  return { admin, isLastOwner: owners.length === 1 && owners[0] === admin.id };
}

/** The same, for what ends somebody's access. @throws DomainError also CONFLICT for the last owner and for oneself */
export async function lockToEnd(ctx: Context, tx: Transaction, id: string): Promise<AdminRow> {
  const { admin, isLastOwner } = await lockManaged(ctx, tx, id);
  if (isLastOwner) throw lastOwner();
  requireOther(ctx, admin);
  return admin;
}

/** @throws DomainError CONFLICT when it is the actor himself */
export function requireOther(ctx: Context, { id }: Pick<AdminView, "id">): void {
  if (ctx.actor.type === "admin" && ctx.actor.id === id) throw ownAccount();
}

/**
 * The customer for whom a role is to be held: what is asked for, or the actor's own.
 * @throws DomainError NOT_FOUND where it is not there, deleted or somebody else's
 */
export async function reachFor(ctx: Context, wanted: string | null | undefined): Promise<string | null> {
  const customerId = wanted === undefined ? (ctx.tenant.all ? null : ctx.tenant.customerId) : wanted;
  if (customerId === null) return null;
  const customer = await getCustomer(ctx, { id: customerId }).catch((error: unknown) => {
    if (isDomainError(error) && error.code === "NOT_FOUND") throw customerNotFound();
    throw error;
  });
  if (isSet(customer.tmDelete)) throw customerNotFound();
  return customerId;
}

/** Writes what was done to an admin; it is seen in the activity of the customer to whom he belongs. */
export function auditAdmin(
  ctx: Context,
  tx: Transaction,
  action: `admin.${string}`,
  { id, customerId }: Pick<AdminView, "id" | "customerId">,
  change: { before?: object; after?: object } = {},
): void {
  audit(ctx, tx, { action, resourceType: "admin", resourceId: id, customerId, ...change });
}

export const toView = ({ id, name, email, role, customerId }: AdminView): AdminView => ({
  id,
  name,
  email,
  role,
  customerId,
});

export function toDetails(ctx: Context, row: AdminRow): AdminDetails {
  const { tmUpdate: _, signInOrder: __, invited: ___, ...details } = row;
  return { ...details, manageable: covers(ctx, row) };
}
