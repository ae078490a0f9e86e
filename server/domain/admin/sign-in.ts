import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { and, eq, gt, isNull } from "drizzle-orm";
import type { MySql2Database } from "drizzle-orm/mysql2";
import type { Database } from "@/db/client";
import { adminSessions, adminUsers } from "@/db/bin/schema/admin";
import { customerCustomers } from "@/db/bin/schema/customer";
import { adminSignIns } from "@/db/bin/schema/sign-in";
import { audit } from "@/server/kernel/audit";
import { addSeconds, NOT_SET } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { newId, NIL_UUID } from "@/server/kernel/ids";
import { parseInput } from "@/server/kernel/parse-input";
import { insertRow, updateRow } from "@/server/kernel/statements";
import { inTransaction, type Transaction } from "@/server/kernel/transaction";
import { isEmail } from "../customer/schemas";
import { factorsOf, hasSecondFactor, secondSteps } from "./factors";
import { assertionOptions, newChallenge, passkeysOf, usePasskey, type PasskeyRequest } from "./passkey-ceremony";
import type { Attempt } from "./ports";
import { useRecoveryCode } from "./recovery-codes";
import {
  finishSignInInput,
  passkeyOptionsInput,
  signInInput,
  type AdminView,
  type BegunSignIn,
  type FinishSignInInput,
  type PasskeyOptionsInput,
  type SignInInput,
} from "./schemas";
import { actorOf, SESSION_SECONDS, toAdminView } from "./sessions";
import { secretsOf, useTotpCode } from "./totp";

/** Seconds for the second step. */
const SIGN_IN_SECONDS = 300;
/** Wrong second steps after which a sign-in has to begin again. */
const STEPS_MOST = 5;
/** Days after which an address is strange again. */
const KNOWN_DAYS = 30;

/** A well-formed hash of nothing: an unknown e-mail takes as long as a wrong password. */
const DECOY = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$eeYm0wSg5HDmY1pbvYVyJB3fOHVQ0ldXqQQxQ1mHOUo";

/** The browser that signs in, by what it holds of earlier times. */
export interface Browser {
  /** What its last sign-in gave it (see {@link SignedIn}). */
  device: string | null;
  /** Of the session that it still has, which the new one replaces. */
  sessionId: string | null;
}

export interface SignedIn extends AdminView {
  sessionId: string;
  /** To be kept by the browser for long: it shows that somebody has signed in to this account with it. */
  device: string;
}

type User = typeof adminUsers.$inferSelect;
type Refusal = "password" | "code" | "recovery-code" | "passkey" | "disabled" | "customer-deleted";
export type ProvedBy = "password" | "code" | "recovery-code" | "passkey";

const hashToken = (token: string): Buffer => createHash("sha256").update(`sign-in ${token}`).digest();

export const tooManyAttempts = (wait: number): DomainError =>
  new DomainError(
    "TOO_MANY_REQUESTS",
    "TOO_MANY_ATTEMPTS",
    `Too many attempts. Try again in ${wait < 120 ? `${wait} seconds` : `${Math.ceil(wait / 60)} minutes`}.`,
    { retryAfter: wait },
  );
const wrongCredentials = (): DomainError =>
  new DomainError("UNAUTHENTICATED", "WRONG_CREDENTIALS", "E-mail and password do not match. Check both.");
const signInOver = (): DomainError =>
  new DomainError("UNAUTHENTICATED", "SIGN_IN_OVER", "This sign-in took too long. Start again with your password.");

const REFUSALS: Record<Refusal, () => DomainError> = {
  password: wrongCredentials,
  code: () => new DomainError("UNAUTHENTICATED", "WRONG_CODE", "That code is wrong or used up. Enter the next one."),
  "recovery-code": () =>
    new DomainError("UNAUTHENTICATED", "WRONG_RECOVERY_CODE", "That recovery code is wrong or used up."),
  passkey: () =>
    new DomainError("UNAUTHENTICATED", "WRONG_PASSKEY", "That passkey does not belong to an account here."),
  disabled: () =>
    new DomainError(
      "UNAUTHENTICATED",
      "ACCOUNT_DISABLED",
      "This account is switched off. Ask an owner of the console.",
    ),
  "customer-deleted": () =>
    new DomainError("UNAUTHENTICATED", "CUSTOMER_DELETED", "The customer of this account has been deleted."),
};

