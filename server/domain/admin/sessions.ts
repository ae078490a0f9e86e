import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { adminSessions, adminUsers } from "@/db/bin/schema/admin";
import { audit } from "@/server/kernel/audit";
import { addSeconds, NOT_SET } from "@/server/kernel/clock";
import type { Actor, Context } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { parseInput } from "@/server/kernel/parse-input";
import { insertRow, updateRow } from "@/server/kernel/statements";
import { runStatement } from "@/server/kernel/statements-run";
import { inTransaction } from "@/server/kernel/transaction";
import { isRole } from "@/server/kernel/permissions";
import {
  sessionIdInput,
  signInInput,
  type AdminView,
  type SessionIdInput,
  type SessionView,
  type SignInInput,
} from "./schemas";

/** A session ends after this long without use, and in any case after this long (ASVS 3.3). Seconds. */
const IDLE_SECONDS = 12 * 3_600;
export const SESSION_SECONDS = 7 * 86_400;
/** `tm_last_seen` is written at most this often, in seconds. */
const SEEN_EVERY_SECONDS = 60;

/** A well-formed hash of nothing: an unknown e-mail takes as long as a wrong password. */
const DECOY = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$eeYm0wSg5HDmY1pbvYVyJB3fOHVQ0ldXqQQxQ1mHOUo";

const refused = (): DomainError =>
  new DomainError("UNAUTHENTICATED", "WRONG_CREDENTIALS", "E-mail or password is wrong.");

/**
 * Checks an admin's password and begins a session.
 * @throws DomainError UNAUTHENTICATED (which of the two is wrong is not said), TOO_MANY_REQUESTS
 */
export async function signIn(ctx: Context, input: SignInInput): Promise<AdminView & { sessionId: string }> {
  const { email, password } = parseInput(signInInput, input);
  const { passwords, signInAttempts } = ctx.ports;
  if (passwords === null) throw new DomainError("INTERNAL", "INTERNAL", "This process cannot check passwords.");
  const account = email.toLowerCase();
  const wait = (await signInAttempts?.take(account, ctx.ip)) ?? 0;
  if (wait > 0)
    throw new DomainError("TOO_MANY_REQUESTS", "TOO_MANY_ATTEMPTS", `Too many attempts. Try again in ${wait} seconds.`);
  const [user] = await ctx.db.select().from(adminUsers).where(eq(adminUsers.emailLive, account));
  const good = await passwords.verify(user?.passwordHash ?? DECOY, password).catch(() => false);
  if (user === undefined || user.passwordHash === null || !good) {
    await inTransaction(ctx, (tx) =>
      audit(ctx, tx, {
        action: "session.refuse",
        resourceType: "session",
        resourceId: "",
        customerId: null,
        after: { email: email.slice(0, 255) },
      }),
    );
    throw refused();
  }
  await signInAttempts?.clear(account, ctx.ip);
  const sessionId = newId();
  const admin = toAdminView(user);
  await inTransaction(ctx, (tx) => {
    tx.write(
      insertRow(adminSessions, {
        id: sessionId,
        userId: user.id,
        ip: ctx.ip.slice(0, 45),
        userAgent: ctx.userAgent.slice(0, 255),
        tmCreate: tx.now,
        tmLastSeen: tx.now,
        tmExpire: addSeconds(tx.now, SESSION_SECONDS),
        tmRevoke: null,
      }),
    );
    tx.write(updateRow(adminUsers, user.id, { tmLastLogin: tx.now }));
    audit({ ...ctx, actor: actorOf(admin, sessionId) }, tx, {
      action: "session.begin",
      resourceType: "session",
      resourceId: sessionId,
      customerId: admin.customerId,
    });
  });
  return { ...admin, sessionId };
}

function toAdminView(user: typeof adminUsers.$inferSelect): AdminView {
  return {
    id: user.id,
    name: user.name ?? "",
    email: user.email ?? "",
    role: user.role ?? "support",
    customerId: user.customerId ?? null,
  };
}

function actorOf(admin: AdminView, sessionId: string): Actor {
  const role = isRole(admin.role) ? admin.role : "support";
  return { type: "admin", id: admin.id, name: admin.name, role, customerId: admin.customerId, sessionId };
}

/** The admin behind a live session, or null. Asked on every request: a revoked session ends at once. */
export async function findSession(ctx: Context, sessionId: string): Promise<{ admin: AdminView; actor: Actor } | null> {
  if (!sessionIdInput.safeParse({ id: sessionId }).success) return null;
  const now = ctx.now();
  const [row] = await ctx.db
    .select({ user: adminUsers, session: adminSessions })
    .from(adminSessions)
    .innerJoin(adminUsers, eq(adminUsers.id, adminSessions.userId))
    .where(
      and(
        eq(adminSessions.id, sessionId),
        isNull(adminSessions.tmRevoke),
        gt(adminSessions.tmExpire, now),
        eq(adminUsers.tmDelete, NOT_SET),
      ),
    );
  const seen = row?.session.tmLastSeen ?? "";
  if (row === undefined || seen < addSeconds(now, -IDLE_SECONDS)) return null;
  if (seen < addSeconds(now, -SEEN_EVERY_SECONDS))
    await runStatement(ctx.db, updateRow(adminSessions, sessionId, { tmLastSeen: now }));
  const admin = toAdminView(row.user);
  return { admin, actor: actorOf(admin, sessionId) };
}

/** The actor's own live sessions, latest first. */
export async function listSessions(ctx: Context): Promise<SessionView[]> {
  const actor = requireAdmin(ctx);
  const rows = await ctx.db
    .select()
    .from(adminSessions)
    .where(
      and(eq(adminSessions.userId, actor.id), isNull(adminSessions.tmRevoke), gt(adminSessions.tmExpire, ctx.now())),
    )
    .orderBy(desc(adminSessions.tmLastSeen))
    .limit(100);
  return rows.map((row) => ({
    id: row.id,
    ip: row.ip ?? "",
    userAgent: row.userAgent ?? "",
    tmCreate: row.tmCreate ?? "",
    tmLastSeen: row.tmLastSeen ?? "",
    current: row.id === actor.sessionId,
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
    audit(ctx, tx, { action: "session.end", resourceType: "session", resourceId: id, customerId: null });
    return { id };
  });
}

function requireAdmin(ctx: Context): Extract<Actor, { type: "admin" }> {
  if (ctx.actor.type !== "admin")
    throw new DomainError("FORBIDDEN", "ADMINS_ONLY", "Only a signed-in admin has sessions.");
  return ctx.actor;
}
