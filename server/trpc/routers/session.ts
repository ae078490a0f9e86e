import { acceptLink, getLink, listSessions, revokeSession } from "@/server/domain/admin";
import { acceptLinkInput, linkInput, sessionIdInput } from "@/server/domain/admin/schemas";
import { protectedProcedure, publicProcedure, router } from "../init";

export const sessionRouter = router({
  me: protectedProcedure.query(({ ctx: { ctx, admin, siblings } }) => ({
    user:
      admin === null
        ? { id: ctx.actor.id, name: ctx.actor.name, email: "", role: ctx.actor.type }
        : { id: admin.id, name: admin.name, email: admin.email, role: admin.role },
    rights: [...ctx.rights],
    tenant: ctx.tenant.all ? { all: true, customerId: null } : { all: false, customerId: ctx.tenant.customerId },
    standAlone: siblings.length === 0,
    siblings: [...siblings],
  })),
  list: protectedProcedure.query(({ ctx: { ctx } }) => listSessions(ctx)),
  revoke: protectedProcedure.input(sessionIdInput).mutation(({ ctx: { ctx }, input }) => revokeSession(ctx, input)),
});

/** For those who hold a one-time link and nothing else. */
export const authRouter = router({
  link: publicProcedure.input(linkInput).query(({ ctx: { ctx }, input }) => getLink(ctx, input)),
  acceptLink: publicProcedure
    .input(acceptLinkInput)
    .mutation(async ({ ctx: { ctx }, input }) => ({ email: (await acceptLink(ctx, input)).email })),
});
