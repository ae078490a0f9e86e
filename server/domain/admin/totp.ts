import { and, eq, isNotNull } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { adminTotp } from "@/db/bin/schema/sign-in";
import { parseTime } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import type { Transaction } from "@/server/kernel/transaction";
import type { SecretBox } from "./ports";

/** What every authenticator app knows: SHA-1, six digits, 30 s (RFC 6238). */
const PERIOD_SECONDS = 30;
/** Codes of the step before and after are good too: clocks differ, and people type slowly. */
const WINDOW = 1;
const SECRET_BYTES = 20;

export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

const totp = (secret: string, label?: string): TOTP =>
  new TOTP({
    issuer: "VoIPbin Admin",
    label,
    secret: Secret.fromBase32(secret),
    algorithm: "SHA1",
    digits: 6,
    period: PERIOD_SECONDS,
  });

/** What the QR code holds. */
export const totpAddress = (secret: string, email: string): string => totp(secret, email).toString();

const purposeOf = (userId: string): string => `totp ${userId}`;

export const sealTotpSecret = (ctx: Context, userId: string, secret: string): Buffer =>
  secretsOf(ctx).seal(purposeOf(userId), secret);

/** @throws DomainError INTERNAL in a process that keeps no secrets */
export function secretsOf(ctx: Context): SecretBox {
  if (ctx.ports.secrets === null)
    throw new DomainError("INTERNAL", "INTERNAL", "This process cannot read what is encrypted.");
  return ctx.ports.secrets;
}

/**
 * Whether a code is good, and better than those taken before: each is taken once, and none after a later one.
 * The row stays locked until the transaction ends.
 * @param which `confirmed`: of the app in use; `begun`: of one that is being set up
 */
export async function useTotpCode(
  ctx: Context,
  tx: Transaction,
  userId: string,
  code: string,
  which: "confirmed" | "begun" = "confirmed",
): Promise<boolean> {
  const query = await tx.query();
  const [row] = await query
    .select()
    .from(adminTotp)
    .where(and(eq(adminTotp.userId, userId), which === "confirmed" ? isNotNull(adminTotp.tmConfirm) : undefined))
    .for("update");
  if (row === undefined) return false;
  const secret = secretsOf(ctx).open(purposeOf(userId), row.secret);
  if (secret === null) {
    ctx.log.warn({ userId }, "a two-factor secret cannot be decrypted: has AUTH_SECRET changed?");
    return false;
  }
  const timestamp = parseTime(tx.now);
  const delta = totp(secret).validate({ token: code, timestamp, window: WINDOW });
  if (delta === null) return false;
  const step = Math.floor(timestamp / 1_000 / PERIOD_SECONDS) + delta;
  if (step <= row.lastStep) return false;
  tx.write({
    sql: "update admin_totp set last_step = ? where user_id = ?",
    params: [step, adminTotp.userId.mapToDriverValue(userId)],
  });
  return true;
}
