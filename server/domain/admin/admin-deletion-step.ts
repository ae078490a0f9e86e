import { and, eq, isNull } from "drizzle-orm";
import { adminUsers } from "@/db/bin/schema/admin";
import type { CustomerDeletionStep } from "@/server/domain/customer";
import type { Context } from "@/server/kernel/context";
import { updateRow } from "@/server/kernel/statements";
import { inTransaction } from "@/server/kernel/transaction";
import { endLinksOf } from "./links";
import { auditAdmin } from "./manage";
import { countAdmins } from "./repository";
import { endSessionsOf } from "./session-writes";

const PAGE = 200;
const COUNTED = 1_000_000;

/** A deleted customer's own admins are disabled, and enabled again should the customer be restored. */
export const adminDeletionStep: CustomerDeletionStep = {
  name: "admins",
  label: "Admins",
  async preview(ctx, customerId) {
    const [active, invited] = await Promise.all(
      (["active", "invited"] as const).map((status) =>
        countAdmins(ctx.db, ctx.tenant, { customerId, status }, COUNTED),
      ),
    );
    const count = (active ?? 0) + (invited ?? 0);
    return { count, warning: count === 0 ? null : "They are signed out and cannot sign in any more." };
  },
  deletePage: (ctx, customerId, jobId) => changePage(ctx, customerId, jobId, "disable"),
  restorePage: (ctx, customerId, jobId) => changePage(ctx, customerId, jobId, "enable"),
};

async function changePage(ctx: Context, customerId: string, jobId: string, how: "disable" | "enable"): Promise<number> {
  return await inTransaction(ctx, async (tx) => {
    const query = await tx.query();
    const page = await query
      .select({ id: adminUsers.id, tmDisable: adminUsers.tmDisable })
      .from(adminUsers)
      .where(
        and(
          eq(adminUsers.customerId, customerId),
          eq(adminUsers.rowDeleted, 0),
          how === "disable" ? isNull(adminUsers.tmDisable) : eq(adminUsers.cascadeId, jobId),
        ),
      )
      .limit(PAGE)
      .for("update");
    for (const { id, tmDisable } of page) {
      const after = how === "disable" ? { tmDisable: tx.now, cascadeId: jobId } : { tmDisable: null, cascadeId: null };
      tx.write(updateRow(adminUsers, id, { ...after, tmUpdate: tx.now }));
      if (how === "disable") {
        endSessionsOf(tx, id);
        endLinksOf(tx, id);
      }
      auditAdmin(
        ctx,
        tx,
        `admin.${how}`,
        { id, customerId },
        {
          before: { tmDisable: tmDisable ?? "" },
          after: { tmDisable: after.tmDisable ?? "" },
        },
      );
    }
    return page.length;
  });
}
