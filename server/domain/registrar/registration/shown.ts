import { besidePool, type Database } from "@/db/client";
import { endpointKey } from "../contact/repository";
import type { Contact } from "../schemas";

/** Numbers that are watched at once, at most: those that were read longest ago are let go. */
const SHOWN_MOST = 2_000;

/** What the pages of this process show of registrations, by endpoint: how they were when they were last told. */
export type Shown = Map<string, string>;
export const shownOn = (asterisk: Database): Shown => besidePool(asterisk, "registrations-shown", () => new Map());

/** Changes whenever a phone comes, registers anew, or goes. */
export const stateOf = (contacts: number, expirations: number): string => `${contacts}:${expirations}`;
export const NOBODY = stateOf(0, 0);

/** Remembers what was read for a page, so that it hears of changes; see {@link createRegistrationWatch}. */
export function noteAsked(
  asterisk: Database,
  endpoints: readonly string[],
  found: ReadonlyMap<string, readonly Contact[]>,
): void {
  const shown = shownOn(asterisk);
  for (const endpoint of endpoints) {
    const key = endpointKey(endpoint);
    const contacts = found.get(key) ?? [];
    const expirations = contacts.reduce((sum, { expirationTime }) => sum + expirationTime, 0);
    keep(shown, key, stateOf(contacts.length, expirations));
  }
  letGo(shown);
}

/** The same of rows of a list, which need not be all that an endpoint has: how it is, the next look finds out. */
export function noteShown(asterisk: Database, rows: readonly { endpointId: string }[]): void {
  const shown = shownOn(asterisk);
  for (const { endpointId } of rows) keep(shown, endpointKey(endpointId), null);
  letGo(shown);
}

/**
 * A state that somebody else was shown earlier stays: he has yet to be told that it is past.
 * @param state null where it is not known
 */
function keep(shown: Shown, key: string, state: string | null): void {
  const before = shown.get(key);
  shown.delete(key); // read last, let go last
  shown.set(key, before === undefined || before === UNKNOWN ? (state ?? UNKNOWN) : before);
}
export const UNKNOWN = "";

function letGo(shown: Shown): void {
  for (const key of shown.keys()) {
    if (shown.size <= SHOWN_MOST) return;
    shown.delete(key);
  }
}
