import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { createTrpcContext } from "@/server/trpc/context";
import { findSession, revokeSession, SESSION_SECONDS, signIn } from "@/server/domain/admin";
import type { Context } from "@/server/kernel/context";
import { isDomainError } from "@/server/kernel/errors";
import { getWebProcess } from "@/server/process-registry";
import { clientAddress } from "./address";
import { sessionCookieName } from "./cookies";

interface RequestLike {
  headers?: Record<string, unknown> | undefined;
}

async function contextOf(request: RequestLike): Promise<Context> {
  const web = getWebProcess();
  const header = (name: string): string => (typeof request.headers?.[name] === "string" ? request.headers[name] : "");
  const { ctx } = await createTrpcContext(
    web.runtime,
    {
      sessionId: null,
      token: null,
      idempotencyKey: null,
      ip: clientAddress(header("x-voipbin-address"), undefined, 0),
      userAgent: header("user-agent"),
    },
    { health: web.health, siblings: web.siblings },
  );
  return ctx;
}

/** Sign-in by e-mail and password. The cookie holds the id of a session that lives in our table, so it can be ended at any time. */
export function authOptions(): NextAuthOptions {
  const { authSecret, secureCookies } = getWebProcess();
  return {
    secret: authSecret,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    useSecureCookies: secureCookies,
    cookies: {
      sessionToken: { name: sessionCookieName(secureCookies), options: { httpOnly: true, sameSite: "lax", path: "/", secure: secureCookies } },
    },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(credentials, request) {
          const ctx = await contextOf(request);
          try {
            const { sessionId, ...admin } = await signIn(ctx, { email: credentials?.email ?? "", password: credentials?.password ?? "" });
            return { id: admin.id, name: admin.name, email: admin.email, sessionId };
          } catch (error) {
            if (!isDomainError(error)) ctx.log.error({ err: error, requestId: ctx.requestId }, "sign-in failed");
            throw new Error(isDomainError(error) ? error.reason : "INTERNAL");
          }
        },
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        if ("sessionId" in (user ?? {}) && typeof (user as { sessionId?: unknown }).sessionId === "string") token.sid = (user as { sessionId?: string }).sessionId;
        return token;
      },
    },
    events: {
      async signOut({ token }) {
        const ctx = await contextOf({});
        const sessionId = typeof token.sid === "string" ? token.sid : "";
        const session = await findSession(ctx, sessionId);
        if (session !== null) await revokeSession({ ...ctx, actor: session.actor }, { id: sessionId });
      },
    },
  };
}
