/** What an account was seen with, in `admin_registration_states.known`: [network, user agent, milliseconds]. */
export type Known = [network: string, userAgent: string, at: number];
/** Whose contact was the newest from a moment on, in `admin_registration_states.holders`. */
export type Holder = [who: string, at: number];

/** A contact, of what tells one phone from another. */
export interface Sign {
  network: string;
  userAgent: string;
  /** Host and user agent: the phone, whatever port it uses. */
  who: string;
  /** When the contact was made, in milliseconds. */
  made: number;
  /** When it was last renewed, in milliseconds. */
  seen: number;
}

export type AlarmKind = "network" | "user-agent" | "fight";
export interface Alarm {
  kind: AlarmKind;
  before: string;
  after: string;
}

/** Kept for each account, the ones seen last. */
const KNOWN_MOST = 8;
const HOLDERS_MOST = 6;
/** So many changes of the newest phone, back and forth within this time, are a fight. */
const FIGHT_CHANGES = 3;
const FIGHT_MS = 10 * 60_000;

/**
 * The network of an address: of IPv4 the /24, of IPv6 the /48, which is what one site usually has; a new port or another
 * host of it is no news. Empty for a name (browsers register with made-up ones), of which nothing can be said.
 */
export function networkOf(address: string): string {
  const host = hostOf(address);
  const four = /^(?:::ffff:)?(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/i.exec(host);
  if (four !== null) return `${four[1] ?? ""}.0/24`;
  if (!/^[0-9a-f:]+$/i.test(host) || !host.includes(":")) return "";
  const [head = "", tail] = host.toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => "0");
  const groups = [...left, ...zeros, ...right].slice(0, 3).map((group) => Number.parseInt(group, 16).toString(16));
  return `${groups.join(":")}::/48`;
}

/** `host:port` without the port, and without an IPv6 address's brackets. */
export function hostOf(address: string): string {
  const bracketed = /^\[([^\]]*)\]/.exec(address);
  return bracketed !== null ? (bracketed[1] ?? "") : address.replace(/:\d+$/, "");
}

/**
 * What an account's contacts say that was not known of it. At the first sight of an account nothing is news.
 * @param signs its contacts, those that were written since the last look
 */
export function readSigns(
  before: { known: readonly Known[]; holders: readonly Holder[] } | null,
  signs: readonly Sign[],
): { known: Known[]; holders: Holder[]; alarms: Alarm[] } {
  const known = (before?.known ?? []).map((each): Known => [...each]);
  let holders = (before?.holders ?? []).map((each): Holder => [...each]);
  const alarms: Alarm[] = [];
  const isFirst = known.length === 0;
  const last = known.toSorted((a, b) => b[2] - a[2])[0];
  for (const sign of signs.toSorted((a, b) => a.made - b.made)) {
    const { network, userAgent, who, made, seen } = sign;
    if (!isFirst && network !== "" && last !== undefined && !known.some((each) => each[0] === network)) {
      const from = known.filter((each) => each[0] !== "").sort((a, b) => b[2] - a[2])[0]?.[0];
      if (from !== undefined) alarms.push({ kind: "network", before: from, after: network });
    }
    if (!isFirst && last !== undefined && !known.some((each) => each[1] === userAgent))
      alarms.push({ kind: "user-agent", before: last[1], after: userAgent });
    const same = known.find((each) => each[0] === network && each[1] === userAgent);
    if (same !== undefined) same[2] = Math.max(same[2], seen);
    else known.push([network, userAgent, seen]);
    const holder = holders.at(-1);
    if (holder === undefined || (made > holder[1] && holder[0] !== who)) {
      holders.push([who, made]);
      holders = holders.slice(-HOLDERS_MOST);
      const other = fight(holders);
      if (other !== null) alarms.push({ kind: "fight", before: other, after: who });
    }
  }
  return { known: known.sort((a, b) => b[2] - a[2]).slice(0, KNOWN_MOST), holders, alarms };
}

/** Who else holds the account by turns; null without a fight. */
function fight(holders: readonly Holder[]): string | null {
  const turns = holders.slice(-FIGHT_CHANGES - 1);
  const [first, second] = turns;
  const [latest] = turns.slice(-1);
  if (turns.length <= FIGHT_CHANGES || first === undefined || second === undefined || latest === undefined) return null;
  const alternate = turns.every(([who], i) => who === (i % 2 === 0 ? first[0] : second[0]));
  return alternate && latest[1] - first[1] <= FIGHT_MS ? (turns.at(-2)?.[0] ?? null) : null;
}
