import { createHash } from "node:crypto";
import { psContacts } from "@/db/asterisk/schema/ps-contacts";
import { createExtension, createTrunk } from "@/server/domain/registrar";
import type { ExtensionView } from "@/server/domain/registrar/schemas";
import type { Context } from "@/server/kernel/context";

/** What a demo customer's phones are called; the number is 1001 and on. */
const PHONES: readonly (readonly [name: string, agent: string | null])[] = [
  ["Front desk", "Yealink SIP-T54W 96.86.0.70"],
  ["Lobby phone", "Yealink SIP-T46U 108.86.0.90"],
  ["Dana Whitfield", "Linphone-Desktop/5.2.6 (belle-sip/5.3.90)"],
  ["Night line", null],
  ["Conference room", "PolyEdge-E350-UA/8.1.3.0134"],
  ["Warehouse", "snomD785/10.1.175.16"],
  ["Samir Okafor", "Zoiper rv2.10.20.5"],
  ["Fax adapter", "Grandstream HT812 1.0.47.4"],
  ["Reception, second floor", null],
  ["Reserved", null],
];
const TRANSPORTS = ["udp", "udp", "tls", "tcp"] as const;
const NODES = ["registrar-1", "registrar-2"] as const;

/** Some extensions with and without phones, and a trunk or two, as believable as the customers themselves. */
export async function addSip(context: () => Context, customerId: string, at: number, mark: string): Promise<void> {
  const phones = PHONES.slice(0, 3 + ((at * 5) % 8));
  for (const [index, [name, agent]] of phones.entries()) {
    const { extension } = await createExtension(context(), {
      customerId,
      extension: String(1001 + index),
      name,
      detail: mark,
    });
    if (agent !== null && (at + index) % 4 !== 3) await register(context(), extension, agent, at, index);
  }
  if (at % 3 === 0)
    await createTrunk(context(), {
      customerId,
      name: "Office PBX",
      detail: mark,
      domainName: `demo-pbx-${at}`,
      authTypes: ["basic"],
      username: `pbx${at}`,
    });
  if (at % 5 === 0)
    await createTrunk(context(), {
      customerId,
      name: "Carrier interconnect",
      detail: mark,
      domainName: `demo-carrier-${at}`,
      authTypes: ["ip"],
      allowedIps: [`198.51.100.${at + 16}`, `203.0.113.${at * 16}/28`, "2001:db8:51::/48"],
    });
}

/** Writes a contact as Asterisk does for a phone (contract/registrar.md §10.2); it ends by itself. */
async function register(
  { asterisk }: Context,
  { endpointId, extension }: ExtensionView,
  agent: string,
  at: number,
  index: number,
): Promise<void> {
  if (asterisk === null) return;
  const transport = TRANSPORTS[(at + index) % TRANSPORTS.length] ?? "udp";
  const [host, port] = [`198.51.100.${at * 12 + index + 10}`, transport === "tls" ? 5061 : 5060 + index];
  const uri = `sip:${extension}@${host}:${port}^3Btransport=${transport}`;
  const hash = createHash("md5").update(uri).digest("hex");
  await asterisk.insert(psContacts).values({
    id: `${endpointId}^3B@${hash}`,
    uri,
    expirationTime: Math.floor(Date.now() / 1_000) + 86_400 + ((at * 37 + index * 411) % 3_600),
    qualifyFrequency: 0,
    outboundProxy: "",
    path: "",
    userAgent: agent,
    qualifyTimeout: 3,
    regServer: NODES[at % NODES.length] ?? "registrar-1",
    authenticateQualify: "no",
    viaAddr: host,
    viaPort: port,
    callId: `${hash.slice(0, 12)}@${host}`,
    endpoint: endpointId,
    pruneOnBoot: "no",
    qualify2xxOnly: "false",
  });
}
