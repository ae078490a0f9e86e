import { listAudit } from "@/server/domain/audit";
import { listAuditInput } from "@/server/domain/audit/schemas";
import { procedure, router } from "../init";

export const auditRouter = router({
  list: procedure("audit:read")
    .input(listAuditInput)
    .query(({ ctx: { ctx }, input }) => listAudit(ctx, input)),
});
