import { registrarTrunks } from "@/db/bin/schema/registrar";
import { audit } from "@/server/kernel/audit";
import { authorize } from "@/server/kernel/authorization";
import { isSet, NOT_SET } from "@/server/kernel/clock";
import { type Context, withoutReceipt } from "@/server/kernel/context";
import { DomainError, invalidInput } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { emit } from "@/server/kernel/outbox";
import { parseInput } from "@/server/kernel/parse-input";
import { insertRow, updateRow } from "@/server/kernel/statements";
import { inTransaction, type Transaction } from "@/server/kernel/transaction";
import { refuseStale } from "@/server/kernel/versions";
import { auditChange, countSuccess, putNewSipAuth, putSipAuth, removeSipAuth } from "../account/change";
import { trunkEvent } from "../events";
import { domainNameTaken, trunkNotFound } from "../failures";
import { DOMAIN_NAME_INDEX } from "../indexes";
import { holdOwner } from "../owner";
import { newPassword } from "../account/password";
import {
  createTrunkInput,
  trunkIdInput,
  updateTrunkInput,
  type CreateTrunkInput,
  type TrunkIdInput,
  type TrunkView,
  type TrunkWithPassword,
  type UpdateTrunkInput,
} from "../schemas";
import { lockTrunk, type TrunkRecord } from "./repository";
import { unusableTrunk } from "../limits";
import { shownTrunk } from "../view";

/**
 * Creates a trunk and what Kamailio reads of it (contract/registrar.md §5.4). The password is in this answer; where basic
 * authentication lacks one it is made up, but siblings have to give it.
 * @throws DomainError INVALID_INPUT, NOT_FOUND (the customer), CONFLICT (the domain name is used by a live trunk)
 */
export async function createTrunk(ctx: Context, input: CreateTrunkInput): Promise<TrunkWithPassword> {
  authorize(ctx, "trunk:create");
  const fields = parseInput(createTrunkInput, input);
  if (fields.password === "" && fields.authTypes.includes("basic") && ctx.actor.type !== "service")
    fields.password = newPassword();
  refuseUnusable(fields);
  return await inTransaction(ctx, async (tx) => {
    await holdOwner(ctx, tx, fields.customerId);
    const record: TrunkRecord = {
      id: newId(),
      ...fields,
      realm: realmOf(ctx, fields.domainName),
      tmCreate: tx.now,
      tmUpdate: NOT_SET,
      tmDelete: NOT_SET,
    };
    tx.onDuplicate(DOMAIN_NAME_INDEX, domainNameTaken);
    tx.write(insertRow(registrarTrunks, record));
    putNewSipAuth(tx, record);
    emit(ctx, tx, trunkEvent("trunk_created", record));
    const { password: _, customerId, ...shown } = fields;
    audit(ctx, tx, { action: "trunk.create", resourceType: "trunk", resourceId: record.id, customerId, after: shown });
    countSuccess(ctx, tx, "trunk_create");
    return { trunk: shownTrunk(ctx, record), password: record.password };
  });
}

/**
 * Replaces a trunk's fields; the password stays when it is empty, the domain name when it is absent. Where basic
 * authentication is new, or has lacked a password so far, and none is given, one is made up and is in this answer;
 * siblings have to give it.
 * @throws DomainError INVALID_INPUT, NOT_FOUND (also for a deleted one), CONFLICT (the domain name is used, or somebody
 *   changed the trunk meanwhile)
 */
export async function updateTrunk(ctx: Context, input: UpdateTrunkInput): Promise<TrunkView> {
  authorize(ctx, "trunk:update");
  const { id, password, domainName, tmUpdate, ...fields } = parseInput(updateTrunkInput, input);
  return await inTransaction(ctx, async (tx) => {
    const before = await lockLive(ctx, tx, id);
    const { password: _, ...present } = before;
    await refuseStale(tx, tmUpdate, present);
    const moved = domainName === undefined ? {} : { domainName, realm: realmOf(ctx, domainName) };
    const made = password === "" && lacksPassword(before, fields.authTypes) && ctx.actor.type !== "service";
    const kept = made ? newPassword() : before.password;
    const after = { ...before, ...fields, ...moved, password: password === "" ? kept : password };
    refuseUnusable(after);
    const shown = shownTrunk(ctx, change(ctx, tx, "trunk.update", before, { ...after, tmUpdate: tx.now }));
    return made ? { ...shown, password: after.password } : shown;
  });
}

/** Whether a trunk is to prove who it is by a password that nobody can know: one from an earlier time is none. */
const lacksPassword = (before: TrunkRecord, authTypes: readonly string[]): boolean =>
  authTypes.includes("basic") && (before.password === "" || !before.authTypes.includes("basic"));

/** Gives a trunk a new strong password, which is in this answer. @throws DomainError NOT_FOUND, CONFLICT (it uses none) */
export async function rotateTrunkPassword(ctx: Context, input: TrunkIdInput): Promise<TrunkWithPassword> {
  authorize(ctx, "trunk:update");
  const { id } = parseInput(trunkIdInput, input);
  return await inTransaction(ctx, async (tx) => {
    const before = await lockLive(ctx, tx, id);
    if (!before.authTypes.includes("basic"))
      throw new DomainError(
        "CONFLICT",
        "TRUNK_WITHOUT_PASSWORD",
        "This trunk is known by its address: it has no password.",
      );
    const after = change(ctx, tx, "trunk.rotate-password", before, {
      ...before,
      password: newPassword(),
      tmUpdate: tx.now,
    });
    return { trunk: shownTrunk(ctx, after), password: after.password };
  });
}

