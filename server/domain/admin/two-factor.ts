import { eq } from "drizzle-orm";
import { adminTotp } from "@/db/bin/schema/sign-in";
import { audit, type AuditEntry } from "@/server/kernel/audit";
import { type Context, withoutReceipt } from "@/server/kernel/context";
import { DomainError, invalidInput } from "@/server/kernel/errors";
import { parseInput } from "@/server/kernel/parse-input";
import { insertRow } from "@/server/kernel/statements";
import { inTransaction, type Transaction } from "@/server/kernel/transaction";
import { lockUser } from "./account";
import { requireConfirmed } from "./confirm";
import { factorsOf, hasSecondFactor } from "./factors";
import { dropRecoveryCodes, writeRecoveryCodes } from "./recovery-codes";
import { confirmTotpInput, type ConfirmTotpInput } from "./schemas";
import type { AdminActor } from "./sessions";
import { newTotpSecret, sealTotpSecret, totpAddress, useTotpCode } from "./totp";

/** A secret for the app, to be shown once. It counts from the first right code on. */
export interface NewTotp {
  secret: string;
  /** `otpauth://…`, for the QR code. */
  address: string;
}

/** An entry about the actor's own account. */
export function auditOwn(
  ctx: Context,
  tx: Transaction,
  actor: AdminActor,
  action: string,
  values: Pick<AuditEntry, "before" | "after"> = {},
): void {
  audit(ctx, tx, { action, resourceType: "admin", resourceId: actor.id, customerId: actor.customerId, ...values });
}

/** Begins to set up an authenticator app; an earlier beginning is void. @throws DomainError FORBIDDEN, CONFLICT */
export async function startTotp(ctx: Context): Promise<NewTotp> {
  const actor = await requireConfirmed(ctx);
  const secret = newTotpSecret();
  return await inTransaction(withoutReceipt(ctx), async (tx) => {
    const user = await lockUser(tx, actor.id);
    const query = await tx.query();
    const [existing] = await query.select().from(adminTotp).where(eq(adminTotp.userId, actor.id)).for("update");
    if (existing !== undefined && existing.tmConfirm !== null)
      throw new DomainError("CONFLICT", "TOTP_EXISTS", "There is an authenticator app already. Remove it first.");
    tx.write({
      sql: "delete from admin_totp where user_id = ?",
      params: [adminTotp.userId.mapToDriverValue(actor.id)],
    });
    tx.write(
      insertRow(adminTotp, {
        userId: actor.id,
        secret: sealTotpSecret(ctx, actor.id, secret),
        lastStep: 0,
        tmCreate: tx.now,
        tmConfirm: null,
      }),
    );
    auditOwn(ctx, tx, actor, "admin.prepare-totp");
    return { secret, address: totpAddress(secret, user.email ?? "") };
  });
}

/**
 * Puts the authenticator app to use by a first code of it.
 * @returns recovery codes where there are none yet: to be shown once, they are kept nowhere
 * @throws DomainError FORBIDDEN, INVALID_INPUT
 */
export async function confirmTotp(ctx: Context, input: ConfirmTotpInput): Promise<{ recoveryCodes: string[] }> {
  const { code } = parseInput(confirmTotpInput, input);
  const actor = await requireConfirmed(ctx);
  return await inTransaction(withoutReceipt(ctx), async (tx) => {
    await lockUser(tx, actor.id);
    const first = !hasSecondFactor(await factorsOf(await tx.query(), actor.id));
    if (!(await useTotpCode(ctx, tx, actor.id, code, "begun")))
      throw invalidInput("code", "That code does not fit. Enter the one that the app shows now.");
    tx.write({
      sql: "update admin_totp set tm_confirm = ? where user_id = ? and tm_confirm is null",
      params: [tx.now, adminTotp.userId.mapToDriverValue(actor.id)],
    });
    auditOwn(ctx, tx, actor, "admin.enable-totp");
    return { recoveryCodes: first ? writeRecoveryCodes(tx, actor.id) : [] };
  });
}

/** Removes the authenticator app; with the last second factor go the recovery codes. @throws DomainError FORBIDDEN */
export async function removeTotp(ctx: Context): Promise<{ id: string }> {
  const actor = await requireConfirmed(ctx);
  return await inTransaction(ctx, async (tx) => {
    await lockUser(tx, actor.id);
    const { tmTotp, passkeys } = await factorsOf(await tx.query(), actor.id);
    if (tmTotp === null) return { id: actor.id };
    tx.write({
      sql: "delete from admin_totp where user_id = ?",
      params: [adminTotp.userId.mapToDriverValue(actor.id)],
    });
    if (passkeys === 0) dropRecoveryCodes(tx, actor.id);
    auditOwn(ctx, tx, actor, "admin.disable-totp");
    return { id: actor.id };
  });
}

/** Makes ten new recovery codes; the old ones end. @throws DomainError FORBIDDEN, CONFLICT */
export async function renewRecoveryCodes(ctx: Context): Promise<{ recoveryCodes: string[] }> {
  const actor = await requireConfirmed(ctx);
  return await inTransaction(withoutReceipt(ctx), async (tx) => {
    await lockUser(tx, actor.id);
    if (!hasSecondFactor(await factorsOf(await tx.query(), actor.id)))
      throw new DomainError(
        "CONFLICT",
        "NO_SECOND_FACTOR",
        "Recovery codes come with an authenticator app or a passkey.",
      );
    auditOwn(ctx, tx, actor, "admin.renew-recovery-codes");
    return { recoveryCodes: writeRecoveryCodes(tx, actor.id) };
  });
}
