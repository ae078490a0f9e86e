import { adminSessions } from "@/db/bin/schema/admin";
import { adminTotp } from "@/db/bin/schema/sign-in";
import type { Transaction } from "@/server/kernel/transaction";

/** Ends an admin's sessions, and sign-ins that have begun, with the transaction; but for one session. */
export function endSessionsOf(tx: Transaction, userId: string, exceptId?: string): void {
  const user = adminSessions.userId.mapToDriverValue(userId);
  const except = exceptId === undefined ? [] : [adminSessions.id.mapToDriverValue(exceptId)];
  tx.write({
    sql: `update admin_sessions set tm_revoke = ? where user_id = ? and tm_revoke is null${except.length > 0 ? " and id <> ?" : ""}`,
    params: [tx.now, user, ...except],
  });
  tx.write({
    sql: "update admin_sign_ins set tm_use = ? where user_id = ? and tm_use is null",
    params: [tx.now, user],
  });
}

/** Takes an admin's second factors away with the transaction: his next sign-in needs the password alone. */
export function dropSecondFactors(tx: Transaction, userId: string): void {
  const params = [adminTotp.userId.mapToDriverValue(userId)];
  for (const table of ["admin_totp", "admin_passkeys", "admin_recovery_codes"])
    tx.write({ sql: `delete from ${table} where user_id = ?`, params });
}
