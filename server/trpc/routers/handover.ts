import { createHandover, getHandover, takeHandover, withdrawHandover } from "@/server/domain/registrar";
import { createHandoverInput, handoverInput, takeHandoverInput } from "@/server/domain/registrar/handover/schemas";
import { procedure, publicProcedure, router } from "../init";

/** One-time addresses by which phones fetch their settings. */
export const handoverRouter = router({
  create: procedure("extension:hand-over")
    .input(createHandoverInput)
    .mutation(({ ctx: { ctx }, input }) => createHandover(ctx, input)),
  get: procedure("extension:hand-over")
    .input(handoverInput)
    .query(({ ctx: { ctx }, input }) => getHandover(ctx, input)),
  withdraw: procedure("extension:hand-over")
    .input(handoverInput)
    .mutation(({ ctx: { ctx }, input }) => withdrawHandover(ctx, input)),
  take: publicProcedure("Who sets up a phone has no account: the one-time address is what he shows.")
    .input(takeHandoverInput)
    .mutation(({ ctx: { ctx }, input }) => takeHandover(ctx, input)),
});
