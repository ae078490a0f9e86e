import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MySqlDsn } from "@/db/dsn";
import { kamailio } from "./binaries";
import { askUdp, freeUdpPort } from "./udp";

/** A Kamailio with the configuration of deploy/kamailio. */
export interface Kamailio {
  host: string;
  port: number;
  /** What it logged. */
  log(): string;
  stop(): Promise<void>;
}

export interface KamailioOptions {
  /** The bin_manager database. */
  dsn: MySqlDsn;
  registrarPort: number;
  callsPort: number;
  /** What is taken for an Asterisk; comma list of subnets. */
  trusted: string;
}

const CONFIGURATION = fileURLToPath(new URL("../../../deploy/kamailio/kamailio.cfg", import.meta.url));

export async function startKamailio({ dsn, registrarPort, callsPort, trusted }: KamailioOptions): Promise<Kamailio> {
  if (kamailio === undefined)
    throw new Error("Kamailio is not installed (Debian: apt-get install kamailio kamailio-mysql-modules)");
  const host = "127.0.0.1";
  const port = await freeUdpPort(host);
  const dir = mkdtempSync(join(tmpdir(), "kamailio-"));
  const { user, password, database } = dsn;
  const env = {
    ...process.env,
    KAMAILIO_LISTEN: `udp:${host}:${port}`,
    KAMAILIO_AUTH_DB_URL: `mysql://${user}${password === "" ? "" : `:${password}`}@${dsn.host}:${dsn.port}/${database}`,
    DOMAIN_NAME_EXTENSION: "registrar.voipbin.test",
    DOMAIN_NAME_TRUNK: "trunk.voipbin.test",
    KAMAILIO_REGISTRAR: `sip:${host}:${registrarPort}`,
    KAMAILIO_CALLS: `sip:${host}:${callsPort}`,
    KAMAILIO_TRUSTED: trusted,
  };
  const args = ["-f", CONFIGURATION, "-DD", "-E", "-m", "32", "-Y", dir];
  const child = spawn(kamailio, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => (log = (log + chunk.toString()).slice(-20_000)));
  }
  const ended = once(child, "exit");
  const stop = async () => {
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(timer);
    rmSync(dir, { recursive: true, force: true });
  };
  const at = { host, port };
  for (let tries = 0; child.exitCode === null && tries < 300; tries++) {
    if ((await askUdp(ping(at), at, 100).catch(() => null)) !== null) return { ...at, log: () => log, stop };
  }
  await stop();
  throw new Error(`Kamailio did not start:\n${log}`);
}

const ping = ({ host, port }: { host: string; port: number }): string =>
  [
    `OPTIONS sip:${host}:${port} SIP/2.0`,
    `Via: SIP/2.0/UDP ${host};branch=z9hG4bK${Date.now()};rport`,
    "Max-Forwards: 5",
    `From: <sip:ping@${host}>;tag=1`,
    `To: <sip:${host}:${port}>`,
    `Call-ID: ping-${Date.now()}`,
    "CSeq: 1 OPTIONS",
    "Content-Length: 0",
    "",
    "",
  ].join("\r\n");