/**
 * Checks an admin's password. It makes no session: {@link finishSignIn} does, once, within five minutes, and with a
 * second step where the admin has a second factor.
 * @param device what the browser's last sign-in gave it
 * @throws DomainError UNAUTHENTICATED (which of the two is wrong is not said), TOO_MANY_REQUESTS
 */
export async function beginSignIn(ctx: Context, input: SignInInput, device: string | null): Promise<BegunSignIn> {
  const { email, password } = parseInput(signInInput, input);
  const { passwords, signInAttempts } = ctx.ports;
  if (passwords === null) throw new DomainError("INTERNAL", "INTERNAL", "This process cannot check passwords.");
  const account = email.toLowerCase();
  const [user] = await ctx.db.select().from(adminUsers).where(eq(adminUsers.emailLive, account));
  const attempt = await attemptOf(ctx, "password", account, user?.id, device);
  const wait = (await signInAttempts?.take(attempt)) ?? 0;
  if (wait > 0) throw tooManyAttempts(wait);
  const good = await passwords.verify(user?.passwordHash ?? DECOY, password).catch(() => false);
  if (user === undefined || user.passwordHash === null || !good)
    return await refuse(ctx, "password", user, isEmail(email) ? email : null);
  await signInAttempts?.clear(attempt);
  const blocked = await blockOf(ctx.db, user);
  if (blocked !== null) return await refuse(ctx, blocked, user, user.email);
  const token = randomBytes(32).toString("base64url");
  await inTransaction(ctx, (tx) => writeSignIn(tx, token, user.id, null));
  return { token, steps: secondSteps(await factorsOf(ctx.db, user.id)) };
}

/**
 * Asks for a passkey: one of the admin's whose password was right, or, without a token, anybody's, who then needs no
 * password at all.
 * @throws DomainError UNAUTHENTICATED, TOO_MANY_REQUESTS
 */
export async function askForPasskey(
  ctx: Context,
  input: PasskeyOptionsInput,
): Promise<{ token: string; options: PasskeyRequest }> {
  const { token } = parseInput(passkeyOptionsInput, input);
  const challenge = newChallenge();
  if (token === undefined) {
    const wait = (await ctx.ports.signInAttempts?.take(await attemptOf(ctx, "passkey", "", undefined, null))) ?? 0;
    if (wait > 0) throw tooManyAttempts(wait);
    const fresh = randomBytes(32).toString("base64url");
    await inTransaction(ctx, (tx) => writeSignIn(tx, fresh, null, challenge));
    return { token: fresh, options: await assertionOptions(ctx, challenge, []) };
  }
  const row = await findSignIn(ctx.db, token, ctx.now());
  if (row === undefined) throw signInOver();
  await inTransaction(ctx, (tx) =>
    tx.write({ sql: "update admin_sign_ins set challenge = ? where id = ?", params: [challenge, row.id] }),
  );
  const passkeys = row.userId === null ? [] : await passkeysOf(ctx.db, row.userId);
  return { token, options: await assertionOptions(ctx, challenge, passkeys) };
}

/**
 * Takes the second step of a sign-in that has begun, where one is needed, and begins the session.
 * @throws DomainError UNAUTHENTICATED, TOO_MANY_REQUESTS
 */
