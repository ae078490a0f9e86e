import { registrarExtensions } from "@/db/bin/schema/registrar";
import { audit } from "@/server/kernel/audit";
import { authorize } from "@/server/kernel/authorization";
import { isSet, NOT_SET } from "@/server/kernel/clock";
import { type Context, withoutReceipt } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { emit } from "@/server/kernel/outbox";
import { parseInput } from "@/server/kernel/parse-input";
import { updateRow } from "@/server/kernel/statements";
import { inTransaction, type Transaction } from "@/server/kernel/transaction";
import { refuseStale } from "@/server/kernel/versions";
import { putCredentials, putNewAccount, removeAccount } from "../account/account";
import {
  auditChange,
  countSuccess,
  putNewSipAuth,
  putSipAuth,
  refuseSharedName,
  removeSipAuth,
} from "../account/change";
import { accountNames, realmOf } from "./create";
import { extensionEvent } from "../events";
import { lockExtension, type ExtensionRecord } from "./repository";
import { extensionNotFound, extensionTaken } from "../failures";
import { EXTENSION_INDEX } from "../indexes";
import { holdOwner } from "../owner";
import { newPassword } from "../account/password";
import {
  extensionIdInput,
  updateExtensionInput,
  type ExtensionIdInput,
  type ExtensionView,
  type ExtensionWithPassword,
  type UpdateExtensionInput,
} from "../schemas";
import { shownExtension } from "../view";

/**
 * Replaces name and detail of an extension, and the password where one is given: for REGISTER and INVITE at the same
 * moment (contract/registrar.md §5.2).
 * @throws DomainError INVALID_INPUT, NOT_FOUND (also for a deleted one), CONFLICT (the number or the user name lives
 *   already, or somebody changed it meanwhile), UNAVAILABLE
 */
export async function updateExtension(ctx: Context, input: UpdateExtensionInput): Promise<ExtensionView> {
  authorize(ctx, "extension:update");
  const { id, password, extension, username, tmUpdate, ...fields } = parseInput(updateExtensionInput, input);
  return await inTransaction(ctx, async (tx) => {
    const before = await lockLive(ctx, tx, id);
    await refuseStale(tx, tmUpdate, shownForConflict(before));
    const moved = extension !== undefined && extension !== before.extension;
    const after: ExtensionRecord = {
      ...before,
      ...fields,
      ...(moved ? { extension, ...accountNames(ctx, before.customerId, extension) } : {}),
      username: username ?? (moved && before.username === before.extension ? extension : before.username),
      password: password === "" ? before.password : password,
      tmUpdate: tx.now,
    };
    return shownExtension(ctx, change(ctx, tx, "extension.update", before, after));
  });
}

/** Gives an extension a new strong password, which is in this answer. @throws DomainError NOT_FOUND, UNAVAILABLE */
export async function rotateExtensionPassword(ctx: Context, input: ExtensionIdInput): Promise<ExtensionWithPassword> {
  authorize(ctx, "extension:update");
  const { id } = parseInput(extensionIdInput, input);
  return await inTransaction(ctx, async (tx) => {
    const before = await lockLive(ctx, tx, id);
    const after = renewPassword(ctx, tx, before);
    return { extension: shownExtension(ctx, after), password: after.password };
  });
}

/** A new strong password for an extension that is locked. */
export function renewPassword(ctx: Context, tx: Transaction, before: ExtensionRecord): ExtensionRecord {
  const after: ExtensionRecord = { ...before, password: newPassword(), tmUpdate: tx.now };
  return change(ctx, tx, "extension.rotate-password", before, after);
}

/** The password of an extension, for somebody who has the right to see it; it is written down that he did. */
export async function revealExtensionPassword(ctx: Context, input: ExtensionIdInput): Promise<ExtensionWithPassword> {
  authorize(ctx, "extension:reveal");
  const { id } = parseInput(extensionIdInput, input);
  return await inTransaction(withoutReceipt(ctx), async (tx) => {
    const record = await lockLive(ctx, tx, id);
    audit(ctx, tx, {
      action: "extension.reveal-password",
      resourceType: "extension",
      resourceId: id,
      customerId: record.customerId,
    });
    return { extension: shownExtension(ctx, record), password: record.password };
  });
}

/**
 * Deletes an extension: no phone can register or call with it any more, and those that are registered are forgotten.
 * Deleting again changes nothing and returns the deleted extension (contract/README "Keep" 7).
 * @throws DomainError NOT_FOUND, UNAVAILABLE
 */
