import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { parseInput } from "@/server/kernel/parse-input";
import { inTransaction } from "@/server/kernel/transaction";
import { getAdmin } from "./list-admins";
import { auditAdmin, lockManaged } from "./manage";
import { adminIdInput, type AdminIdInput, type SessionView } from "./schemas";
import { endSessionsOf } from "./session-writes";
import { liveSessionsOf } from "./sessions";

/** Where an admin is signed in, latest first. @throws DomainError NOT_FOUND */
export async function listAdminSessions(ctx: Context, input: AdminIdInput): Promise<SessionView[]> {
  const { id } = await getAdmin(ctx, parseInput(adminIdInput, input));
  return await liveSessionsOf(ctx, id);
}

/** Ends all sessions of an admin; he may sign in again. @throws DomainError NOT_FOUND, FORBIDDEN */
export async function endAdminSessions(ctx: Context, input: AdminIdInput): Promise<{ id: string }> {
  authorize(ctx, "admin:disable");
  const { id } = parseInput(adminIdInput, input);
  return await inTransaction(ctx, async (tx) => {
    const { admin } = await lockManaged(ctx, tx, id);
    endSessionsOf(tx, id);
    auditAdmin(ctx, tx, "admin.end-sessions", admin);
    return { id };
  });
}