export async function finishSignIn(ctx: Context, input: FinishSignInInput, browser: Browser): Promise<SignedIn> {
  const { token, ...proof } = parseInput(finishSignInInput, input);
  const { signInAttempts } = ctx.ports;
  const begun = await findSignIn(ctx.db, token, ctx.now());
  if (begun === undefined) throw signInOver();
  const typed = begun.userId !== null && (proof.code !== undefined || proof.recoveryCode !== undefined);
  const attempt = typed
    ? await attemptOf(ctx, "code", begun.userId ?? "", begun.userId ?? undefined, browser.device)
    : null;
  const wait = attempt === null ? 0 : ((await signInAttempts?.take(attempt)) ?? 0);
  if (wait > 0) throw tooManyAttempts(wait);

  const outcome = await inTransaction(ctx, async (tx): Promise<SignedIn | { refusal: Refusal; user?: User }> => {
    const query = await tx.query();
    const row = await findSignIn(query, token, tx.now, true);
    if (row === undefined) throw signInOver();
    const proved = await prove(ctx, tx, row, proof);
    const [user] =
      "by" in proved
        ? await query
            .select()
            .from(adminUsers)
            .where(and(eq(adminUsers.id, proved.userId), eq(adminUsers.tmDelete, NOT_SET)))
        : [];
    const refusal = "refusal" in proved ? proved.refusal : user === undefined ? "passkey" : await blockOf(query, user);
    if (refusal !== null || user === undefined || !("by" in proved)) {
      const attempts = row.attempts + 1;
      tx.write({
        sql: "update admin_sign_ins set attempts = ?, challenge = null, tm_use = ? where id = ?",
        params: [attempts, attempts < STEPS_MOST && row.userId !== null ? null : tx.now, row.id],
      });
      return { refusal: refusal ?? "passkey", user: user ?? (await findUser(query, row.userId)) };
    }
    tx.write({ sql: "update admin_sign_ins set tm_use = ? where id = ?", params: [tx.now, row.id] });
    return beginSession(ctx, tx, user, proved.by, browser);
  });
  if ("refusal" in outcome) return await refuse(ctx, outcome.refusal, outcome.user, null);
  if (attempt !== null) await signInAttempts?.clear(attempt);
  return outcome;
}

type SignInRow = typeof adminSignIns.$inferSelect;
type Reads = Database | MySql2Database<Record<string, never>>;

async function findSignIn(db: Reads, token: string, now: string, lock = false): Promise<SignInRow | undefined> {
  const query = db
    .select()
    .from(adminSignIns)
    .where(and(eq(adminSignIns.id, hashToken(token)), isNull(adminSignIns.tmUse), gt(adminSignIns.tmExpire, now)));
  const [row] = await (lock ? query.for("update") : query);
  return row;
}

const findUser = async (db: Reads, id: string | null): Promise<User | undefined> =>
  id === null ? undefined : (await db.select().from(adminUsers).where(eq(adminUsers.id, id)))[0];

function writeSignIn(tx: Transaction, token: string, userId: string | null, challenge: string | null): void {
  tx.write(
    insertRow(adminSignIns, {
      id: hashToken(token),
      userId,
      attempts: 0,
      challenge,
      tmCreate: tx.now,
      tmExpire: addSeconds(tx.now, SIGN_IN_SECONDS),
      tmUse: null,
    }),
  );
}

/** Checks the second step, or that none is needed. */
async function prove(
  ctx: Context,
  tx: Transaction,
  { userId, challenge }: SignInRow,
  proof: Omit<ReturnType<typeof finishSignInInput.parse>, "token">,
): Promise<{ by: ProvedBy; userId: string } | { refusal: Refusal }> {
  if (proof.passkey !== undefined) {
    const owner = challenge === null ? null : await usePasskey(ctx, tx, proof.passkey, challenge, userId);
    return owner === null ? { refusal: "passkey" } : { by: "passkey", userId: owner };
  }
  if (userId === null) return { refusal: "passkey" };
  if (proof.recoveryCode !== undefined)
    return (await useRecoveryCode(tx, userId, proof.recoveryCode))
      ? { by: "recovery-code", userId }
      : { refusal: "recovery-code" };
  if (proof.code !== undefined)
    return (await useTotpCode(ctx, tx, userId, proof.code)) ? { by: "code", userId } : { refusal: "code" };
  if (hasSecondFactor(await factorsOf(await tx.query(), userId))) return { refusal: "code" };
  return { by: "password", userId };
}

