import { adminAudit } from "@/db/bin/schema/admin";
import { parseTime } from "./clock";
import type { Context } from "./context";
import { newTimeOrderedId } from "./ids";
import { insertRow } from "./statements";
import type { Transaction } from "./transaction";

export interface AuditEntry {
  /** `customer.update`, `access-key.rotate`, … */
  action: string;
  resourceType:
    | "customer"
    | "access-key"
    | "admin"
    | "session"
    | "job"
    | "dead-letter"
    | "audit"
    | "extension"
    | "trunk"
    | "registration-alarm";
  resourceId: string;
  /** Whose record it is; null for what belongs to the platform. */
  customerId: string | null;
  /** The fields that changed, before and after; never a secret. */
  before?: object | null;
  after?: object | null;
}

/** Writes who did what, in the transaction of the change itself. */
export function audit(ctx: Context, tx: Transaction, entry: AuditEntry): void {
  tx.write(
    insertRow(adminAudit, {
      id: newTimeOrderedId(parseTime(tx.now)),
      tmCreate: tx.now,
      actorType: ctx.actor.type,
      actorId: ctx.actor.id.slice(0, 64),
      actorName: ctx.actor.name.slice(0, 255),
      customerId: entry.customerId,
      action: entry.action,
      resourceType: entry.resourceType,
      resourceId: entry.resourceId,
      before: entry.before ?? null,
      after: entry.after ?? null,
      requestId: ctx.requestId.slice(0, 64),
      ip: ctx.ip.slice(0, 45),
      userAgent: ctx.userAgent.slice(0, 255),
    }),
  );
  const { resourceType: type, resourceId: id, customerId } = entry;
  tx.afterCommit(() => ctx.announce({ type, id, customerId, by: ctx.actor.id }));
}

/** Only the fields that differ, before and after, for an audit entry. */
export function changes<T extends object>(before: T, after: T): { before: Partial<T>; after: Partial<T> } {
  const out: { before: Partial<T>; after: Partial<T> } = { before: {}, after: {} };
  for (const key of Object.keys(after) as (keyof T)[]) {
    if (before[key] !== after[key]) {
      out.before[key] = before[key];
      out.after[key] = after[key];
    }
  }
  return out;
}
