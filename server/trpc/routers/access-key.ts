import {
  createAccessKey,
  getAccessKey,
  listAccessKeys,
  namesOfCustomers,
  revokeAccessKey,
  rotateAccessKey,
  updateAccessKey,
} from "@/server/domain/customer";
import {
  accessKeyFilter,
  accessKeyIdInput,
  createAccessKeyInput,
  listAccessKeysInput,
  rotateAccessKeyInput,
  updateAccessKeyInput,
} from "@/server/domain/customer/schemas";
import { startBulk } from "@/server/domain/jobs";
import { bulkInput } from "@/server/domain/jobs/schemas";
import { procedure, router } from "../init";

export const accessKeyRouter = router({
  list: procedure("access-key:read")
    .input(listAccessKeysInput)
    .query(async ({ ctx: { ctx }, input }) => {
      const page = await listAccessKeys(ctx, input);
      const names = await namesOfCustomers(
        ctx,
        page.items.map(({ customerId }) => customerId),
      );
      return { ...page, items: page.items.map((key) => ({ ...key, customer: names.get(key.customerId) ?? null })) };
    }),
  get: procedure("access-key:read")
    .input(accessKeyIdInput)
    .query(async ({ ctx: { ctx }, input }) => {
      const key = await getAccessKey(ctx, input);
      return { ...key, customer: (await namesOfCustomers(ctx, [key.customerId])).get(key.customerId) ?? null };
    }),
  create: procedure("access-key:create")
    .input(createAccessKeyInput)
    .mutation(({ ctx: { ctx }, input }) => createAccessKey(ctx, input)),
  update: procedure("access-key:update")
    .input(updateAccessKeyInput)
    .mutation(({ ctx: { ctx }, input }) => updateAccessKey(ctx, input)),
  rotate: procedure("access-key:rotate")
    .input(rotateAccessKeyInput)
    .mutation(({ ctx: { ctx }, input }) => rotateAccessKey(ctx, input)),
  revoke: procedure("access-key:revoke")
    .input(accessKeyIdInput)
    .mutation(({ ctx: { ctx }, input }) => revokeAccessKey(ctx, input)),
  revokeMany: procedure("access-key:revoke")
    .input(bulkInput(accessKeyFilter))
    .mutation(({ ctx: { ctx }, input }) => startBulk(ctx, "access-key.revoke-many", input)),
});
