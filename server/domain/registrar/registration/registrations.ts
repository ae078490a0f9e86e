import { authorize } from "@/server/kernel/authorization";
import { formatTime } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { fromAsterisk } from "../account/account";
import { endpointKey, readContacts } from "../contact/repository";
import { noteAsked } from "./shown";
import type { Contact, ExtensionView, RegistrationView } from "../schemas";

/**
 * The phones that are registered with each of these extensions now, by the extension's id; null when that is not known,
 * since Asterisk's database is away.
 */
export async function registrationsOf(
  ctx: Context,
  extensions: readonly Pick<ExtensionView, "id" | "endpointId">[],
): Promise<Map<string, RegistrationView[]> | null> {
  authorize(ctx, "registration:read");
  const endpoints = extensions.map(({ endpointId }) => endpointId);
  const found = await fromAsterisk(ctx, async (asterisk) => {
    const contacts = await readContacts(asterisk, endpoints);
    noteAsked(asterisk, endpoints, contacts);
    return contacts;
  });
  if (found === null) return null;
  return new Map(
    extensions.map(({ id, endpointId }) => [id, (found.get(endpointKey(endpointId)) ?? []).map(toRegistration)]),
  );
}

/** What Asterisk keeps of a contact as people read it: `^3B` and `^5E` are `;` and `^` (contract/registrar.md §3.4). */
export function toRegistration(contact: Contact): RegistrationView {
  const uri = toUri(contact.uri);
  const { address, parameters } = readUri(uri);
  const transport = /;transport=([a-z]+)/i.exec(parameters)?.[1]?.toLowerCase();
  return {
    id: contact.id,
    endpointId: contact.endpoint,
    uri,
    address,
    via: contact.viaAddr === "" ? "" : `${contact.viaAddr}:${contact.viaPort}`,
    transport: transport ?? (uri.startsWith("sips:") ? "tls" : "udp"),
    userAgent: contact.userAgent,
    node: contact.regServer,
    callId: contact.callId,
    tmExpire: formatTime(contact.expirationTime * 1_000),
  };
}

const toUri = (stored: string): string => stored.replace(/\^3B/gi, ";").replace(/\^5E/gi, "^");

function readUri(uri: string): { own: string; address: string; parameters: string } {
  const [, , own = "", parameters = ""] = /^(sips?):(?:[^@]*@)?([^;?>]+)([^?>]*)/i.exec(uri) ?? [];
  // Where the proxy saw a phone behind NAT (deploy/kamailio): calls go there, and not to the address that it gave.
  const [, behindNat, port] = /;alias=([^~;]+)~(\d+)~\d/.exec(parameters) ?? [];
  return { own, address: behindNat === undefined ? own : `${behindNat}:${port}`, parameters };
}

/**
 * The addresses in a contact's URI as Asterisk keeps it, each `host:port`: the one that the phone gave, and the one that
 * calls are sent to, which is another where a proxy saw the phone behind NAT.
 */
export function addressesOf(stored: string): { own: string; address: string } {
  const { own, address } = readUri(toUri(stored));
  return { own, address };
}
