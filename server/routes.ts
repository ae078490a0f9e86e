import type { Right } from "./kernel/permissions";

/** Who may ask for an address. */
export type RouteAccess =
  /** Each procedure says so itself (trpc/access.ts). */
  | { kind: "procedures" }
  /** Signed-in people; with a right, those who have it. */
  | { kind: "session"; right?: Right }
  /** The machine's own network, and nothing that came through a proxy. */
  | { kind: "machine"; because: string }
  /** Strangers too. */
  | { kind: "public"; because: string };

const open = (because: string): RouteAccess => ({ kind: "public", because });

/**
 * Every address that the web process answers, with who may ask for it; `*` at the end stands for all below. The web
 * process serves none that is not listed: what nobody thought of is a page, for signed-in people.
 */
export const ROUTES = {
  "/api/trpc/*": { kind: "procedures" },
  "/api/events": { kind: "session" },
  "/api/export/*": { kind: "session" },
  "/api/import/*": { kind: "session" },
  "/api/auth/*": open("Signing in and out happens here."),
  "/api/live": open("The machine's supervisor asks whether the process lives."),
  "/api/ready": open("Whoever spreads the load asks whether the process takes any."),
  "/api/metrics": { kind: "machine", because: "Figures are for those who run the machine." },
  "/_next/*": open("Scripts and styles are the same for everybody."),
  "/icon.svg": open("The browser shows it on the sign-in page."),
  "/sign-in": open("Nobody is signed in before it."),
  "/setup": open("Who holds a one-time link has no account yet, or no password."),
  "/phone": open("Who sets up a phone has no account: the page asks for a one-time address."),
  "/phone/*": open("A phone fetches its own settings by a one-time address, and can sign in nowhere."),
  "/*": { kind: "session" },
} as const satisfies Record<string, RouteAccess>;

export type RoutePath = keyof typeof ROUTES;
const PATHS = Object.keys(ROUTES) as RoutePath[];

/** The entry that an address belongs to: the longest that fits. */
export function routeOf(path: string): RoutePath {
  let found: RoutePath = "/*";
  for (const each of PATHS) {
    const fits = each.endsWith("*") ? path.startsWith(each.slice(0, -1)) : path === each;
    if (fits && each.length > found.length) found = each;
  }
  return found;
}

/** What the table says about an address. */
export const accessTo = (path: string): RouteAccess => ROUTES[routeOf(path)];
