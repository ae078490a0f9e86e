import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sipp } from "./binaries";
import { freeUdpPort } from "./udp";

export interface SippCall {
  scenario: "register" | "invite" | "invite-unasked";
  /** Where the server is: `127.0.0.1:5060`. */
  server: string;
  /** The digest's user and password. */
  username: string;
  password: string;
  /** What the scenario's other keywords stand for. */
  keys: Record<string, string>;
  /** Where the phone is; its messages come from there. */
  address?: string;
}

export interface SippResult {
  /** Whether the scenario came to its good end. */
  ok: boolean;
  /** Status codes in the order that they came in, retransmissions and 100 left out. */
  statuses: number[];
  /** All messages of both directions. */
  trace: string;
}

const scenarioFile = (name: string): string => fileURLToPath(new URL(`./scenarios/${name}.xml`, import.meta.url));
const environment = (): NodeJS.ProcessEnv => ({ ...process.env, TERM: "dumb" });

function requireSipp(): string {
  if (sipp === undefined) throw new Error("sipp is not installed (Debian: apt-get install sip-tester)");
  return sipp;
}

/** Lets sipp play one scenario once. */
export async function runSipp(call: SippCall): Promise<SippResult> {
  const { server, username, password, address = "127.0.0.1" } = call;
  const dir = mkdtempSync(join(tmpdir(), "sipp-"));
  const messages = join(dir, "messages.log");
  const args = [
    server,
    ...["-sf", scenarioFile(call.scenario), "-m", "1", "-r", "1000", "-i", address, "-bind_local", "-nostdin"],
    ...["-timeout", "40s", "-timeout_error", "-recv_timeout", "20000"],
    ...["-au", username, "-ap", password, "-trace_msg", "-message_file", messages],
    ...Object.entries(call.keys).flatMap(([name, value]) => ["-key", name, value]),
  ];
  try {
    const ok = await new Promise<boolean>((resolve) =>
      execFile(requireSipp(), args, { cwd: dir, timeout: 60_000, env: environment() }, (error) =>
        resolve(error === null),
      ),
    );
    const trace = readFileSync(messages, "utf8");
    return { ok, statuses: statusesOf(trace), trace };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function statusesOf(trace: string): number[] {
  const replies = trace.split(/^-{20,}.*$/m).filter((part) => /message received/.test(part));
  const statuses = replies.flatMap((part) => {
    const [, status, cseq] = /^SIP\/2\.0 (\d{3})[\s\S]*?^CSeq:\s*(\d+)/m.exec(part) ?? [];
    return status === undefined || status === "100" ? [] : [`${cseq} ${status}`];
  });
  return [...new Set(statuses)].map((text) => Number(text.split(" ")[1]));
}

/** Somebody who takes calls until told to stop. */
export interface Answerer {
  port: number;
  /** Everything that came in and went out so far. */
  trace(): string;
  stop(): Promise<void>;
}

export async function startAnswerer(address = "127.0.0.1"): Promise<Answerer> {
  const dir = mkdtempSync(join(tmpdir(), "sipp-"));
  const messages = join(dir, "messages.log");
  const port = await freeUdpPort(address);
  const args = ["-sf", scenarioFile("answer"), "-i", address, "-p", String(port), "-nostdin"];
  const child = spawn(requireSipp(), [...args, "-trace_msg", "-message_file", messages], {
    cwd: dir,
    env: environment(),
    stdio: "ignore",
  });
  const ended = once(child, "exit");
  return {
    port,
    trace: () => (existsSync(messages) ? readFileSync(messages, "utf8") : ""),
    async stop() {
      child.kill("SIGKILL");
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
