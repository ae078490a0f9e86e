/** What a request says about where it comes from. */
export interface RequestSource {
  method: string;
  origin: string | undefined;
  secFetchSite: string | undefined;
  host: string | undefined;
}

const READS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a request may change something by a cookie that came with it. A page of another site can make a browser send
 * our cookies, but cannot make it hide where the request comes from. What says nothing at all is no browser.
 * @param publicUrl where browsers reach us. Under https nothing else counts: a page that somebody wrote into plain http
 *   of the same host is not ours
 */
export function isOwnRequest({ method, origin, secFetchSite, host }: RequestSource, publicUrl: string): boolean {
  if (READS.has(method)) return true;
  if (secFetchSite !== undefined && secFetchSite !== "same-origin") return false;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const own = new URL(publicUrl);
  const from = new URL(origin);
  return from.origin === own.origin || (own.protocol === "http:" && from.protocol === "http:" && from.host === host);
}

const YEAR_SECONDS = 31_536_000;

/** Headers of every answer: pages, the API, files and errors. Pages get a content security policy of their own (proxy.ts). */
export function securityHeaders(publicUrl: string): readonly (readonly [name: string, value: string])[] {
  return [
    ["content-security-policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"],
    ["x-content-type-options", "nosniff"],
    ["x-frame-options", "DENY"],
    ["referrer-policy", "strict-origin-when-cross-origin"],
    ["cross-origin-opener-policy", "same-origin"],
    ["cross-origin-resource-policy", "same-origin"],
    ["x-permitted-cross-domain-policies", "none"],
    [
      "permissions-policy",
      "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=(), " +
        "publickey-credentials-get=(self), publickey-credentials-create=(self)",
    ],
    ...(publicUrl.startsWith("https://") ? ([["strict-transport-security", `max-age=${YEAR_SECONDS}`]] as const) : []),
  ];
}

/** Whether passwords and cookies would cross a network in the clear. */
export function isPlainRemote(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === "http:" && hostname !== "localhost" && hostname !== "[::1]" && !/^127\./.test(hostname);
}
