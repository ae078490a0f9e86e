import { and, eq } from "drizzle-orm";
import { adminPasskeys } from "@/db/bin/schema/sign-in";
import { type Context, withoutReceipt } from "@/server/kernel/context";
import { DomainError, invalidInput } from "@/server/kernel/errors";
import { newTimeOrderedId } from "@/server/kernel/ids";
import { parseInput } from "@/server/kernel/parse-input";
import { insertRow, updateRow } from "@/server/kernel/statements";
import { inTransaction, type Transaction } from "@/server/kernel/transaction";
import { lockUser, toPasskeyView } from "./account";
import { requireConfirmed, takeChallenge, writeChallenge } from "./confirm";
import { factorsOf, hasSecondFactor } from "./factors";
import {
  checkNewPasskey,
  creationOptions,
  passkeysOf,
  type PasskeyRow,
  type PasskeyCreation,
} from "./passkey-ceremony";
import { dropRecoveryCodes, writeRecoveryCodes } from "./recovery-codes";
import {
  addPasskeyInput,
  passkeyIdInput,
  renamePasskeyInput,
  type AddPasskeyInput,
  type PasskeyIdInput,
  type PasskeyView,
  type RenamePasskeyInput,
} from "./schemas";
import { requireAdmin, toAdminView } from "./sessions";
import { auditOwn } from "./two-factor";

const PASSKEYS_MOST = 20;
const CREDENTIAL_INDEX = "uq_admin_passkeys_credential_hash";

const tooMany = (): DomainError =>
  new DomainError("CONFLICT", "TOO_MANY_PASSKEYS", `There are ${PASSKEYS_MOST} passkeys already. Remove one first.`);

/** What a browser needs to make a passkey. @throws DomainError FORBIDDEN, CONFLICT */
export async function preparePasskey(ctx: Context): Promise<{ options: PasskeyCreation }> {
  const actor = await requireConfirmed(ctx);
  const passkeys = await passkeysOf(ctx.db, actor.id);
  if (passkeys.length >= PASSKEYS_MOST) throw tooMany();
  const challenge = await writeChallenge(ctx, actor);
  const user = await inTransaction(withoutReceipt(ctx), (tx) => lockUser(tx, actor.id));
  return { options: await creationOptions(ctx, challenge, toAdminView(user), passkeys) };
}

/**
 * Keeps the passkey that a browser has made.
 * @returns with it recovery codes where there are none yet: to be shown once, they are kept nowhere
 * @throws DomainError FORBIDDEN, INVALID_INPUT, CONFLICT
 */
export async function addPasskey(
  ctx: Context,
  input: AddPasskeyInput,
): Promise<{ passkey: PasskeyView; recoveryCodes: string[] }> {
  const { name, passkey } = parseInput(addPasskeyInput, input);
  const actor = await requireConfirmed(ctx);
  const challenge = await inTransaction(withoutReceipt(ctx), (tx) => takeChallenge(tx, actor));
  const checked = challenge === null ? null : await checkNewPasskey(ctx, passkey, challenge);
  if (checked === null) throw invalidInput("passkey", "The passkey could not be checked. Try again.");
  return await inTransaction(withoutReceipt(ctx), async (tx) => {
    await lockUser(tx, actor.id);
    const factors = await factorsOf(await tx.query(), actor.id);
    if (factors.passkeys >= PASSKEYS_MOST) throw tooMany();
    const row: PasskeyRow = {
      id: newTimeOrderedId(),
      userId: actor.id,
      name,
      ...checked,
      tmCreate: tx.now,
      tmLastUse: null,
    };
    tx.onDuplicate(
      CREDENTIAL_INDEX,
      () => new DomainError("CONFLICT", "PASSKEY_EXISTS", "This passkey has been added already."),
    );
    tx.write(insertRow(adminPasskeys, row));
    auditOwn(ctx, tx, actor, "admin.add-passkey", { after: { name } });
    return {
      passkey: toPasskeyView(row),
      recoveryCodes: hasSecondFactor(factors) ? [] : writeRecoveryCodes(tx, actor.id),
    };
  });
}

/** @throws DomainError INVALID_INPUT, NOT_FOUND */
export async function renamePasskey(ctx: Context, input: RenamePasskeyInput): Promise<{ id: string }> {
  const { id, name } = parseInput(renamePasskeyInput, input);
  const actor = requireAdmin(ctx);
  return await inTransaction(ctx, async (tx) => {
    const passkey = await lockPasskey(tx, actor.id, id);
    if (passkey.name === name) return { id };
    tx.write(updateRow(adminPasskeys, id, { name }));
    auditOwn(ctx, tx, actor, "admin.rename-passkey", { before: { name: passkey.name }, after: { name } });
    return { id };
  });
}

/** Removes a passkey; with the last second factor go the recovery codes. @throws DomainError FORBIDDEN, NOT_FOUND */
export async function removePasskey(ctx: Context, input: PasskeyIdInput): Promise<{ id: string }> {
  const { id } = parseInput(passkeyIdInput, input);
  const actor = await requireConfirmed(ctx);
  return await inTransaction(ctx, async (tx) => {
    await lockUser(tx, actor.id);
    const passkey = await lockPasskey(tx, actor.id, id);
    const { tmTotp, passkeys } = await factorsOf(await tx.query(), actor.id);
    tx.write({ sql: "delete from admin_passkeys where id = ?", params: [adminPasskeys.id.mapToDriverValue(id)] });
    if (tmTotp === null && passkeys === 1) dropRecoveryCodes(tx, actor.id);
    auditOwn(ctx, tx, actor, "admin.remove-passkey", { before: { name: passkey.name } });
    return { id };
  });
}

async function lockPasskey(tx: Transaction, userId: string, id: string): Promise<PasskeyRow> {
  const query = await tx.query();
  const [passkey] = await query
    .select()
    .from(adminPasskeys)
    .where(and(eq(adminPasskeys.id, id), eq(adminPasskeys.userId, userId)))
    .for("update");
  if (passkey === undefined) throw new DomainError("NOT_FOUND", "PASSKEY_NOT_FOUND", "There is no such passkey.");
  return passkey;
}
