import { and, desc, eq, gt, gte, isNull } from "drizzle-orm";
import { QueryBuilder } from "drizzle-orm/mysql-core";
import { adminSessions, adminUsers } from "@/db/bin/schema/admin";
import { customerCustomers } from "@/db/bin/schema/customer";
import { audit } from "@/server/kernel/audit";
import { addSeconds, NOT_SET } from "@/server/kernel/clock";
import type { Actor, Context } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { parseUuid } from "@/server/kernel/ids";
import { parseInput } from "@/server/kernel/parse-input";
import { isRole } from "@/server/kernel/permissions";
import { bound, PreparedReads } from "@/server/kernel/prepared";
import { updateRow } from "@/server/kernel/statements";
import { runStatement } from "@/server/kernel/statements-run";
import { inTransaction } from "@/server/kernel/transaction";
import {
  endSessionsInput,
  sessionIdInput,
  type AdminView,
  type EndSessionsInput,
  type SessionIdInput,
  type SessionView,
} from "./schemas";
import { endSessionsOf } from "./session-writes";

/** A session ends after this long without use, and in any case after this long (ASVS 3.3). Seconds. */
export const IDLE_SECONDS = 8 * 3_600;
export const SESSION_SECONDS = 7 * 86_400;
/** `tm_last_seen` is written at most this often, in seconds. */
const SEEN_EVERY_SECONDS = 60;
const LISTED_MOST = 100;

export type AdminActor = Extract<Actor, { type: "admin" }>;

const reads = new PreparedReads();
const qb = new QueryBuilder();

/** An admin as others may see him. */
export function toAdminView(user: Pick<typeof adminUsers.$inferSelect, keyof AdminView>): AdminView {
  return {
    id: user.id,
    name: user.name ?? "",
    email: user.email ?? "",
    role: user.role ?? "support",
    customerId: user.customerId ?? null,
  };
}

export function actorOf(admin: AdminView, sessionId: string): AdminActor {
  const role = isRole(admin.role) ? admin.role : "support";
  return { type: "admin", id: admin.id, name: admin.name, role, customerId: admin.customerId, sessionId };
}

type SessionRow = [
  id: Buffer,
  name: string | null,
  email: string | null,
  role: string | null,
  customerId: Buffer | null,
  seen: string,
  customerDeleted: number | null,
];

const liveSession = () =>
  qb
    .select({
      id: adminUsers.id,
      name: adminUsers.name,
      email: adminUsers.email,
      role: adminUsers.role,
      customerId: adminUsers.customerId,
      seen: adminSessions.tmLastSeen,
      customerDeleted: customerCustomers.rowDeleted,
    })
    .from(adminSessions)
    .innerJoin(adminUsers, eq(adminUsers.id, adminSessions.userId))
    .leftJoin(customerCustomers, eq(customerCustomers.id, adminUsers.customerId))
    .where(
      and(
        eq(adminSessions.id, bound(adminSessions.id, "id")),
        isNull(adminSessions.tmRevoke),
        gt(adminSessions.tmExpire, bound(adminSessions.tmExpire, "now")),
        gte(adminSessions.tmLastSeen, bound(adminSessions.tmLastSeen, "idle")),
        eq(adminUsers.tmDelete, NOT_SET),
        isNull(adminUsers.tmDisable),
      ),
    );

/**
 * The admin behind a live session, or null. Asked on every request, so whatever ends it does so at once: revoked, idle
 * or old, its admin disabled or deleted, or the customer deleted to whom he belongs.
 * @param unattended asked by an open page of itself: no use that keeps the session alive
 */
