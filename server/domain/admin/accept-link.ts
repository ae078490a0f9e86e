import { eq } from "drizzle-orm";
import { adminLinks, adminUsers } from "@/db/bin/schema/admin";
import { customerCustomers } from "@/db/bin/schema/customer";
import type { Context } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { newTimeOrderedId } from "@/server/kernel/ids";
import { parseInput } from "@/server/kernel/parse-input";
import { updateRow } from "@/server/kernel/statements";
import { inTransaction, type Transaction } from "@/server/kernel/transaction";
import { linkUsedUp } from "./failures";
import { insertAdmin } from "./invite-admin";
import { getLink, liveLink } from "./links";
import { auditAdmin } from "./manage";
import { lockAnyAdmin } from "./repository";
import { acceptLinkInput, type AcceptLinkInput, type AdminView } from "./schemas";
import { dropSecondFactors, endSessionsOf } from "./session-writes";

/**
 * Takes a one-time link: makes the first admin, lets an invited one in, or sets a new password and takes the second
 * factors away. Who it is for is in the link alone, never in the input.
 * @throws DomainError INVALID_INPUT, NOT_FOUND (used, expired or withdrawn), CONFLICT
 */
export async function acceptLink(ctx: Context, input: AcceptLinkInput): Promise<AdminView> {
  const { token, name, email, password } = parseInput(acceptLinkInput, input);
  if (ctx.ports.passwords === null) throw new DomainError("INTERNAL", "INTERNAL", "This process cannot set passwords.");
  if (!(await getLink(ctx, { token })).valid) throw linkUsedUp();
  const passwordHash = await ctx.ports.passwords.hash(password);
  return await inTransaction(ctx, async (tx) => {
    const link = await lockLink(tx, token);
    tx.write(updateRow(adminLinks, link.id, { tmUse: tx.now }));
    return link.user === null
      ? await makeFirst(ctx, tx, { name, email, passwordHash })
      : setPassword(ctx, tx, link.user, { name, passwordHash, reset: link.purpose === "reset" });
  });
}

/** Locks the link and its admin, so that of several who come at once one gets in. */
async function lockLink(
  tx: Transaction,
  token: string,
): Promise<{ id: string; purpose: string; user: AdminView | null }> {
  const query = await tx.query();
  const [row] = await query
    .select({ link: adminLinks, user: adminUsers })
    .from(adminLinks)
    .leftJoin(adminUsers, eq(adminUsers.id, adminLinks.userId))
    .leftJoin(customerCustomers, eq(customerCustomers.id, adminUsers.customerId))
    .where(liveLink(token, tx.now))
    .for("update");
  if (row === undefined) throw linkUsedUp();
  const { link, user } = row;
  return {
    id: link.id,
    purpose: link.purpose,
    user:
      user === null
        ? null
        : {
            id: user.id,
            name: user.name ?? "",
            email: user.email ?? "",
            role: user.role ?? "",
            customerId: user.customerId,
          },
  };
}

async function makeFirst(
  ctx: Context,
  tx: Transaction,
  { name, email, passwordHash }: { name: string; email: string; passwordHash: string },
): Promise<AdminView> {
  if (await lockAnyAdmin(tx)) throw linkUsedUp();
  const admin: AdminView = { id: newTimeOrderedId(), name, email, role: "owner", customerId: null };
  insertAdmin(tx, admin, passwordHash);
  const by = { ...ctx, actor: { type: "system", id: "setup", name: "one-time link" } } as const;
  auditAdmin(by, tx, "admin.create", admin, { after: { name, email, role: admin.role } });
  return admin;
}

function setPassword(
  ctx: Context,
  tx: Transaction,
  before: AdminView,
  { name, passwordHash, reset }: { name: string; passwordHash: string; reset: boolean },
): AdminView {
  const after = { ...before, name };
  tx.write(updateRow(adminUsers, after.id, { name, passwordHash, tmUpdate: tx.now }));
  endSessionsOf(tx, after.id);
  if (reset) dropSecondFactors(tx, after.id);
  const by = { ...ctx, actor: { type: "system", id: "link", name: "one-time link" } } as const;
  auditAdmin(by, tx, reset ? "admin.set-password" : "admin.accept-invitation", after, {
    ...(before.name === name ? {} : { before: { name: before.name }, after: { name } }),
  });
  return after;
}
