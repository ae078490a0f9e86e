import { and, asc, desc, eq, gt, gte, lt, type SQL } from "drizzle-orm";
import type * as z from "zod";
import { adminAudit } from "@/db/bin/schema/admin";
import { authorize } from "@/server/kernel/authorization";
import { parseTime } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { countRows } from "@/server/kernel/count-rows";
import { DomainError } from "@/server/kernel/errors";
import { firstIdOf, NIL_UUID, UUID } from "@/server/kernel/ids";
import { countTotal, decodeCursor, toPage, type Page } from "@/server/kernel/pagination";
import { parseInput } from "@/server/kernel/parse-input";
import { withinTenant } from "@/server/kernel/tenancy";
import { listAuditInput, type AuditView, type ListAuditInput } from "./schemas";

/**
 * Who did what, newest first. The id is time-ordered, so it is the sort, the cursor and the range of time at once.
 * @throws DomainError INVALID_INPUT also for filters that no index has together
 */
export async function listAudit(ctx: Context, input: ListAuditInput): Promise<Page<AuditView>> {
  authorize(ctx, "audit:read");
  const { filter, cursor, size } = parseInput(listAuditInput, input);
  refuseUnindexed(filter, !ctx.tenant.all);
  const decoded = decodeCursor(cursor);
  const at = decoded !== null && UUID.test(decoded.id) ? decoded : null;
  const given = <Value>(value: Value | undefined, condition: (value: Value) => SQL): SQL | undefined =>
    value === undefined ? undefined : condition(value);
  const matching = and(
    withinTenant(ctx.tenant, adminAudit.customerId),
    given(filter.customerId, (id) => eq(adminAudit.customerId, id)),
    given(filter.resourceType, (type) => eq(adminAudit.resourceType, type)),
    given(filter.resourceId, (id) => eq(adminAudit.resourceId, id)),
    given(filter.actorId, (id) => eq(adminAudit.actorId, id)),
    given(filter.action, (action) => eq(adminAudit.action, action)),
    given(filter.requestId, (id) => eq(adminAudit.requestId, id)),
    given(filter.from, (time) => gte(adminAudit.id, firstIdOf(parseTime(time)))),
    given(filter.before, (time) => lt(adminAudit.id, firstIdOf(parseTime(time)))),
  );
  const position = at === null ? undefined : at.back ? gt(adminAudit.id, at.id) : lt(adminAudit.id, at.id);
  const [rows, total] = await Promise.all([
    ctx.db
      .select()
      .from(adminAudit, { forceIndex: pageIndex(filter, !ctx.tenant.all) })
      .where(and(matching, position))
      .orderBy(at?.back === true ? asc(adminAudit.id) : desc(adminAudit.id))
      .limit(size + 1),
    countTotal((most) => countRows(ctx.db, adminAudit, matching, most)),
  ]);
  return toPage(rows, {
    size,
    at,
    sortValue: () => "",
    id: (row) => row.id,
    view: toView,
    total,
  });
}

/**
 * The index that a page is read by: left to itself the server reads all that match from the newest on, to get to a page in
 * the middle.
 */
function pageIndex(filter: z.output<typeof listAuditInput>["filter"], ofOneCustomer: boolean): string {
  const { customerId, actorId, action, resourceType, resourceId, requestId } = filter;
  if (requestId !== undefined) return "idx_admin_audit_request_id";
  if (resourceId !== undefined) return "idx_admin_audit_resource_id";
  const narrower = actorId !== undefined ? "actor_id" : action !== undefined ? "action" : "resource_type";
  const narrowed = actorId !== undefined || action !== undefined || resourceType !== undefined;
  if (ofOneCustomer || customerId !== undefined) return `idx_admin_audit_customer_id${narrowed ? `_${narrower}` : ""}`;
  if (actorId !== undefined && action !== undefined) return "idx_admin_audit_actor_id_action";
  return narrowed ? `idx_admin_audit_${narrower}` : "PRIMARY";
}

/** A list must not read through millions of entries for the few that match: filters without a common index are refused. */
function refuseUnindexed(filter: z.output<typeof listAuditInput>["filter"], ofOneCustomer: boolean): void {
  const { customerId, actorId, action, resourceType, resourceId, requestId } = filter;
  if (resourceId !== undefined || requestId !== undefined) return; // few have one and the same
  const customer = ofOneCustomer || customerId !== undefined;
  const refuse = (field: string, message: string): never => {
    throw new DomainError("INVALID_INPUT", "FILTERS_TOGETHER", message, { field: `filter.${field}` });
  };
  if (resourceType !== undefined && action !== undefined)
    refuse("resourceType", "An action says what kind of record it is about: leave one of both out.");
  if (resourceType !== undefined && actorId !== undefined)
    refuse("resourceType", "Look for who did it by action, not by kind of record.");
  if (customer && actorId !== undefined && action !== undefined)
    refuse("action", "Look for an action of one customer or of one actor, not of both.");
}

function toView(row: typeof adminAudit.$inferSelect): AuditView {
  return {
    id: row.id,
    tmCreate: row.tmCreate ?? "",
    actorType: row.actorType ?? "",
    actorName: row.actorName ?? "",
    actorId: row.actorId ?? "",
    customerId: row.customerId === null || row.customerId === NIL_UUID ? null : row.customerId,
    action: row.action ?? "",
    resourceType: row.resourceType ?? "",
    resourceId: row.resourceId ?? "",
    before: row.before as Record<string, unknown> | null,
    after: row.after as Record<string, unknown> | null,
    requestId: row.requestId ?? "",
    ip: row.ip ?? "",
    userAgent: row.userAgent ?? "",
  };
}
