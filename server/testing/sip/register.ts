import { headersOf, listOf, parseAddress, sameUri, type SipMessage } from "./message";
import type { Aor, Contact, NewContact, Store } from "./store";

/** What the registrar says. */
export interface Answer {
  status: number;
  headers?: string[];
}

interface Registration {
  request: SipMessage;
  aor: Aor;
  /** The endpoint's id. */
  endpoint: string;
}

/** A contact that the request names. */
interface Wanted {
  uri: string;
  /** Seconds; 0 asks to forget it. */
  expiry: number;
  known: Contact | undefined;
}

/** Adds, refreshes and removes the contacts that the request names, and answers with all that there are then. */
export async function registerContacts(store: Store, { request, aor, endpoint }: Registration): Promise<Answer> {
  const known = await store.contactsOf(aor.id);
  const all = listOf(request, "contact");
  const expires = headersOf(request, "expires")[0];
  if (all.includes("*")) {
    if (all.length > 1 || expiryOf(aor, undefined, expires) !== 0) return { status: 400 };
    for (const contact of known) await store.removeContact(contact.id);
    return respond(aor, [], expires);
  }
  const wanted = all.flatMap((value): Wanted[] => {
    const address = parseAddress(value);
    if (address === null) return [];
    const expiry = expiryOf(aor, address.params.get("expires"), expires);
    return [{ uri: address.uri, expiry, known: known.find((contact) => sameUri(contact.uri, address.uri)) }];
  });
  if (exceeds(aor, wanted, known)) return { status: 403 };
  const contacts = new Map(known.map((contact) => [contact.id, contact]));
  const now = Math.floor(Date.now() / 1000);
  for (const { uri, expiry, known: old } of wanted) {
    const contact = { ...senderOf(request), uri, expirationTime: now + expiry };
    if (old === undefined) {
      if (expiry === 0) continue;
      const added = await store.addContact(aor, endpoint, contact);
      contacts.set(added.id, added);
    } else if (expiry > 0) {
      await store.refreshContact(aor, old.id, contact);
      contacts.set(old.id, { ...old, expirationTime: contact.expirationTime });
    } else {
      await store.removeContact(old.id);
      contacts.delete(old.id);
    }
  }
  const untouched = known.filter(({ id }) => !wanted.some((one) => one.known?.id === id));
  for (const excess of soonest(untouched, contacts.size - aor.maxContacts)) {
    await store.removeContact(excess.id);
    contacts.delete(excess.id);
  }
  return respond(aor, [...contacts.values()], expires);
}

/** With `remove_existing` only what the request itself brings counts, since others make room. */
function exceeds(aor: Aor, wanted: Wanted[], known: Contact[]): boolean {
  const count = (test: (one: Wanted) => boolean) => wanted.filter(test).length;
  const added = count((one) => one.known === undefined && one.expiry > 0);
  const updated = count((one) => one.known !== undefined && one.expiry > 0);
  const deleted = count((one) => one.known !== undefined && one.expiry === 0);
  const after = aor.removeExisting ? Math.max(updated + added - deleted, 0) : known.length + added - deleted;
  return after > aor.maxContacts;
}

const soonest = (contacts: Contact[], many: number): Contact[] =>
  many <= 0 ? [] : contacts.toSorted((a, b) => a.expirationTime - b.expirationTime).slice(0, many);

/** The contact's own parameter over the header over the default; 0 stays 0, all else is brought into the AOR's range. */
function expiryOf(aor: Aor, ofContact: string | undefined, ofHeader: string | undefined): number {
  const text = ofContact ?? ofHeader;
  const seconds = text !== undefined && /^\d+$/.test(text) ? Number(text) : aor.default;
  return seconds === 0 ? 0 : Math.min(Math.max(seconds, aor.minimum), aor.maximum);
}

/** The last Via is the phone's own, however many proxies there were. */
function senderOf(request: SipMessage): Omit<NewContact, "uri" | "expirationTime"> {
  const via = listOf(request, "via").at(-1) ?? "";
  const [, viaAddress = "", viaPort = "5060"] = /^SIP\/2\.0\/\w+\s+(\[[^\]]+\]|[^:;\s]+)(?::(\d+))?/i.exec(via) ?? [];
  return {
    viaAddress,
    viaPort: Number(viaPort),
    callId: headersOf(request, "call-id")[0] ?? "",
    userAgent: headersOf(request, "user-agent")[0] ?? "",
  };
}

function respond(aor: Aor, contacts: Contact[], expires: string | undefined): Answer {
  const now = Math.floor(Date.now() / 1000);
  return {
    status: 200,
    headers: [
      ...contacts.map(({ uri, expirationTime }) => `Contact: <${uri}>;expires=${expirationTime - now}`),
      ...(expires === undefined ? [] : [`Expires: ${expiryOf(aor, undefined, expires)}`]),
      `Date: ${new Date().toUTCString()}`,
    ],
  };
}
