import * as z from "zod";
import { searchEverything } from "@/server/domain/search";
import { knownProcedure, router } from "../init";

export const searchRouter = router({
  find: knownProcedure("Each kind of record is looked for by those who may read it.")
    .input(z.object({ query: z.string().trim().max(200) }))
    .query(({ ctx: { ctx }, input }) => searchEverything(ctx, input.query)),
});