/** The password of a trunk, for somebody who has the right to see it; it is written down that he did. */
export async function revealTrunkPassword(ctx: Context, input: TrunkIdInput): Promise<TrunkWithPassword> {
  authorize(ctx, "trunk:reveal");
  const { id } = parseInput(trunkIdInput, input);
  return await inTransaction(withoutReceipt(ctx), async (tx) => {
    const record = await lockLive(ctx, tx, id);
    const { customerId } = record;
    audit(ctx, tx, { action: "trunk.reveal-password", resourceType: "trunk", resourceId: id, customerId });
    return { trunk: shownTrunk(ctx, record), password: record.password };
  });
}

/**
 * Deletes a trunk; its domain name is free again. Deleting again changes nothing and returns the deleted trunk
 * (contract/README "Keep" 7).
 * @throws DomainError NOT_FOUND
 */
export async function deleteTrunk(ctx: Context, input: TrunkIdInput): Promise<TrunkView> {
  authorize(ctx, "trunk:delete");
  const { id } = parseInput(trunkIdInput, input);
  return await inTransaction(ctx, async (tx) => {
    const before = await lockTrunk(tx, ctx.tenant, id);
    if (before === null) throw trunkNotFound();
    return shownTrunk(ctx, isSet(before.tmDelete) ? before : removeTrunk(ctx, tx, before, null));
  });
}

/**
 * Brings a deleted trunk back as it was, but with a new password where it uses one; that is in this answer.
 * @throws DomainError NOT_FOUND, CONFLICT (not deleted, or its domain name is used again)
 */
export async function restoreTrunk(ctx: Context, input: TrunkIdInput): Promise<TrunkWithPassword> {
  authorize(ctx, "trunk:restore");
  const { id } = parseInput(trunkIdInput, input);
  return await inTransaction(ctx, async (tx) => {
    const before = await lockTrunk(tx, ctx.tenant, id);
    if (before === null) throw trunkNotFound();
    if (!isSet(before.tmDelete)) throw new DomainError("CONFLICT", "TRUNK_NOT_DELETED", "This trunk is not deleted.");
    await holdOwner(ctx, tx, before.customerId);
    const after = bringBackTrunk(ctx, tx, before);
    return { trunk: shownTrunk(ctx, after), password: after.password };
  });
}

/** @throws DomainError INVALID_INPUT for a trunk that could never authenticate */
function refuseUnusable(trunk: Parameters<typeof unusableTrunk>[0]): void {
  const wrong = unusableTrunk(trunk);
  if (wrong !== null) throw invalidInput(...wrong);
}

/** Contract/registrar.md §5. */
const realmOf = (ctx: Context, domainName: string): string => `${domainName}.${ctx.ports.sipDomains.trunk}`;

/** What a trunk's domain name is followed by in its realm. */
export function trunkRealmBase(ctx: Context): string {
  authorize(ctx, "trunk:read");
  return ctx.ports.sipDomains.trunk;
}

async function lockLive(ctx: Context, tx: Transaction, id: string): Promise<TrunkRecord> {
  const trunk = await lockTrunk(tx, ctx.tenant, id);
  if (trunk === null || isSet(trunk.tmDelete)) throw trunkNotFound();
  return trunk;
}

function change(ctx: Context, tx: Transaction, action: string, before: TrunkRecord, after: TrunkRecord): TrunkRecord {
  const { id, ...fields } = after;
  tx.onDuplicate(DOMAIN_NAME_INDEX, domainNameTaken);
  tx.write(updateRow(registrarTrunks, id, fields));
  putSipAuth(tx, after);
  emit(ctx, tx, trunkEvent("trunk_updated", after));
  auditChange(ctx, tx, action, before, after);
  return after;
}

/** @param cascadeId the deletion of the customer that takes it; null where it is deleted for itself */
export function removeTrunk(ctx: Context, tx: Transaction, before: TrunkRecord, cascadeId: string | null): TrunkRecord {
  const after: TrunkRecord = { ...before, tmUpdate: tx.now, tmDelete: tx.now };
  tx.write(updateRow(registrarTrunks, before.id, { tmUpdate: tx.now, tmDelete: tx.now, cascadeId }));
  removeSipAuth(tx, before.id);
  emit(ctx, tx, trunkEvent("trunk_deleted", after));
  auditChange(ctx, tx, "trunk.delete", before, after);
  countSuccess(ctx, tx, "trunk_delete");
  return after;
}

/** Siblings have dropped what they knew of it, so they hear that it was created. */
export function bringBackTrunk(ctx: Context, tx: Transaction, before: TrunkRecord): TrunkRecord {
  const password = before.authTypes.includes("basic") ? newPassword() : before.password;
  const after: TrunkRecord = { ...before, password, tmUpdate: tx.now, tmDelete: NOT_SET };
  const { id, tmUpdate, tmDelete } = after;
  tx.onDuplicate(DOMAIN_NAME_INDEX, domainNameTaken);
  tx.write(updateRow(registrarTrunks, id, { password, tmUpdate, tmDelete, cascadeId: null }));
  putNewSipAuth(tx, after);
  emit(ctx, tx, trunkEvent("trunk_created", after));
  auditChange(ctx, tx, "trunk.restore", before, after);
  return after;
}
