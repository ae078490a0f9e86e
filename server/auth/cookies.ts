import { decode } from "next-auth/jwt";

/** Name of the session's cookie; browsers hold back one with the __Secure- prefix from plain HTTP. */
export const sessionCookieName = (secure: boolean): string => (secure ? "__Secure-voipbin.session" : "voipbin.session");

/** The session's id in the signed and encrypted cookie; null when it is missing, forged or too old. */
export async function readSessionId(cookie: string | undefined, secret: string): Promise<string | null> {
  if (cookie === undefined || cookie === "") return null;
  try {
    const token = await decode({ token: cookie, secret });
    return typeof token?.sid === "string" ? token.sid : null;
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
