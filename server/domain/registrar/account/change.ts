import { registrarSipAuths } from "@/db/bin/schema/registrar";
import { audit, changes } from "@/server/kernel/audit";
import type { Context } from "@/server/kernel/context";
import { NOT_SET } from "@/server/kernel/clock";
import { upsertRow, type Statement } from "@/server/kernel/statements";
import type { Transaction } from "@/server/kernel/transaction";
import type { ExtensionRecord } from "../extension/repository";
import { usernameTaken } from "../failures";
import type { SipSuccess } from "../ports";
import type { TrunkRecord } from "../trunk/repository";

// What the verbs of extensions and of trunks have in common.

/**
 * The row that Kamailio reads for INVITEs (contract/registrar.md §5.6). It is hard-deleted with its record, and written anew
 * where an adopted database lacks it.
 */
export function putSipAuth(tx: Transaction, record: ExtensionRecord | TrunkRecord, tmUpdate = tx.now): void {
  const { id, realm, username, password } = record;
  const trunk = "authTypes" in record ? record : null;
  const row = {
    id,
    referenceType: trunk === null ? "extension" : "trunk",
    authTypes: trunk?.authTypes ?? ["basic"],
    realm,
    username,
    password,
    allowedIps: trunk?.allowedIps ?? [],
    tmCreate: tx.now,
    tmUpdate,
  };
  tx.write(upsertRow(registrarSipAuths, row, ["authTypes", "realm", "username", "password", "allowedIps", "tmUpdate"]));
}

/** The same for a record that was born just now. */
export const putNewSipAuth = (tx: Transaction, record: ExtensionRecord | TrunkRecord): void =>
  putSipAuth(tx, record, NOT_SET);

/**
 * Refuses a user name, just written, that another live extension of the realm has: Kamailio looks a caller's password up
 * by the two (contract/registrar.md §10.4), and whose calls they were would be anybody's guess. An index that says so would
 * refuse the rows that adopted databases hold; drift shows those. A trunk has its realm for itself.
 */
export function refuseSharedName(
  tx: Transaction,
  { realm, username }: Pick<ExtensionRecord, "realm" | "username">,
  field: "username" | "extension",
): void {
  tx.onSeveral(
    {
      sql: `select 1 from registrar_sip_auths a force index (idx_registrar_sip_auths_realm_username)
        straight_join registrar_extensions e force index (primary) on e.id = a.id and e.row_deleted = 0
        where a.realm = ? and a.username = ?`,
      params: [realm, username],
    },
    () => usernameTaken(field),
  );
}

export function removeSipAuth(tx: Transaction, id: string): void {
  const statement: Statement = {
    sql: "delete from registrar_sip_auths where id = ?",
    params: [registrarSipAuths.id.mapToDriverValue(id)],
  };
  tx.write(statement);
}

export function countSuccess(ctx: Context, tx: Transaction, success: SipSuccess): void {
  tx.afterCommit(() => ctx.ports.countSip?.(success));
}

/** Writes who changed which fields; of a password only that it was. */
export function auditChange<Record extends ExtensionRecord | TrunkRecord>(
  ctx: Context,
  tx: Transaction,
  action: string,
  before: Record,
  after: Record,
): void {
  const [was, is] = [withoutPassword(before), withoutPassword(after)];
  const seen = changes<object>(was, is);
  const renewed = before.password === after.password ? {} : { password: "changed" };
  audit(ctx, tx, {
    action,
    resourceType: "authTypes" in after ? "trunk" : "extension",
    resourceId: after.id,
    customerId: after.customerId,
    before: seen.before,
    after: { ...seen.after, ...renewed },
  });
}

/** Lists as texts, so that equal ones compare equal. */
function withoutPassword({ password: _, ...record }: ExtensionRecord | TrunkRecord): object {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, Array.isArray(value) ? value.join(", ") : value]),
  );
}
