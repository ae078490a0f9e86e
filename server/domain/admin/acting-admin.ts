import { and, eq, isNull } from "drizzle-orm";
import { adminUsers } from "@/db/bin/schema/admin";
import { NOT_SET } from "@/server/kernel/clock";
import { EVERYONE, type Context } from "@/server/kernel/context";
import { isRole, rightsOf } from "@/server/kernel/permissions";

/** An admin as he is now, for work that he asked for earlier; null when he may do nothing any more. */
export async function findActingAdmin(
  ctx: Context,
  id: string,
): Promise<Pick<Context, "actor" | "tenant" | "rights"> | null> {
  const [user] = await ctx.db
    .select({ name: adminUsers.name, role: adminUsers.role, customerId: adminUsers.customerId })
    .from(adminUsers)
    .where(and(eq(adminUsers.id, id), eq(adminUsers.tmDelete, NOT_SET), isNull(adminUsers.tmDisable)));
  const role = user?.role ?? "";
  if (user === undefined || !isRole(role)) return null;
  const { customerId } = user;
  return {
    actor: { type: "admin", id, name: user.name ?? "", role, customerId, sessionId: "" },
    tenant: customerId === null ? EVERYONE : { all: false, customerId },
    rights: rightsOf(role, customerId),
  };
}
