import { listAudit } from "@/server/domain/audit";
import { listAuditInput } from "@/server/domain/audit/schemas";
import { namesOfCustomers } from "@/server/domain/customer";
import { procedure, router } from "../init";

export const auditRouter = router({
  list: procedure("audit:read")
    .input(listAuditInput)
    .query(async ({ ctx: { ctx }, input }) => {
      const page = await listAudit(ctx, input);
      const names = await namesOfCustomers(
        ctx,
        page.items.flatMap(({ customerId }) => (customerId === null ? [] : [customerId])),
      );
      const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
      return { ...page, items: page.items.map((entry) => ({ ...entry, customer: nameOf(entry.customerId) })) };
    }),
});
