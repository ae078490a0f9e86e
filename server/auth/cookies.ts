import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { decode } from "next-auth/jwt";

/** Browsers take a cookie with this prefix from this host alone, over TLS alone, for all of its paths. */
const named = (secure: boolean, name: string): string => `${secure ? "__Host-" : ""}voipbin.${name}`;

export const sessionCookieName = (secure: boolean): string => named(secure, "session");
/** What a browser has been signed in with before. */
export const deviceCookieName = (secure: boolean): string => named(secure, "device");

export interface CookieOptions {
  httpOnly: true;
  sameSite: "lax";
  path: "/";
  secure: boolean;
}
const options = (secure: boolean): CookieOptions => ({ httpOnly: true, sameSite: "lax", path: "/", secure });

/** The cookies that next-auth writes. */
export const authCookies = (secure: boolean) => ({
  sessionToken: { name: sessionCookieName(secure), options: options(secure) },
  csrfToken: { name: named(secure, "csrf"), options: options(secure) },
  callbackUrl: { name: named(secure, "callback"), options: options(secure) },
});

const YEAR_SECONDS = 31_536_000;

/** The Set-Cookie header of {@link deviceCookieName}. */
export const deviceCookie = (device: string, secure: boolean): string =>
  `${deviceCookieName(secure)}=${device}; Path=/; Max-Age=${YEAR_SECONDS}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;

const OPENED_MOST = 5_000;
/** What was in cookies that were opened before, until they end: opening one costs a key derivation each time. */
const opened = new LRUCache<string, { sid: string; untilMs: number }>({ max: OPENED_MOST });

/**
 * The session's id in the signed and encrypted cookie; null when it is missing, forged or too old. Whether that session
 * still is one, the database says.
 */
export async function readSessionId(cookie: string | undefined, secret: string): Promise<string | null> {
  if (cookie === undefined || cookie === "") return null;
  const name = createHash("sha256").update(`${secret}\n${cookie}`).digest("base64");
  const known = opened.get(name);
  if (known !== undefined && Date.now() < known.untilMs) return known.sid;
  try {
    const token = await decode({ token: cookie, secret });
    if (typeof token?.sid !== "string") return null;
    if (typeof token.exp === "number") opened.set(name, { sid: token.sid, untilMs: token.exp * 1_000 });
    return token.sid;
  } catch {
    return null;
  }
}

/** One cookie of a Cookie header. */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? "").split(";")) {
    const [key, ...rest] = part.trim().split("=");
    if (key === name) {
      try {
        return decodeURIComponent(rest.join("="));
      } catch {
        return undefined;
      }
    }
  }
  return undefined;
}
