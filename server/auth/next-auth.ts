import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { findSession, revokeSession, SESSION_SECONDS, signIn } from "@/server/domain/admin";
import { contextFor, STRANGER, type Context } from "@/server/kernel/context";
import { isDomainError } from "@/server/kernel/errors";
import { getWebProcess } from "@/server/process-registry";
import { sessionCookieName } from "./cookies";

interface RequestLike {
  headers?: Record<string, unknown> | undefined;
}

function contextOf(request: RequestLike): Context {
  const header = (name: string): string => (typeof request.headers?.[name] === "string" ? request.headers[name] : "");
  return contextFor(getWebProcess().runtime, {
    actor: STRANGER,
    requestId: header("x-request-id") || undefined,
    ip: header("x-voipbin-address"),
    userAgent: header("user-agent"),
  });
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
      sessionToken: {
        name: sessionCookieName(secureCookies),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: secureCookies },
      },
    },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(credentials, request) {
          const ctx = contextOf(request);
          try {
            const { sessionId, ...admin } = await signIn(ctx, {
              email: credentials?.email ?? "",
              password: credentials?.password ?? "",
            });
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
        if ("sessionId" in (user ?? {}) && typeof (user as { sessionId?: unknown }).sessionId === "string")
          token.sid = (user as { sessionId?: string }).sessionId;
        return token;
      },
    },
    events: {
      async signOut({ token }) {
        const ctx = contextOf({});
        const sessionId = typeof token.sid === "string" ? token.sid : "";
        const session = await findSession(ctx, sessionId);
        if (session !== null) await revokeSession({ ...ctx, actor: session.actor }, { id: sessionId });
      },
    },
  };
}