export async function deleteExtension(ctx: Context, input: ExtensionIdInput): Promise<ExtensionView> {
  authorize(ctx, "extension:delete");
  const { id } = parseInput(extensionIdInput, input);
  return await inTransaction(ctx, async (tx) => {
    const before = await lockExtension(tx, ctx.tenant, id);
    if (before === null) throw extensionNotFound();
    const after = isSet(before.tmDelete) ? before : removeExtension(ctx, tx, before, null);
    return shownExtension(ctx, after);
  });
}

/**
 * Brings a deleted extension back, with a new password that is in this answer; phones have to be told.
 * @throws DomainError NOT_FOUND, CONFLICT (not deleted, or its number or user name lives again), UNAVAILABLE
 */
export async function restoreExtension(ctx: Context, input: ExtensionIdInput): Promise<ExtensionWithPassword> {
  authorize(ctx, "extension:restore");
  const { id } = parseInput(extensionIdInput, input);
  return await inTransaction(ctx, async (tx) => {
    const before = await lockExtension(tx, ctx.tenant, id);
    if (before === null) throw extensionNotFound();
    if (!isSet(before.tmDelete))
      throw new DomainError("CONFLICT", "EXTENSION_NOT_DELETED", "This extension is not deleted.");
    await holdOwner(ctx, tx, before.customerId);
    const after = bringBack(ctx, tx, before);
    return { extension: shownExtension(ctx, after), password: after.password };
  });
}

async function lockLive(ctx: Context, tx: Transaction, id: string): Promise<ExtensionRecord> {
  const extension = await lockExtension(tx, ctx.tenant, id);
  if (extension === null || isSet(extension.tmDelete)) throw extensionNotFound();
  return extension;
}

const CREDENTIALS = ["username", "password", "realm"] as const;

/** A conflict shows the record as it is now: never with its password. */
const shownForConflict = ({ password: _, ...view }: ExtensionRecord): ExtensionView => view;

function change(
  ctx: Context,
  tx: Transaction,
  action: string,
  before: ExtensionRecord,
  wanted: ExtensionRecord,
): ExtensionRecord {
  const after = withRealm(ctx, wanted);
  const { id, ...fields } = after;
  tx.onDuplicate(EXTENSION_INDEX, extensionTaken);
  tx.write(updateRow(registrarExtensions, id, fields));
  putSipAuth(tx, after);
  // Two that shared a name before are left to whoever mends the drift.
  if (before.username !== after.username || before.realm !== after.realm)
    refuseSharedName(tx, after, after.username === after.extension ? "extension" : "username");
  if (before.endpointId !== after.endpointId) {
    removeAccount(ctx, tx, before.endpointId);
    putNewAccount(ctx, tx, after);
  } else if (CREDENTIALS.some((field) => before[field] !== after[field])) putCredentials(ctx, tx, after);
  emit(ctx, tx, extensionEvent("extension_updated", after));
  auditChange(ctx, tx, action, before, after);
  return after;
}

/** Extensions of an early age have no realm, without which no INVITE is authenticated (contract/registrar.md §11, 21). */
export const withRealm = (ctx: Context, record: ExtensionRecord): ExtensionRecord =>
  record.realm === "" ? { ...record, realm: realmOf(ctx, record.customerId) } : record;

/** @param cascadeId the deletion of the customer that takes it; null where it is deleted for itself */
export function removeExtension(
  ctx: Context,
  tx: Transaction,
  before: ExtensionRecord,
  cascadeId: string | null,
): ExtensionRecord {
  const after: ExtensionRecord = { ...before, tmUpdate: tx.now, tmDelete: tx.now };
  tx.write(updateRow(registrarExtensions, before.id, { tmUpdate: tx.now, tmDelete: tx.now, cascadeId }));
  removeSipAuth(tx, before.id);
  removeAccount(ctx, tx, before.endpointId);
  emit(ctx, tx, extensionEvent("extension_deleted", after));
  auditChange(ctx, tx, "extension.delete", before, after);
  countSuccess(ctx, tx, "extension_delete");
  return after;
}

/** Siblings have dropped what they knew of it, so they hear that it was created. */
export function bringBack(ctx: Context, tx: Transaction, before: ExtensionRecord): ExtensionRecord {
  const after = withRealm(ctx, { ...before, password: newPassword(), tmUpdate: tx.now, tmDelete: NOT_SET });
  const { id, realm, password, tmUpdate, tmDelete } = after;
  tx.onDuplicate(EXTENSION_INDEX, extensionTaken);
  tx.write(updateRow(registrarExtensions, id, { realm, password, tmUpdate, tmDelete, cascadeId: null }));
  putNewSipAuth(tx, after);
  refuseSharedName(tx, after, "username");
  putNewAccount(ctx, tx, after);
  emit(ctx, tx, extensionEvent("extension_created", after));
  auditChange(ctx, tx, "extension.restore", before, after);
  return after;
}
