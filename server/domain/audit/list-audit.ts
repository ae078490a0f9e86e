import { and, asc, desc, eq, gt, lt, type SQL } from "drizzle-orm";
import { adminAudit } from "@/db/bin/schema/admin";
import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { NIL_UUID, UUID } from "@/server/kernel/ids";
import { decodeCursor, toPage, type Page } from "@/server/kernel/pagination";
import { parseInput } from "@/server/kernel/parse-input";
import { listAuditInput, type AuditView, type ListAuditInput } from "./schemas";

const COUNTED_EXACTLY = 10_000;

/** Who did what, newest first. The id is time-ordered, so it is the sort and the cursor alone. */
export async function listAudit(ctx: Context, input: ListAuditInput): Promise<Page<AuditView>> {
  authorize(ctx, "audit:read");
  const { filter, cursor, size } = parseInput(listAuditInput, input);
  const decoded = decodeCursor(cursor);
  const at = decoded !== null && UUID.test(decoded.id) ? decoded : null;
  const conditions: (SQL | undefined)[] = [
    ctx.tenant.all ? undefined : eq(adminAudit.customerId, ctx.tenant.customerId),
    filter.customerId === undefined ? undefined : eq(adminAudit.customerId, filter.customerId),
    filter.resourceId === undefined ? undefined : eq(adminAudit.resourceId, filter.resourceId),
    filter.actorId === undefined ? undefined : eq(adminAudit.actorId, filter.actorId),
    filter.action === undefined ? undefined : eq(adminAudit.action, filter.action),
  ];
  const position = at === null ? undefined : at.back ? gt(adminAudit.id, at.id) : lt(adminAudit.id, at.id);
  const [rows, counted] = await Promise.all([
    ctx.db
      .select()
      .from(adminAudit)
      .where(and(...conditions, position))
      .orderBy(at?.back === true ? asc(adminAudit.id) : desc(adminAudit.id))
      .limit(size + 1),
    ctx.db
      .select({ id: adminAudit.id })
      .from(adminAudit)
      .where(and(...conditions))
      .limit(COUNTED_EXACTLY + 1),
  ]);
  return toPage(rows, {
    size,
    at,
    sortValue: () => "",
    id: (row) => row.id,
    view: toView,
    total: { count: Math.min(counted.length, COUNTED_EXACTLY), estimated: counted.length > COUNTED_EXACTLY },
  });
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
