import { deleteView, listViews, saveView, setDefaultView } from "@/server/domain/preference";
import { listViewsInput, saveViewInput, setDefaultViewInput, viewInput } from "@/server/domain/preference/schemas";
import { ownProcedure, router } from "../init";

export const preferenceRouter = router({
  views: ownProcedure.input(listViewsInput).query(({ ctx: { ctx }, input }) => listViews(ctx, input)),
  saveView: ownProcedure.input(saveViewInput).mutation(({ ctx: { ctx }, input }) => saveView(ctx, input)),
  deleteView: ownProcedure.input(viewInput).mutation(({ ctx: { ctx }, input }) => deleteView(ctx, input)),
  setDefaultView: ownProcedure
    .input(setDefaultViewInput)
    .mutation(({ ctx: { ctx }, input }) => setDefaultView(ctx, input)),
});
