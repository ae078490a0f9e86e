import {
  createAccessKey,
  getAccessKey,
  listAccessKeys,
  revokeAccessKey,
  rotateAccessKey,
  updateAccessKey,
} from "@/server/domain/customer";
import {
  accessKeyIdInput,
  createAccessKeyInput,
  listAccessKeysInput,
  rotateAccessKeyInput,
  updateAccessKeyInput,
} from "@/server/domain/customer/schemas";
import { procedure, router } from "../init";

export const accessKeyRouter = router({
  list: procedure("access-key:read")
    .input(listAccessKeysInput)
    .query(({ ctx: { ctx }, input }) => listAccessKeys(ctx, input)),
  get: procedure("access-key:read")
    .input(accessKeyIdInput)
    .query(({ ctx: { ctx }, input }) => getAccessKey(ctx, input)),
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
});
