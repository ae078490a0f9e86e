import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { findSession, finishSignIn, revokeSession, SESSION_SECONDS, type SignedIn } from "@/server/domain/admin";
import type { FinishSignInInput } from "@/server/domain/admin/schemas";
import { contextFor, STRANGER, type Context } from "@/server/kernel/context";
import { isDomainError, toDomainError } from "@/server/kernel/errors";
import { getWebProcess } from "@/server/process-registry";
import { authCookies, cookieValue, deviceCookieName, readSessionId, sessionCookieName } from "./cookies";

interface RequestLike {
  headers?: Record<string, unknown> | undefined;
}

function contextOf(request: RequestLike): Context {
  const header = headerOf(request);
  return contextFor(getWebProcess().runtime, {
    actor: STRANGER,
    requestId: header("x-request-id") || undefined,
    ip: header("x-voipbin-address"),
    userAgent: header("user-agent"),
  });
}

const headerOf =
  (request: RequestLike) =>
  (name: string): string =>
    typeof request.headers?.[name] === "string" ? request.headers[name] : "";

type Credentials = Partial<Record<"token" | "code" | "recoveryCode" | "passkey", string>>;

/** What the sign-in page sends; whether it is right the verb says. */
function toInput({ token = "", code, recoveryCode, passkey }: Credentials): FinishSignInInput {
  const present = <T>(name: string, value: T | undefined) => (value === undefined ? {} : { [name]: value });
  let assertion: unknown;
  try {
    assertion = passkey === undefined ? undefined : JSON.parse(passkey);
  } catch {
    assertion = null;
  }
  return {
    token,
    ...present("code", code),
    ...present("recoveryCode", recoveryCode),
    ...present("passkey", assertion),
  };
}

/**
 * The last step of every sign-in (the first one, the password, is the procedure `auth.begin`). The cookie holds the id of
 * a session that lives in our table, so it can be ended at any time.
 * @param onSignedIn told of whom, before the answer leaves
 */
export function authOptions(onSignedIn: (signedIn: SignedIn) => void): NextAuthOptions {
  const { authSecret, secureCookies } = getWebProcess();
  return {
    secret: authSecret,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    useSecureCookies: secureCookies,
    cookies: authCookies(secureCookies),
    providers: [
      CredentialsProvider({
        credentials: { token: {}, code: {}, recoveryCode: {}, passkey: {} },
        async authorize(credentials, request) {
          const ctx = contextOf(request);
          const cookies = headerOf(request)("cookie");
          try {
            const signedIn = await finishSignIn(ctx, toInput(credentials ?? {}), {
              device: cookieValue(cookies, deviceCookieName(secureCookies)) ?? null,
              sessionId: await readSessionId(cookieValue(cookies, sessionCookieName(secureCookies)), authSecret),
            });
            onSignedIn(signedIn);
            return { id: signedIn.id, name: signedIn.name, email: signedIn.email, sessionId: signedIn.sessionId };
          } catch (error) {
            if (!isDomainError(error)) ctx.log.error({ err: error, requestId: ctx.requestId }, "sign-in failed");
            const { reason, details } = toDomainError(error);
            throw new Error(details.retryAfter === undefined ? reason : `${reason} ${details.retryAfter}`);
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
