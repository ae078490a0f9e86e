import { adminUsers } from "@/db/bin/schema/admin";
import { authorize } from "@/server/kernel/authorization";
import { NOT_SET } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { newTimeOrderedId } from "@/server/kernel/ids";
import { parseInput } from "@/server/kernel/parse-input";
import { insertRow } from "@/server/kernel/statements";
import { inTransaction, type Transaction } from "@/server/kernel/transaction";
import { EMAIL_INDEX, emailTaken, notInvited } from "./failures";
import { writeLink } from "./links";
import { auditAdmin, lockManaged, reachFor, requireCovers, toView } from "./manage";
import {
  adminIdInput,
  createAdminInput,
  inviteAdminInput,
  type AdminIdInput,
  type AdminLink,
  type AdminView,
  type CreateAdminInput,
  type InviteAdminInput,
} from "./schemas";

/**
 * Makes an admin who has yet to choose a password, and the one-time link with which he does.
 * @throws DomainError INVALID_INPUT, NOT_FOUND (the customer), FORBIDDEN (the role has more rights than the actor), CONFLICT
 */
export async function inviteAdmin(ctx: Context, input: InviteAdminInput): Promise<AdminLink> {
  authorize(ctx, "admin:invite");
  const { email, name, role, customerId: wanted } = parseInput(inviteAdminInput, input);
  const customerId = await reachFor(ctx, wanted);
  requireCovers(ctx, { role, customerId });
  return await inTransaction(ctx, (tx) => {
    const admin: AdminView = { id: newTimeOrderedId(), name, email, role, customerId };
    insertAdmin(tx, admin, null);
    const link = writeLink(tx, "invite", admin.id);
    auditAdmin(ctx, tx, "admin.invite", admin, { after: { name, email, role, customerId } });
    return { admin, ...link };
  });
}

/** A new link for somebody who has not accepted; the one before ends. @throws DomainError NOT_FOUND, FORBIDDEN, CONFLICT */
export async function renewInvitation(ctx: Context, input: AdminIdInput): Promise<AdminLink> {
  authorize(ctx, "admin:invite");
  const { id } = parseInput(adminIdInput, input);
  return await inTransaction(ctx, async (tx) => {
    const { admin } = await lockManaged(ctx, tx, id);
    if (admin.status !== "invited") throw notInvited();
    const link = writeLink(tx, "invite", id);
    auditAdmin(ctx, tx, "admin.renew-invitation", admin);
    return { admin: toView(admin), ...link };
  });
}

/** Makes an admin with a password: for a shell, where nobody waits for a link. @throws DomainError as {@link inviteAdmin} */
export async function createAdmin(ctx: Context, input: CreateAdminInput): Promise<AdminView> {
  authorize(ctx, "admin:invite");
  const { email, name, role, customerId: wanted, password } = parseInput(createAdminInput, input);
  if (ctx.ports.passwords === null) throw new DomainError("INTERNAL", "INTERNAL", "This process cannot set passwords.");
  const customerId = await reachFor(ctx, wanted);
  requireCovers(ctx, { role, customerId });
  const passwordHash = await ctx.ports.passwords.hash(password);
  return await inTransaction(ctx, (tx) => {
    const admin: AdminView = { id: newTimeOrderedId(), name: name === "" ? email : name, email, role, customerId };
    insertAdmin(tx, admin, passwordHash);
    auditAdmin(ctx, tx, "admin.create", admin, { after: { name: admin.name, email, role, customerId } });
    return admin;
  });
}

/** @param passwordHash null for somebody who has yet to choose a password */
export function insertAdmin(tx: Transaction, admin: AdminView, passwordHash: string | null): void {
  const times = { tmLastLogin: null, tmCreate: tx.now, tmUpdate: NOT_SET, tmDelete: NOT_SET };
  tx.onDuplicate(EMAIL_INDEX, emailTaken);
  tx.write(insertRow(adminUsers, { ...admin, passwordHash, ...times }));
}
