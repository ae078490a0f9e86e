import { randomUUID } from "node:crypto";
import { createSocket, type RemoteInfo } from "node:dgram";
import type { MySqlDsn } from "@/db/dsn";
import { createNonces, parseDigest, provesPassword } from "./digest";
import {
  headersOf,
  listOf,
  parseAddress,
  parseMessage,
  parseParams,
  type SipAddress,
  type SipMessage,
} from "./message";
import { registerContacts, type Answer } from "./register";
import { openStore } from "./store";

/** A registrar over UDP that behaves as Asterisk 22 does on the tables of the `asterisk` database (see docs/sip.md). */
export interface PlayedAsterisk {
  host: string;
  port: number;
  close(): Promise<void>;
}

export interface PlayedAsteriskOptions {
  dsn: MySqlDsn;
  host?: string;
  /** 0 takes a free one. */
  port?: number;
  /** `systemname` of asterisk.conf: what `reg_server` gets. */
  systemName?: string;
  nonceLifetimeSeconds?: number;
  /** How often expired contacts are removed. */
  expiryCheckMs?: number;
  /** Told of each request and its answer, in a line without secrets. */
  log?: (line: string) => void;
}

const UNKNOWN_REALM = "asterisk";

const PHRASES: Record<number, string> = {
  200: "OK",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  416: "Unsupported URI Scheme",
  500: "Server Internal Error",
};

export async function startPlayedAsterisk({
  dsn,
  host = "127.0.0.1",
  port = 0,
  systemName = "played-asterisk",
  nonceLifetimeSeconds = 32,
  expiryCheckMs = 30_000,
  log = () => undefined,
}: PlayedAsteriskOptions): Promise<PlayedAsterisk> {
  const store = openStore(dsn, systemName);
  const nonces = createNonces(nonceLifetimeSeconds, randomUUID(), Date.now);
  const socket = createSocket("udp4");
  const locks = new Map<string, Promise<unknown>>();
  const working = new Set<Promise<void>>();

  /** One request at a time per AOR, as Asterisk's named lock has it. */
  async function alone<Result>(aor: string, work: () => Promise<Result>): Promise<Result> {
    const before = locks.get(aor) ?? Promise.resolve();
    const result = before.then(work, work);
    const settled = result.catch(() => undefined);
    locks.set(aor, settled);
    try {
      return await result;
    } finally {
      if (locks.get(aor) === settled) locks.delete(aor);
    }
  }

  const challenge = (realm: string, address: string, stale: boolean): Answer => ({
    status: 401,
    headers: [
      `WWW-Authenticate: Digest realm="${realm}",nonce="${nonces.make(address, realm)}",opaque="0",${stale ? "stale=true," : ""}algorithm=MD5,qop="auth"`,
    ],
  });

  /** Who sends: by From, with its domain, with the domain that this is an alias of, and without one. */
  async function identify({ user, host: domain }: SipAddress) {
    const found = await store.findEndpoint(`${user}@${domain}`);
    if (found !== null) return found;
    const alias = await store.findDomainAlias(domain);
    const aliased = alias === null ? null : await store.findEndpoint(`${user}@${alias}`);
    return aliased ?? store.findEndpoint(user);
  }

  /** @returns an answer to refuse with; null where the sender may go on */
  async function refuse(request: SipMessage, authIds: string[], address: string): Promise<Answer | null> {
    if (authIds.length === 0) return null;
    const auth = await store.findAuth(authIds[0] ?? "");
    if (auth === null || auth.ha1 === null) return { status: 500 };
    const realm = auth.realm || UNKNOWN_REALM;
    const credentials = { realm, username: auth.username, ha1: auth.ha1 };
    const digests = headersOf(request, "authorization").flatMap((header) => parseDigest(header) ?? []);
    const proven = digests.find((fields) => provesPassword(fields, "REGISTER", credentials));
    if (proven === undefined) return challenge(realm, address, false);
    const fresh = nonces.isValid(proven.get("nonce") ?? "", address, realm);
    return fresh ? null : challenge(realm, address, true);
  }

  async function register(request: SipMessage, address: string): Promise<Answer> {
    const from = parseAddress(headersOf(request, "from")[0] ?? "");
    const to = parseAddress(headersOf(request, "to")[0] ?? "");
    if (from === null || to === null) return { status: 416 };
    const endpoint = await identify(from);
    if (endpoint === null) return challenge(UNKNOWN_REALM, address, false);
    const refusal = await refuse(request, endpoint.auths, address);
    if (refusal !== null) return refusal;
    if (endpoint.aors.length === 0) return { status: 403 };
    const domain = (await store.findDomainAlias(to.host)) ?? to.host;
    // Compared as written, unlike the look-up in the table: a phone that spells its name otherwise ends here.
    const name = endpoint.aors.find((aor) => aor === to.user || aor === `${to.user}@${domain}`);
    const aor = name === undefined ? null : await store.findAor(name);
    if (aor === null) return { status: 404 };
    if (aor.maxContacts === 0) return { status: 403 };
    return alone(aor.id, () => registerContacts(store, { request, aor, endpoint: endpoint.id }));
  }

  async function answer(packet: Buffer, remote: RemoteInfo): Promise<void> {
    const request = parseMessage(packet);
    const method = request?.startLine.split(" ", 1)[0] ?? "";
    if (request === null || method === "ACK" || method.startsWith("SIP/")) return;
    const answered: Answer =
      method === "REGISTER"
        ? await register(request, remote.address).catch((error: unknown) => {
            log(`error: ${error instanceof Error ? error.message : String(error)}`);
            return { status: 500 };
          })
        : { status: 405, headers: ["Allow: REGISTER"] };
    log(`${method} ${headersOf(request, "to")[0] ?? ""} from ${remote.address}:${remote.port}: ${answered.status}`);
    socket.send(writeResponse(request, answered, remote), remote.port, remote.address);
  }

  socket.on("message", (packet, remote) => {
    const work = answer(packet, remote).finally(() => working.delete(work));
    working.add(work);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(port, host, resolve);
  });
  const sweep = setInterval(
    () =>
      void store
        .removeExpired(Math.floor(Date.now() / 1000))
        .catch((error: unknown) => log(`error: ${error instanceof Error ? error.message : String(error)}`)),
    expiryCheckMs,
  );
  return {
    host,
    port: socket.address().port,
    async close() {
      clearInterval(sweep);
      socket.removeAllListeners("message");
      await Promise.all(working);
      await new Promise<void>((resolve) => socket.close(() => resolve()));
      await store.close();
    },
  };
}

/** The response with what a client finds it by; the topmost Via says where the request really came from. */
function writeResponse(request: SipMessage, { status, headers = [] }: Answer, remote: RemoteInfo): string {
  const [top = "", ...vias] = listOf(request, "via");
  const received = parseParams(top).has("rport")
    ? top.replace(/;rport(?:=\d*)?/i, `;rport=${remote.port};received=${remote.address}`)
    : `${top};received=${remote.address}`;
  const first = (name: string) => headersOf(request, name)[0] ?? "";
  const to = first("to");
  return [
    `SIP/2.0 ${status} ${PHRASES[status] ?? ""}`,
    ...[received, ...vias].map((via) => `Via: ${via}`),
    `Call-ID: ${first("call-id")}`,
    `From: ${first("from")}`,
    `To: ${/;tag=/i.test(to) ? to : `${to};tag=${randomUUID().slice(0, 8)}`}`,
    `CSeq: ${first("cseq")}`,
    ...headers,
    "Server: Asterisk (played)",
    "Content-Length: 0",
    "",
    "",
  ].join("\r\n");
}
