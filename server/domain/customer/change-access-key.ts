import { audit, changes } from "@/server/kernel/audit";
import { authorize } from "@/server/kernel/authorization";
import { addSeconds, isSet } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { emit } from "@/server/kernel/outbox";
import { parseInput } from "@/server/kernel/parse-input";
import { inTransaction, type Transaction } from "@/server/kernel/transaction";
import { refuseStale } from "@/server/kernel/versions";
import { accessKeyEvent } from "./events";
import { accessKeyNotFound } from "./failures";
import { lockAccessKey, type StoredAccessKey } from "./access-key-repository";
import {
  accessKeyIdInput,
  rotateAccessKeyInput,
  updateAccessKeyInput,
  type AccessKeyIdInput,
  type AccessKeyView,
  type NewAccessKey,
  type RotateAccessKeyInput,
  type UpdateAccessKeyInput,
} from "./schemas";
import { newToken } from "./token";
import { forgetVerifiedKeys } from "./verify-access-key";
import { hashToken, maskToken } from "./view";
import { writeAccessKey } from "./writes";

/** Replaces name and detail. @throws DomainError INVALID_INPUT, NOT_FOUND (also for a deleted one), CONFLICT (it changed meanwhile) */
export async function updateAccessKey(ctx: Context, input: UpdateAccessKeyInput): Promise<AccessKeyView> {
  authorize(ctx, "access-key:update");
  const { id, name, detail, tmUpdate } = parseInput(updateAccessKeyInput, input);
  return await inTransaction(ctx, async (tx) => {
    const before = await lockLive(ctx, tx, id);
    await refuseStale(tx, tmUpdate, before.view);
    const after: AccessKeyView = { ...before.view, name, detail, tmUpdate: tx.now };
    tx.write(writeAccessKey(id, { name, detail, tmUpdate: tx.now, token: after.token, tokenHash: before.tokenHash }));
    record(ctx, tx, "access-key.update", before.view, after);
    return after;
  });
}

/**
 * Gives a key a new token. The present one goes on working for `overlap` seconds, so that programs can be changed over
 * one by one; a token from an earlier rotation ends at once.
 * @throws DomainError INVALID_INPUT, NOT_FOUND, CONFLICT when the key has expired
 */
export async function rotateAccessKey(ctx: Context, input: RotateAccessKeyInput): Promise<NewAccessKey> {
  authorize(ctx, "access-key:rotate");
  const { id, overlap } = parseInput(rotateAccessKeyInput, input);
  return await inTransaction(ctx, async (tx) => {
    const before = await lockLive(ctx, tx, id);
    if (before.view.tmExpire <= tx.now)
      throw new DomainError("CONFLICT", "ACCESS_KEY_EXPIRED", "This access key has expired. Create a new one.");
    const token = newToken();
    const tmPrevExpire = overlap === 0 ? "" : addSeconds(tx.now, overlap);
    const after: AccessKeyView = { ...before.view, token: maskToken(token), tmPrevExpire, tmUpdate: tx.now };
    tx.write(
      writeAccessKey(id, {
        token: after.token,
        tokenHash: hashToken(token),
        prevTokenHash: overlap === 0 ? null : before.tokenHash,
        tmPrevExpire: overlap === 0 ? null : tmPrevExpire,
        tmUpdate: tx.now,
      }),
    );
    record(ctx, tx, "access-key.rotate", before.view, after);
    return { key: after, token };
  });
}

/** Deletes a key; its token fails everywhere within a second. Deleting again changes nothing. @throws DomainError NOT_FOUND */
export async function revokeAccessKey(ctx: Context, input: AccessKeyIdInput): Promise<AccessKeyView> {
  authorize(ctx, "access-key:revoke");
  const { id } = parseInput(accessKeyIdInput, input);
  return await inTransaction(ctx, async (tx) => {
    const before = await lockAccessKey(tx, ctx.tenant, id);
    if (before === null) throw accessKeyNotFound();
    if (isSet(before.view.tmDelete)) return before.view;
    const after: AccessKeyView = { ...before.view, tmUpdate: tx.now, tmDelete: tx.now };
    tx.write(
      writeAccessKey(id, { tmUpdate: tx.now, tmDelete: tx.now, token: after.token, tokenHash: before.tokenHash }),
    );
    record(ctx, tx, "access-key.revoke", before.view, after);
    return after;
  });
}

async function lockLive(ctx: Context, tx: Transaction, id: string): Promise<StoredAccessKey> {
  const key = await lockAccessKey(tx, ctx.tenant, id);
  if (key === null || isSet(key.view.tmDelete)) throw accessKeyNotFound();
  return key;
}

function record(ctx: Context, tx: Transaction, action: string, before: AccessKeyView, after: AccessKeyView): void {
  tx.afterCommit(() => forgetVerifiedKeys(ctx));
  emit(ctx, tx, accessKeyEvent(isSet(after.tmDelete) ? "accesskey_deleted" : "accesskey_updated", after));
  audit(ctx, tx, {
    action,
    resourceType: "access-key",
    resourceId: after.id,
    customerId: after.customerId,
    ...changes(before, after),
  });
}
