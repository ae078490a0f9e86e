import { createHash, randomInt } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { adminRecoveryCodes } from "@/db/bin/schema/sign-in";
import { insertRow } from "@/server/kernel/statements";
import type { Transaction } from "@/server/kernel/transaction";

export const RECOVERY_CODES = 10;
const GROUPS = 4;
/** Crockford's: no letter that could be another. 16 of them are 80 bits, too many to guess even from the hash. */
const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";

const newCode = (): string =>
  Array.from({ length: GROUPS }, () =>
    Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)] ?? "0").join(""),
  ).join("-");

/** However it was typed: letters that look alike are taken for the right ones. */
function hashCode(code: string): Buffer {
  const folded = code
    .toLowerCase()
    .replace(/[^0-9a-z]/g, "")
    .replaceAll("o", "0")
    .replace(/[il]/g, "1");
  return createHash("sha256").update(`recovery-code ${folded}`).digest();
}

/** Makes new codes in place of the old ones. @returns the codes, which are kept nowhere */
export function writeRecoveryCodes(tx: Transaction, userId: string): string[] {
  const codes = Array.from({ length: RECOVERY_CODES }, newCode);
  dropRecoveryCodes(tx, userId);
  for (const code of codes)
    tx.write(insertRow(adminRecoveryCodes, { userId, codeHash: hashCode(code), tmCreate: tx.now, tmUse: null }));
  return codes;
}

export function dropRecoveryCodes(tx: Transaction, userId: string): void {
  tx.write({
    sql: "delete from admin_recovery_codes where user_id = ?",
    params: [adminRecoveryCodes.userId.mapToDriverValue(userId)],
  });
}

/** Uses a code up. @returns whether it was one that still worked */
export async function useRecoveryCode(tx: Transaction, userId: string, code: string): Promise<boolean> {
  const query = await tx.query();
  const codeHash = hashCode(code);
  const [found] = await query
    .select({ userId: adminRecoveryCodes.userId })
    .from(adminRecoveryCodes)
    .where(
      and(
        eq(adminRecoveryCodes.userId, userId),
        eq(adminRecoveryCodes.codeHash, codeHash),
        isNull(adminRecoveryCodes.tmUse),
      ),
    )
    .for("update");
  if (found === undefined) return false;
  tx.write({
    sql: "update admin_recovery_codes set tm_use = ? where user_id = ? and code_hash = ?",
    params: [tx.now, adminRecoveryCodes.userId.mapToDriverValue(userId), codeHash],
  });
  return true;
}