export async function findSession(
  ctx: Context,
  sessionId: string,
  unattended = false,
): Promise<{ admin: AdminView; actor: Actor } | null> {
  const id = parseUuid(sessionId);
  if (id === null) return null;
  const now = ctx.now();
  const values = { id, now, idle: addSeconds(now, -IDLE_SECONDS) };
  const [row] = await reads.rows<SessionRow>(ctx.db, "session", liveSession, values);
  if (row === undefined) return null;
  const [userId, name, email, role, customerId, seen, customerDeleted] = row;
  if (customerId !== null && customerDeleted !== 0) return null;
  if (!unattended && seen < addSeconds(now, -SEEN_EVERY_SECONDS))
    await runStatement(ctx.db, updateRow(adminSessions, id, { tmLastSeen: now }));
  const admin = toAdminView({
    id: String(adminUsers.id.mapFromDriverValue(userId)),
    name,
    email,
    role,
    customerId: customerId === null ? null : String(adminUsers.customerId.mapFromDriverValue(customerId)),
  });
  return { admin, actor: actorOf(admin, id) };
}

/** The actor's own live sessions, latest first. */
export async function listSessions(ctx: Context): Promise<SessionView[]> {
  return await liveSessionsOf(ctx, requireAdmin(ctx).id);
}

/** An admin's live sessions, latest first; whether the actor may see them is for the caller to know. */
export async function liveSessionsOf(ctx: Context, userId: string): Promise<SessionView[]> {
  const now = ctx.now();
  const rows = await ctx.db
    .select()
    .from(adminSessions)
    .where(
      and(
        eq(adminSessions.userId, userId),
        isNull(adminSessions.tmRevoke),
        gt(adminSessions.tmExpire, now),
        gte(adminSessions.tmLastSeen, addSeconds(now, -IDLE_SECONDS)),
      ),
    )
    .orderBy(desc(adminSessions.tmLastSeen))
    .limit(LISTED_MOST);
  return rows.map((row) => ({
    id: row.id,
    ip: row.ip ?? "",
    userAgent: row.userAgent ?? "",
    tmCreate: row.tmCreate,
    tmLastSeen: row.tmLastSeen ?? "",
    current: ctx.actor.type === "admin" && row.id === ctx.actor.sessionId,
  }));
}

/** Ends one of the actor's own sessions; ending it again changes nothing. @throws DomainError NOT_FOUND */
export async function revokeSession(ctx: Context, input: SessionIdInput): Promise<{ id: string }> {
  const actor = requireAdmin(ctx);
  const { id } = parseInput(sessionIdInput, input);
  return await inTransaction(ctx, async (tx) => {
    const query = await tx.query();
    const [session] = await query
      .select()
      .from(adminSessions)
      .where(and(eq(adminSessions.id, id), eq(adminSessions.userId, actor.id)))
      .for("update");
    if (session === undefined) throw new DomainError("NOT_FOUND", "SESSION_NOT_FOUND", "There is no such session.");
    if (session.tmRevoke !== null) return { id };
    tx.write(updateRow(adminSessions, id, { tmRevoke: tx.now }));
    audit(ctx, tx, {
      action: "session.end",
      resourceType: "session",
      resourceId: id,
      customerId: actor.customerId,
    });
    return { id };
  });
}

/** Ends the actor's sessions: all of them, or all but this one. */
export async function endSessions(ctx: Context, input: EndSessionsInput): Promise<{ kept: string | null }> {
  const actor = requireAdmin(ctx);
  const { keepThis } = parseInput(endSessionsInput, input);
  return await inTransaction(ctx, (tx) => {
    endSessionsOf(tx, actor.id, keepThis ? actor.sessionId : undefined);
    audit(ctx, tx, {
      action: keepThis ? "session.end-others" : "session.end-all",
      resourceType: "admin",
      resourceId: actor.id,
      customerId: actor.customerId,
    });
    return { kept: keepThis ? actor.sessionId : null };
  });
}

export function requireAdmin(ctx: Context): AdminActor {
  if (ctx.actor.type !== "admin")
    throw new DomainError("FORBIDDEN", "ADMINS_ONLY", "Only a signed-in admin has an account.");
  return ctx.actor;
}
