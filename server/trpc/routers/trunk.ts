import { startBulk } from "@/server/domain/jobs";
import { bulkInput } from "@/server/domain/jobs/schemas";
import {
  createTrunk,
  deleteTrunk,
  getTrunk,
  listTrunks,
  restoreTrunk,
  revealTrunkPassword,
  rotateTrunkPassword,
  trunkRealmBase,
  updateTrunk,
} from "@/server/domain/registrar";
import {
  createTrunkInput,
  listTrunksInput,
  trunkFilter,
  trunkIdInput,
  updateTrunkInput,
} from "@/server/domain/registrar/schemas";
import { procedure, router } from "../init";
import { withCustomerNames } from "./customer-names";

export const trunkRouter = router({
  /** With the name of each trunk's customer. */
  list: procedure("trunk:read")
    .input(listTrunksInput)
    .query(async ({ ctx: { ctx }, input }) => {
      const page = await listTrunks(ctx, input);
      return { ...page, items: await withCustomerNames(ctx, page.items) };
    }),
  get: procedure("trunk:read")
    .input(trunkIdInput)
    .query(async ({ ctx: { ctx }, input }) => {
      const trunk = await getTrunk(ctx, input);
      const [named] = await withCustomerNames(ctx, [trunk]);
      return { ...trunk, customerName: named?.customerName ?? "" };
    }),
  /** What a trunk's domain name is followed by in its realm. */
  realmBase: procedure("trunk:read").query(({ ctx: { ctx } }) => trunkRealmBase(ctx)),
  create: procedure("trunk:create")
    .input(createTrunkInput)
    .mutation(({ ctx: { ctx }, input }) => createTrunk(ctx, input)),
  update: procedure("trunk:update")
    .input(updateTrunkInput)
    .mutation(({ ctx: { ctx }, input }) => updateTrunk(ctx, input)),
  rotatePassword: procedure("trunk:update")
    .input(trunkIdInput)
    .mutation(({ ctx: { ctx }, input }) => rotateTrunkPassword(ctx, input)),
  revealPassword: procedure("trunk:reveal")
    .input(trunkIdInput)
    .mutation(({ ctx: { ctx }, input }) => revealTrunkPassword(ctx, input)),
  delete: procedure("trunk:delete")
    .input(trunkIdInput)
    .mutation(({ ctx: { ctx }, input }) => deleteTrunk(ctx, input)),
  restore: procedure("trunk:restore")
    .input(trunkIdInput)
    .mutation(({ ctx: { ctx }, input }) => restoreTrunk(ctx, input)),
  /** Each in a transaction of its own, by a job; can be taken back. */
  deleteMany: procedure("trunk:delete")
    .input(bulkInput(trunkFilter))
    .mutation(({ ctx: { ctx }, input }) => startBulk(ctx, "trunk.delete-many", input)),
  /** The new passwords come in the job's file, see job.takeOnceFile. */
  restoreMany: procedure("trunk:restore")
    .input(bulkInput(trunkFilter))
    .mutation(({ ctx: { ctx }, input }) => startBulk(ctx, "trunk.restore-many", input)),
  /** The same. */
  rotatePasswords: procedure("trunk:update")
    .input(bulkInput(trunkFilter))
    .mutation(({ ctx: { ctx }, input }) => startBulk(ctx, "trunk.rotate-many", input)),
});
