import { startBulk } from "@/server/domain/jobs";
import { bulkInput } from "@/server/domain/jobs/schemas";
import { driftState, listDrift, lookNow, planDriftRepair, repairDrift } from "@/server/domain/registrar";
import { driftFilter, driftIdInput, listDriftInput } from "@/server/domain/registrar/drift/schemas";
import { procedure, router } from "../init";

export const driftRouter = router({
  list: procedure("drift:read")
    .input(listDriftInput)
    .query(({ ctx: { ctx }, input }) => listDrift(ctx, input)),
  state: procedure("drift:read").query(({ ctx: { ctx } }) => driftState(ctx)),
  plan: procedure("drift:read")
    .input(driftIdInput)
    .query(({ ctx: { ctx }, input }) => planDriftRepair(ctx, input)),
  lookNow: procedure("drift:read").mutation(({ ctx: { ctx } }) => lookNow(ctx)),
  repair: procedure("drift:repair")
    .input(driftIdInput)
    .mutation(({ ctx: { ctx }, input }) => repairDrift(ctx, input)),
  repairMany: procedure("drift:repair")
    .input(bulkInput(driftFilter))
    .mutation(({ ctx: { ctx }, input }) => startBulk(ctx, "drift.repair-many", input)),
});
