import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { MySql2Database } from "drizzle-orm/mysql2";
import type { Database } from "@/db/client";
import { adminPasskeys, adminRecoveryCodes, adminTotp } from "@/db/bin/schema/sign-in";
import type { SecondStep } from "./schemas";

type Reads = Database | MySql2Database<Record<string, never>>;

/** What an admin has besides a password. With any of it, the password alone does not sign in. */
export interface Factors {
  /** Since when an authenticator app gives the codes; null for none. */
  tmTotp: string | null;
  passkeys: number;
  recoveryCodes: number;
}

export async function factorsOf(db: Reads, userId: string): Promise<Factors> {
  const count = { count: sql<number>`count(*)` };
  const [totp] = await db
    .select({ tmConfirm: adminTotp.tmConfirm })
    .from(adminTotp)
    .where(and(eq(adminTotp.userId, userId), isNotNull(adminTotp.tmConfirm)));
  const [passkeys] = await db.select(count).from(adminPasskeys).where(eq(adminPasskeys.userId, userId));
  const [codes] = await db
    .select(count)
    .from(adminRecoveryCodes)
    .where(and(eq(adminRecoveryCodes.userId, userId), isNull(adminRecoveryCodes.tmUse)));
  return {
    tmTotp: totp?.tmConfirm ?? null,
    passkeys: Number(passkeys?.count ?? 0),
    recoveryCodes: Number(codes?.count ?? 0),
  };
}

export const hasSecondFactor = ({ tmTotp, passkeys }: Factors): boolean => tmTotp !== null || passkeys > 0;

/** What the second step of a sign-in can be; none where there is no second factor. */
export function secondSteps(factors: Factors): SecondStep[] {
  if (!hasSecondFactor(factors)) return [];
  const steps: SecondStep[] = [];
  if (factors.passkeys > 0) steps.push("passkey");
  if (factors.tmTotp !== null) steps.push("code");
  if (factors.recoveryCodes > 0) steps.push("recovery-code");
  return steps;
}
