import { eq } from "drizzle-orm";
import { adminSessions, adminUsers } from "@/db/bin/schema/admin";
import { audit } from "@/server/kernel/audit";
import { addSeconds } from "@/server/kernel/clock";
import { type Context, withoutReceipt } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { parseInput } from "@/server/kernel/parse-input";
import { updateRow } from "@/server/kernel/statements";
import { inTransaction, type Transaction } from "@/server/kernel/transaction";
import { assertionOptions, newChallenge, passkeysOf, usePasskey, type PasskeyRequest } from "./passkey-ceremony";
import type { Attempt } from "./ports";
import { confirmInput, type ConfirmInput } from "./schemas";
import { requireAdmin, type AdminActor } from "./sessions";
import { tooManyAttempts } from "./sign-in";
import { useTotpCode } from "./totp";

/** Seconds in which changes of the account are allowed after the admin has proved again who he is. */
const CONFIRMED_SECONDS = 600;
/** Seconds for a passkey ceremony. */
const CHALLENGE_SECONDS = 300;

const FAILURES = {
  password: ["WRONG_PASSWORD", "This is not your password."],
  code: ["WRONG_CODE", "That code is wrong or used up. Enter the next one."],
  passkey: ["WRONG_PASSKEY", "That passkey is not one of yours."],
} as const;

/**
 * Proves again who one is, by password, code or passkey. Changes of the account are allowed in this session for the next
 * ten minutes.
 * @throws DomainError FORBIDDEN, TOO_MANY_REQUESTS
 */
export async function confirmIdentity(ctx: Context, input: ConfirmInput): Promise<{ confirmedUntil: string }> {
  const actor = requireAdmin(ctx);
  const proof = parseInput(confirmInput, input);
  const by = proof.passkey !== undefined ? "passkey" : proof.code !== undefined ? "code" : "password";
  // The session is a device that is known: whoever guesses elsewhere cannot hold it up.
  const attempt: Attempt = {
    kind: by === "code" ? "code" : "password",
    account: actor.id,
    address: ctx.ip,
    device: actor.sessionId,
    knownAddress: true,
  };
  const wait = by === "passkey" ? 0 : ((await ctx.ports.signInAttempts?.take(attempt)) ?? 0);
  if (wait > 0) throw tooManyAttempts(wait);
  const passwordGood = by === "password" && (await isOwnPassword(ctx, actor, proof.password ?? ""));
  const good = await inTransaction(withoutReceipt(ctx), async (tx) => {
    const challenge = await takeChallenge(tx, actor);
    const proved =
      passwordGood ||
      (proof.code !== undefined && (await useTotpCode(ctx, tx, actor.id, proof.code))) ||
      (proof.passkey !== undefined &&
        challenge !== null &&
        (await usePasskey(ctx, tx, proof.passkey, challenge, actor.id)) !== null);
    if (proved) tx.write(updateRow(adminSessions, actor.sessionId, { tmConfirm: tx.now }));
    audit(ctx, tx, {
      action: proved ? "session.confirm" : "session.refuse-confirm",
      resourceType: "session",
      resourceId: actor.sessionId,
      customerId: actor.customerId,
      after: { by },
    });
    return proved ? tx.now : null;
  });
  if (good === null) {
    const [reason, message] = FAILURES[by];
    throw new DomainError("FORBIDDEN", reason, message, { field: by });
  }
  await ctx.ports.signInAttempts?.clear(attempt);
  return { confirmedUntil: addSeconds(good, CONFIRMED_SECONDS) };
}

/** What a browser needs to ask for one of the actor's own passkeys. */
export async function askForOwnPasskey(ctx: Context): Promise<{ options: PasskeyRequest }> {
  const actor = requireAdmin(ctx);
  const passkeys = await passkeysOf(ctx.db, actor.id);
  return { options: await assertionOptions(ctx, await writeChallenge(ctx, actor), passkeys) };
}

/** Until when the actor may change his account without proving again who he is; empty when he has to. */
export async function confirmedUntil(ctx: Context): Promise<string> {
  const actor = requireAdmin(ctx);
  const [session] = await ctx.db
    .select({ tmConfirm: adminSessions.tmConfirm })
    .from(adminSessions)
    .where(eq(adminSessions.id, actor.sessionId));
  const until = session?.tmConfirm == null ? "" : addSeconds(session.tmConfirm, CONFIRMED_SECONDS);
  return until > ctx.now() ? until : "";
}

/** For changes that whoever finds a signed-in browser must not make. @throws DomainError FORBIDDEN */
export async function requireConfirmed(ctx: Context): Promise<AdminActor> {
  const actor = requireAdmin(ctx);
  if ((await confirmedUntil(ctx)) === "")
    throw new DomainError("FORBIDDEN", "CONFIRM_FIRST", "Confirm first that it is you.");
  return actor;
}

/** A new challenge for the session's passkey ceremony; an earlier one is void. */
export async function writeChallenge(ctx: Context, actor: AdminActor): Promise<string> {
  const challenge = newChallenge();
  await inTransaction(withoutReceipt(ctx), (tx) =>
    tx.write(updateRow(adminSessions, actor.sessionId, { challenge, tmChallenge: tx.now })),
  );
  return challenge;
}

/** The challenge that is under way, used up with this; null when there is none or it took too long. */
export async function takeChallenge(tx: Transaction, actor: AdminActor): Promise<string | null> {
  const query = await tx.query();
  const [session] = await query
    .select({ challenge: adminSessions.challenge, tmChallenge: adminSessions.tmChallenge })
    .from(adminSessions)
    .where(eq(adminSessions.id, actor.sessionId))
    .for("update");
  const since = addSeconds(tx.now, -CHALLENGE_SECONDS);
  tx.write(updateRow(adminSessions, actor.sessionId, { challenge: null }));
  return session?.tmChallenge == null || session.tmChallenge < since ? null : session.challenge;
}

async function isOwnPassword(ctx: Context, actor: AdminActor, password: string): Promise<boolean> {
  const [user] = await ctx.db
    .select({ passwordHash: adminUsers.passwordHash })
    .from(adminUsers)
    .where(eq(adminUsers.id, actor.id));
  const stored = user?.passwordHash ?? null;
  if (ctx.ports.passwords === null || stored === null) return false;
  return await ctx.ports.passwords.verify(stored, password).catch(() => false);
}
