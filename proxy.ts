import { NextResponse, type NextRequest } from "next/server";
import { accessTo } from "@/server/routes";

/** Our session's cookie, with or without the __Host- prefix, in one piece or several. */
const SESSION_COOKIE = /^(__Host-)?voipbin\.session(\.\d+)?$/;

/** React's refresh evaluates code while developing; nothing does in production. */
const developing = process.env.NODE_ENV === "development";

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${developing ? " 'unsafe-eval'" : ""}`,
    // Positions of menus and the bars of progress are inline styles.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join("; ");
}

/**
 * Before each page: a content security policy with a nonce, which Next puts on its own scripts, and the way to the
 * sign-in page for those without a session's cookie. Whether the session is good is decided where data is read.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const known = request.cookies.getAll().some(({ name }) => SESSION_COOKIE.test(name));
  if (!known && accessTo(pathname).kind !== "public") {
    const signIn = request.nextUrl.clone();
    signIn.pathname = "/sign-in";
    signIn.search = pathname === "/" ? "" : `?callbackUrl=${encodeURIComponent(pathname + search)}`;
    return NextResponse.redirect(signIn);
  }
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // Where to come back to, should the session turn out to have ended.
  headers.set("x-voipbin-path", pathname + search);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

export const config = {
  matcher: ["/((?!api/|_next/static|_next/image|icon\\.svg|favicon\\.ico).*)"],
};
