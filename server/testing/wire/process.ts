import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { vi } from "vitest";
import { withChannel } from "./channel";

/** A process of the product, started by a test. */
export interface TestProcess {
  pid: number;
  /** What it wrote to stdout and stderr, the last part of it. */
  output(): string;
  /** Null while it runs; `SIGKILL` or an exit code after. */
  ended(): string | number | null;
  /** Waits for its end. @returns as {@link ended} */
  end(): Promise<string | number | null>;
  kill(signal: NodeJS.Signals): void;
  /** Tells it to stop and waits; kills it when it does not. */
  stop(): Promise<string | number | null>;
  /** Resident memory in MB. */
  residentMb(): Promise<number>;
}

const KEPT = 20_000;

/** Starts a bundle (see bundle.ts). */
export function startProcess(path: string, env: NodeJS.ProcessEnv, args: readonly string[] = []): TestProcess {
  const child = spawn(process.execPath, [path, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-KEPT));
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const closed = once(child, "close");
  const ended = (): string | number | null => child.signalCode ?? child.exitCode;
  const end = async (): Promise<string | number | null> => {
    await closed;
    return ended();
  };
  return {
    pid: child.pid ?? 0,
    output: () => output,
    ended,
    end,
    kill: (signal) => void child.kill(signal),
    async stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 30_000);
      const how = await end();
      clearTimeout(timer);
      return how;
    },
    async residentMb() {
      const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(child.pid)]);
      return Number(stdout.trim()) / 1024;
    },
  };
}

/** Waits until so many consumers are on a queue, that is, until a worker is ready for its requests. */
export async function untilConsumed(
  amqpUrl: string,
  queue: string,
  running: TestProcess,
  consumers = 1,
): Promise<void> {
  await withChannel(amqpUrl, (channel) =>
    vi.waitFor(
      async () => {
        if (running.ended() !== null)
          throw new Error(`The process ended: ${String(running.ended())}\n${running.output()}`);
        const { consumerCount } = await channel.assertQueue(queue, { durable: true });
        if (consumerCount < consumers) throw new Error(`Nobody consumes ${queue} yet.\n${running.output()}`);
      },
      { timeout: 60_000, interval: 20 },
    ),
  );
}
