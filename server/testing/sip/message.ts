/** A SIP request or response, as far as a registrar has to understand one. */
export interface SipMessage {
  /** `REGISTER sip:example.com SIP/2.0` or `SIP/2.0 200 OK` */
  startLine: string;
  /** Long names, lower case, in the order of the message. */
  headers: [name: string, value: string][];
}

/** An address as in From, To and Contact. */
export interface SipAddress {
  /** The URI as it was written. */
  uri: string;
  /** Unescaped (`%40` is `@`), as SIP servers compare it. */
  user: string;
  host: string;
  /** Parameters of the header, not of the URI. */
  params: Map<string, string>;
}

const LONG_NAMES: Record<string, string> = {
  v: "via",
  f: "from",
  t: "to",
  i: "call-id",
  m: "contact",
  l: "content-length",
  k: "supported",
};

/** @returns null for what is no SIP message, a keep-alive for instance */
export function parseMessage(packet: Buffer): SipMessage | null {
  const head = packet.toString("utf8").split(/\r?\n\r?\n/, 1)[0] ?? "";
  const [startLine = "", ...lines] = head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/);
  if (!/^(?:[A-Z]+ \S+ SIP\/2\.0|SIP\/2\.0 \d{3}\b.*)$/.test(startLine)) return null;
  const headers: SipMessage["headers"] = [];
  for (const line of lines) {
    const [, name = "", value = ""] = /^([^\s:]+)\s*:\s*(.*)$/.exec(line) ?? [];
    const key = name.toLowerCase();
    if (key !== "") headers.push([LONG_NAMES[key] ?? key, value.trim()]);
  }
  return { startLine, headers };
}

export const headersOf = (message: SipMessage, name: string): string[] =>
  message.headers.flatMap(([key, value]) => (key === name ? [value] : []));

/** All values of a header that may be a comma list, as Via and Contact. */
export const listOf = (message: SipMessage, name: string): string[] => headersOf(message, name).flatMap(splitList);

/** Splits at commas outside quotes and angle brackets. */
function splitList(value: string): string[] {
  const parts = value.match(/(?:"(?:\\.|[^"\\])*"|<[^>]*>|[^,"<])+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** @returns null where it is no `sip:` or `sips:` address */
export function parseAddress(value: string): SipAddress | null {
  const named = /^(?:"(?:\\.|[^"\\])*"|[^<"]*)<([^>]*)>(.*)$/.exec(value);
  const [bare = "", ...rest] = value.split(";");
  const uri = (named?.[1] ?? bare).trim();
  const tail = named ? (named[2] ?? "") : rest.map((part) => `;${part}`).join("");
  const parts = /^sips?:(?:([^@;?]*)@)?(\[[^\]]+\]|[^:;?]+)/i.exec(uri);
  if (parts === null) return null;
  return { uri, user: unescape(parts[1] ?? "").split(":")[0] ?? "", host: parts[2] ?? "", params: parseParams(tail) };
}

/** `;expires=60;lr` */
export function parseParams(text: string): Map<string, string> {
  const params = new Map<string, string>();
  for (const part of text.split(";")) {
    const [name = "", value = ""] = part.trim().split("=", 2);
    if (name !== "") params.set(name.toLowerCase(), value);
  }
  return params;
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Parameters of an URI that make it another one even if only one side has them (RFC 3261, 19.1.4). */
const DECISIVE = ["transport", "user", "ttl", "method", "maddr"];

/** Whether two contact URIs are the same place. */
export function sameUri(left: string, right: string): boolean {
  const [a, b] = [parseAddress(`<${left}>`), parseAddress(`<${right}>`)];
  if (a === null || b === null) return false;
  const [aParams, bParams] = [left, right].map((uri) => parseParams(uri.split(";").slice(1).join(";")));
  if (aParams === undefined || bParams === undefined) return false;
  if (a.user !== b.user || placeOf(left) !== placeOf(right)) return false;
  if (DECISIVE.some((name) => aParams.get(name) !== bParams.get(name))) return false;
  return [...aParams].every(([name, value]) => !bParams.has(name) || bParams.get(name) === value);
}

/** Scheme, host and port. */
function placeOf(uri: string): string {
  const [address = ""] = uri.split(";", 1);
  return address.replace(/^(sips?:)(?:[^@]*@)?/i, "$1").toLowerCase();
}
