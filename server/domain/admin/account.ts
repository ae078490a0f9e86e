import { and, eq } from "drizzle-orm";
import { adminUsers } from "@/db/bin/schema/admin";
import { NOT_SET } from "@/server/kernel/clock";
import { audit } from "@/server/kernel/audit";
import { type Context, withoutReceipt } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { parseInput } from "@/server/kernel/parse-input";
import { updateRow } from "@/server/kernel/statements";
import { inTransaction, type Transaction } from "@/server/kernel/transaction";
import { confirmedUntil, requireConfirmed } from "./confirm";
import { factorsOf } from "./factors";
import { passkeysOf, type PasskeyRow } from "./passkey-ceremony";
import {
  changePasswordInput,
  renameInput,
  type AccountView,
  type ChangePasswordInput,
  type PasskeyView,
  type RenameInput,
} from "./schemas";
import { endSessionsOf } from "./session-writes";
import { requireAdmin, toAdminView } from "./sessions";

type User = typeof adminUsers.$inferSelect;

export const toPasskeyView = ({ id, name, synced, tmCreate, tmLastUse }: PasskeyRow): PasskeyView => ({
  id,
  name,
  synced: synced === 1,
  tmCreate,
  tmLastUse: tmLastUse ?? "",
});

/** The actor's own account. */
export async function getAccount(ctx: Context): Promise<AccountView> {
  const actor = requireAdmin(ctx);
  const [[user], factors, passkeys, until] = await Promise.all([
    ctx.db.select().from(adminUsers).where(eq(adminUsers.id, actor.id)),
    factorsOf(ctx.db, actor.id),
    passkeysOf(ctx.db, actor.id),
    confirmedUntil(ctx),
  ]);
  if (user === undefined) throw gone();
  return {
    ...toAdminView(user),
    confirmedUntil: until,
    tmTotp: factors.tmTotp ?? "",
    recoveryCodesLeft: factors.recoveryCodes,
    passkeys: passkeys.map(toPasskeyView),
  };
}

/** Changes one's own name. @throws DomainError INVALID_INPUT */
export async function renameAccount(ctx: Context, input: RenameInput): Promise<{ name: string }> {
  const actor = requireAdmin(ctx);
  const { name } = parseInput(renameInput, input);
  return await inTransaction(ctx, async (tx) => {
    const user = await lockUser(tx, actor.id);
    if (user.name === name) return { name };
    tx.write(updateRow(adminUsers, actor.id, { name, tmUpdate: tx.now }));
    audit(ctx, tx, {
      action: "admin.rename",
      resourceType: "admin",
      resourceId: actor.id,
      customerId: actor.customerId,
      before: { name: user.name },
      after: { name },
    });
    return { name };
  });
}

/** Changes one's own password, and ends all other sessions. @throws DomainError FORBIDDEN, INVALID_INPUT */
export async function changePassword(ctx: Context, input: ChangePasswordInput): Promise<{ id: string }> {
  const { password } = parseInput(changePasswordInput, input);
  const actor = await requireConfirmed(ctx);
  if (ctx.ports.passwords === null) throw new DomainError("INTERNAL", "INTERNAL", "This process cannot set passwords.");
  const passwordHash = await ctx.ports.passwords.hash(password);
  return await inTransaction(withoutReceipt(ctx), async (tx) => {
    await lockUser(tx, actor.id);
    tx.write(updateRow(adminUsers, actor.id, { passwordHash, tmUpdate: tx.now }));
    endSessionsOf(tx, actor.id, actor.sessionId);
    audit(ctx, tx, {
      action: "admin.change-password",
      resourceType: "admin",
      resourceId: actor.id,
      customerId: actor.customerId,
    });
    return { id: actor.id };
  });
}

/** Holds the admin's row, so that two changes of one account come one after the other. @throws DomainError NOT_FOUND */
export async function lockUser(tx: Transaction, id: string): Promise<User> {
  const query = await tx.query();
  const [user] = await query
    .select()
    .from(adminUsers)
    .where(and(eq(adminUsers.id, id), eq(adminUsers.tmDelete, NOT_SET)))
    .for("update");
  if (user === undefined) throw gone();
  return user;
}

const gone = (): DomainError => new DomainError("NOT_FOUND", "ADMIN_NOT_FOUND", "This account is gone.");