function beginSession(ctx: Context, tx: Transaction, user: User, by: ProvedBy, browser: Browser): SignedIn {
  const sessionId = newId();
  const admin = toAdminView(user);
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
  if (browser.sessionId !== null)
    tx.write({
      sql: "update admin_sessions set tm_revoke = ? where id = ? and user_id = ? and tm_revoke is null",
      params: [
        tx.now,
        adminSessions.id.mapToDriverValue(browser.sessionId),
        adminSessions.userId.mapToDriverValue(user.id),
      ],
    });
  tx.write(updateRow(adminUsers, user.id, { tmLastLogin: tx.now }));
  audit({ ...ctx, actor: actorOf(admin, sessionId) }, tx, {
    action: "session.begin",
    resourceType: "session",
    resourceId: sessionId,
    customerId: admin.customerId,
    after: { by },
  });
  return { ...admin, sessionId, device: newDevice(ctx, user.id) };
}

/** Writes down who was refused, and throws. @param email what was typed, where it is an e-mail: people type passwords there */
async function refuse(ctx: Context, refusal: Refusal, user: User | undefined, email: string | null): Promise<never> {
  await inTransaction(ctx, (tx) =>
    audit(ctx, tx, {
      action: "session.refuse",
      resourceType: "session",
      resourceId: "",
      customerId: user?.customerId ?? null,
      after: { email: email ?? user?.email ?? "", because: refusal },
    }),
  );
  throw REFUSALS[refusal]();
}

/** What keeps an admin out who has proved who he is. */
async function blockOf(db: Reads, user: User): Promise<"disabled" | "customer-deleted" | null> {
  if (user.tmDisable !== null) return "disabled";
  if (user.customerId === null) return null;
  const [customer] = await db
    .select({ deleted: customerCustomers.rowDeleted })
    .from(customerCustomers)
    .where(eq(customerCustomers.id, user.customerId));
  return customer?.deleted === 0 ? null : "customer-deleted";
}

/** @param userId whose account it is, where there is one; the same is asked of the database where there is none */
async function attemptOf(
  ctx: Context,
  kind: Attempt["kind"],
  account: string,
  userId: string | undefined,
  device: string | null,
): Promise<Attempt> {
  const known = ctx.ports.secrets === null || userId === undefined ? null : readDevice(ctx, userId, device);
  const [seen] =
    kind === "passkey"
      ? []
      : await ctx.db
          .select({ id: adminSessions.id })
          .from(adminSessions)
          .where(
            and(
              eq(adminSessions.userId, userId ?? NIL_UUID),
              eq(adminSessions.ip, ctx.ip.slice(0, 45)),
              gt(adminSessions.tmCreate, addSeconds(ctx.now(), -KNOWN_DAYS * 86_400)),
            ),
          )
          .limit(1);
  return { kind, account, address: ctx.ip, device: known, knownAddress: seen !== undefined };
}

const signDevice = (ctx: Context, userId: string, id: string): string =>
  secretsOf(ctx).sign("device", `${userId} ${id}`);

function newDevice(ctx: Context, userId: string): string {
  if (ctx.ports.secrets === null) return "";
  const id = randomBytes(12).toString("base64url");
  return `${id}.${signDevice(ctx, userId, id)}`;
}

/** The browser's own id, if it has signed in to this account before; what it says is believed by its signature. */
function readDevice(ctx: Context, userId: string, device: string | null): string | null {
  const [id = "", signature = ""] = (device ?? "").split(".");
  if (id === "") return null;
  const [given, right] = [Buffer.from(signature), Buffer.from(signDevice(ctx, userId, id))];
  return given.length === right.length && timingSafeEqual(given, right) ? id : null;
}
