import { createHash, randomUUID } from "node:crypto";
import type { TestInstallation } from "./installation";

export interface TestContact {
  endpoint: string;
  address?: string;
  /** Where a proxy saw it behind NAT, `host:port`. */
  seenAt?: string;
  userAgent?: string;
  transport?: string;
  node?: string;
  /** Seconds from now. */
  expires?: number;
}

/** The endpoint of a customer's number. */
export const endpointOf = (extension: string, customerId: string): string =>
  `${extension}@${customerId}.registrar.voipbin.test`;

/** Writes a contact as Asterisk does: naming its own columns alone (contract/registrar.md §10.3). @returns its id */
export async function addContact(
  { asteriskRows }: Pick<TestInstallation, "asteriskRows">,
  {
    endpoint,
    address = "198.51.100.7:5062",
    seenAt,
    userAgent = "TestUA/1.0",
    transport,
    node = "reg-1",
    expires = 3_600,
  }: TestContact,
): Promise<string> {
  const number = endpoint.split("@", 1)[0] ?? "";
  const alias = seenAt === undefined ? "" : `^3Balias=${seenAt.replace(/:(\d+)$/, "~$1~1")}`;
  const uri = `sip:${number}@${address}${alias}${transport === undefined ? "" : `^3Btransport=${transport}`}`;
  const id = `${endpoint}^3B@${createHash("md5").update(uri).digest("hex")}`;
  const [host = "", port = "0"] = address
    .replace(/^\[(.*)\]:/, "$1 ")
    .replace(/:(\d+)$/, " $1")
    .split(" ");
  await asteriskRows(
    `insert into ps_contacts (id, uri, expiration_time, qualify_frequency, outbound_proxy, path, user_agent, qualify_timeout, reg_server,
      authenticate_qualify, via_addr, via_port, call_id, endpoint, prune_on_boot, qualify_2xx_only) values (?, ?, ?, 0, '', '', ?, 3, ?, 'no', ?, ?, ?, ?, 'no', 'false')`,
    [id, uri, Math.floor(Date.now() / 1_000) + expires, userAgent, node, host, Number(port), randomUUID(), endpoint],
  );
  return id;
}
