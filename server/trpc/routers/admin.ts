import {
  disableAdmin,
  enableAdmin,
  endAdminSessions,
  getAdmin,
  inviteAdmin,
  listAdmins,
  listAdminSessions,
  removeAdmin,
  renewInvitation,
  resetAdmin,
  resetTwoFactor,
  updateAdmin,
} from "@/server/domain/admin";
import { adminIdInput, inviteAdminInput, listAdminsInput, updateAdminInput } from "@/server/domain/admin/schemas";
import { procedure, router } from "../init";

export const adminRouter = router({
  list: procedure("admin:read")
    .input(listAdminsInput)
    .query(({ ctx: { ctx }, input }) => listAdmins(ctx, input)),
  get: procedure("admin:read")
    .input(adminIdInput)
    .query(({ ctx: { ctx }, input }) => getAdmin(ctx, input)),
  invite: procedure("admin:invite")
    .input(inviteAdminInput)
    .mutation(({ ctx: { ctx }, input }) => inviteAdmin(ctx, input)),
  renewInvitation: procedure("admin:invite")
    .input(adminIdInput)
    .mutation(({ ctx: { ctx }, input }) => renewInvitation(ctx, input)),
  update: procedure("admin:update")
    .input(updateAdminInput)
    .mutation(({ ctx: { ctx }, input }) => updateAdmin(ctx, input)),
  disable: procedure("admin:disable")
    .input(adminIdInput)
    .mutation(({ ctx: { ctx }, input }) => disableAdmin(ctx, input)),
  enable: procedure("admin:disable")
    .input(adminIdInput)
    .mutation(({ ctx: { ctx }, input }) => enableAdmin(ctx, input)),
  remove: procedure("admin:disable")
    .input(adminIdInput)
    .mutation(({ ctx: { ctx }, input }) => removeAdmin(ctx, input)),
  reset: procedure("admin:reset")
    .input(adminIdInput)
    .mutation(({ ctx: { ctx }, input }) => resetAdmin(ctx, input)),
  resetTwoFactor: procedure("admin:reset")
    .input(adminIdInput)
    .mutation(({ ctx: { ctx }, input }) => resetTwoFactor(ctx, input)),
  sessions: procedure("admin:read")
    .input(adminIdInput)
    .query(({ ctx: { ctx }, input }) => listAdminSessions(ctx, input)),
  endSessions: procedure("admin:disable")
    .input(adminIdInput)
    .mutation(({ ctx: { ctx }, input }) => endAdminSessions(ctx, input)),
});
