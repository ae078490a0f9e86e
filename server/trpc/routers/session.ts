import { acceptLink, getLink, listSessions, revokeSession } from "@/server/domain/admin";
import { acceptLinkInput, linkInput, sessionIdInput } from "@/server/domain/admin/schemas";
import { knownProcedure, ownProcedure, publicProcedure, router } from "../init";

export const sessionRouter = router({
  me: knownProcedure("Who am I, and what may I do?").query(({ ctx: { ctx, admin, siblings } }) => ({
    user:
      admin === null
        ? { id: ctx.actor.id, name: ctx.actor.name, email: "", role: ctx.actor.type }
        : { id: admin.id, name: admin.name, email: admin.email, role: admin.role },
    rights: [...ctx.rights],
    tenant: ctx.tenant.all ? { all: true, customerId: null } : { all: false, customerId: ctx.tenant.customerId },
    standAlone: siblings.length === 0,
    siblings: [...siblings],
  })),
  list: ownProcedure.query(({ ctx: { ctx } }) => listSessions(ctx)),
  revoke: ownProcedure.input(sessionIdInput).mutation(({ ctx: { ctx }, input }) => revokeSession(ctx, input)),
});

const holdsLink = publicProcedure("Who holds a one-time link has nothing else yet.");

export const authRouter = router({
  link: holdsLink.input(linkInput).query(({ ctx: { ctx }, input }) => getLink(ctx, input)),
  acceptLink: holdsLink
    .input(acceptLinkInput)
    .mutation(async ({ ctx: { ctx }, input }) => ({ email: (await acceptLink(ctx, input)).email })),
});
