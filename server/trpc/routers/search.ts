import * as z from "zod";
import { searchEverything } from "@/server/domain/search";
import { protectedProcedure, router } from "../init";

export const searchRouter = router({
  find: protectedProcedure
    .input(z.object({ query: z.string().trim().max(200) }))
    .query(({ ctx: { ctx }, input }) => searchEverything(ctx, input.query)),
});
