import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, isNull, or } from "drizzle-orm";
import { adminLinks, adminUsers } from "@/db/bin/schema/admin";
import { customerCustomers } from "@/db/bin/schema/customer";
import { addSeconds, NOT_SET } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { newTimeOrderedId } from "@/server/kernel/ids";
import { parseInput } from "@/server/kernel/parse-input";
import { insertRow } from "@/server/kernel/statements";
import { inTransaction, type Transaction } from "@/server/kernel/transaction";
import { linkInput, type LinkInput, type LinkPurpose, type LinkView } from "./schemas";

/** Seconds a one-time link is good for. */
const LINK_SECONDS = 86_400;

export const hashLink = (token: string): Buffer => createHash("sha256").update(token).digest();

/** Adds a one-time link; those before it, of the same admin or for the first one, end. Only the token's hash is kept. */
export function writeLink(
  tx: Transaction,
  purpose: LinkPurpose,
  userId: string | null,
): { token: string; tmExpire: string } {
  const token = randomBytes(24).toString("base64url");
  const tmExpire = addSeconds(tx.now, LINK_SECONDS);
  if (userId === null)
    tx.write({
      sql: "update admin_links set tm_use = ? where purpose = ? and user_id is null and tm_use is null",
      params: [tx.now, purpose],
    });
  else endLinksOf(tx, userId);
  tx.write(
    insertRow(adminLinks, {
      id: newTimeOrderedId(),
      purpose,
      userId,
      tokenHash: hashLink(token),
      tmCreate: tx.now,
      tmExpire,
      tmUse: null,
    }),
  );
  return { token, tmExpire };
}

/** Ends all links of an admin with the transaction. */
export function endLinksOf(tx: Transaction, userId: string): void {
  tx.write({
    sql: "update admin_links set tm_use = ? where user_id = ? and tm_use is null",
    params: [tx.now, adminLinks.userId.mapToDriverValue(userId)],
  });
}

/** Whether the installation has an admin yet. */
export async function hasAdmins(ctx: Context): Promise<boolean> {
  const rows = await ctx.db.select({ id: adminUsers.id }).from(adminUsers).where(eq(adminUsers.rowDeleted, 0)).limit(1);
  return rows.length > 0;
}

/** The token of a new link that makes the first admin; null when there is one already. Earlier links end. */
export async function createSetupLink(ctx: Context): Promise<string | null> {
  if (await hasAdmins(ctx)) return null;
  return await inTransaction(ctx, (tx) => writeLink(tx, "setup", null).token);
}

/** A link that was neither used nor replaced, is young enough, and whose admin may sign in (or is yet to be made). */
export const liveLink = (token: string, now: string) =>
  and(
    eq(adminLinks.tokenHash, hashLink(token)),
    isNull(adminLinks.tmUse),
    gt(adminLinks.tmExpire, now),
    or(
      isNull(adminLinks.userId),
      and(
        eq(adminUsers.tmDelete, NOT_SET),
        isNull(adminUsers.tmDisable),
        or(isNull(adminUsers.customerId), eq(customerCustomers.rowDeleted, 0)),
      ),
    ),
  );

/** What a link is for, and whether it still works. Open to everybody who holds it. */
export async function getLink(ctx: Context, input: LinkInput): Promise<LinkView> {
  const { token } = parseInput(linkInput, input);
  const [link] = await ctx.db
    .select({ purpose: adminLinks.purpose, email: adminUsers.email, name: adminUsers.name })
    .from(adminLinks)
    .leftJoin(adminUsers, eq(adminUsers.id, adminLinks.userId))
    .leftJoin(customerCustomers, eq(customerCustomers.id, adminUsers.customerId))
    .where(liveLink(token, ctx.now()));
  return link === undefined
    ? { purpose: "setup", email: null, name: "", valid: false }
    : { purpose: link.purpose as LinkPurpose, email: link.email, name: link.name ?? "", valid: true };
}
