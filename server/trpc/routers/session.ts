import { acceptLink, askForPasskey, beginSignIn, getLink } from "@/server/domain/admin";
import { acceptLinkInput, linkInput, passkeyOptionsInput, signInInput } from "@/server/domain/admin/schemas";
import { knownProcedure, publicProcedure, router } from "../init";

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
});

const holdsLink = publicProcedure("Who holds a one-time link has nothing else yet.");

const signsIn = publicProcedure("Nobody is signed in before the sign-in.");

/** Before there is a session. A sign-in ends at next-auth, which writes the cookie (server/auth/next-auth.ts). */
export const authRouter = router({
  begin: signsIn.input(signInInput).mutation(({ ctx: { ctx, device }, input }) => beginSignIn(ctx, input, device)),
  passkey: signsIn.input(passkeyOptionsInput).mutation(({ ctx: { ctx }, input }) => askForPasskey(ctx, input)),
  link: holdsLink.input(linkInput).query(({ ctx: { ctx }, input }) => getLink(ctx, input)),
  acceptLink: holdsLink
    .input(acceptLinkInput)
    .mutation(async ({ ctx: { ctx }, input }) => ({ email: (await acceptLink(ctx, input)).email })),
});
