import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { adminLinks, adminUsers } from "@/db/bin/schema/admin";
import { audit } from "@/server/kernel/audit";
import { addSeconds, NOT_SET } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { newTimeOrderedId } from "@/server/kernel/ids";
import { parseInput } from "@/server/kernel/parse-input";
import { insertRow, updateRow } from "@/server/kernel/statements";
import { inTransaction } from "@/server/kernel/transaction";
import {
  acceptLinkInput,
  linkInput,
  type AcceptLinkInput,
  type AdminView,
  type LinkInput,
  type LinkPurpose,
  type LinkView,
} from "./schemas";

/** Seconds a one-time link is good for. */
const LINK_SECONDS = 86_400;
const EMAIL_INDEX = "uq_admin_users_email_live";

const hashLink = (token: string): Buffer => createHash("sha256").update(token).digest();
const usedUp = (): DomainError =>
  new DomainError("NOT_FOUND", "LINK_NOT_VALID", "This link has been used or has expired. Ask for a new one.");
const emailTaken = (): DomainError =>
  new DomainError("CONFLICT", "EMAIL_TAKEN", "email: Another admin uses this e-mail address already.", {
    field: "email",
  });

/** Whether the installation has an admin yet. */
export async function hasAdmins(ctx: Context): Promise<boolean> {
  const rows = await ctx.db
    .select({ id: adminUsers.id })
    .from(adminUsers)
    .where(eq(adminUsers.tmDelete, NOT_SET))
    .limit(1);
  return rows.length > 0;
}

/** The token of a new link that makes the first admin; null when there is one already. Earlier links end. */
export async function createSetupLink(ctx: Context): Promise<string | null> {
  if (await hasAdmins(ctx)) return null;
  const token = randomBytes(24).toString("base64url");
  await inTransaction(ctx, (tx) => {
    tx.write({ sql: "update admin_links set tm_use = ? where purpose = 'setup' and tm_use is null", params: [tx.now] });
    tx.write(
      insertRow(adminLinks, {
        id: newTimeOrderedId(),
        purpose: "setup",
        userId: null,
        tokenHash: hashLink(token),
        tmCreate: tx.now,
        tmExpire: addSeconds(tx.now, LINK_SECONDS),
        tmUse: null,
      }),
    );
  });
  return token;
}

/** What a link is for, and whether it still works. Open to everybody who holds it. */
export async function getLink(ctx: Context, input: LinkInput): Promise<LinkView> {
  const { token } = parseInput(linkInput, input);
  const [link] = await ctx.db
    .select({ purpose: adminLinks.purpose, email: adminUsers.email })
    .from(adminLinks)
    .leftJoin(adminUsers, eq(adminUsers.id, adminLinks.userId))
    .where(
      and(eq(adminLinks.tokenHash, hashLink(token)), isNull(adminLinks.tmUse), gt(adminLinks.tmExpire, ctx.now())),
    );
  return link === undefined
    ? { purpose: "setup", email: null, valid: false }
    : { purpose: link.purpose as LinkPurpose, email: link.email, valid: true };
}

/**
 * Takes a one-time link: makes the first admin, or sets the password of the one it is for.
 * @throws DomainError INVALID_INPUT, NOT_FOUND (used or expired), CONFLICT
 */
export async function acceptLink(ctx: Context, input: AcceptLinkInput): Promise<AdminView> {
  const { token, name, email, password } = parseInput(acceptLinkInput, input);
  if (ctx.ports.passwords === null) throw new DomainError("INTERNAL", "INTERNAL", "This process cannot set passwords.");
  if (!(await getLink(ctx, { token })).valid) throw usedUp();
  const passwordHash = await ctx.ports.passwords.hash(password);
  return await inTransaction(ctx, async (tx) => {
    const query = await tx.query();
    const [link] = await query
      .select()
      .from(adminLinks)
      .where(and(eq(adminLinks.tokenHash, hashLink(token)), isNull(adminLinks.tmUse), gt(adminLinks.tmExpire, tx.now)))
      .for("update");
    if (link === undefined) throw usedUp();
    tx.write(updateRow(adminLinks, link.id, { tmUse: tx.now }));
    if (link.purpose === "setup") {
      const [existing] = await query
        .select({ count: sql<number>`count(*)` })
        .from(adminUsers)
        .where(eq(adminUsers.tmDelete, NOT_SET));
      if (Number(existing?.count ?? 0) > 0) throw usedUp();
      const admin: AdminView = { id: newTimeOrderedId(), name, email, role: "owner", customerId: null };
      tx.onDuplicate(EMAIL_INDEX, emailTaken);
      tx.write(
        insertRow(adminUsers, {
          ...admin,
          passwordHash,
          tmLastLogin: null,
          tmCreate: tx.now,
          tmUpdate: NOT_SET,
          tmDelete: NOT_SET,
        }),
      );
      audit({ ...ctx, actor: { type: "system", id: "setup", name: "one-time link" } }, tx, {
        action: "admin.create",
        resourceType: "admin",
        resourceId: admin.id,
        customerId: null,
        after: { name, email, role: admin.role },
      });
      return admin;
    }
    const [user] = await query
      .select()
      .from(adminUsers)
      .where(and(eq(adminUsers.id, link.userId ?? ""), eq(adminUsers.tmDelete, NOT_SET)))
      .for("update");
    if (user === undefined) throw usedUp();
    tx.write(updateRow(adminUsers, user.id, { name, passwordHash, tmUpdate: tx.now }));
    tx.write({
      sql: "update admin_sessions set tm_revoke = ? where user_id = unhex(replace(?, '-', '')) and tm_revoke is null",
      params: [tx.now, user.id],
    });
    audit({ ...ctx, actor: { type: "system", id: "link", name: "one-time link" } }, tx, {
      action: "admin.set-password",
      resourceType: "admin",
      resourceId: user.id,
      customerId: user.customerId ?? null,
    });
    return {
      id: user.id,
      name,
      email: user.email ?? email,
      role: user.role ?? "support",
      customerId: user.customerId ?? null,
    };
  });
}
