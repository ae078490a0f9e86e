import { within } from "./amqp/back-off";
import { summarize, type Health, type PartHealth } from "./health";
import type { Logger } from "./logger";

/** A piece of a process that is started once and stopped once. */
export interface Part {
  name: string;
  start?(): void | Promise<void>;
  /** @param leftMs how long it may take at most */
  stop?(leftMs: number): void | Promise<void>;
  health?(): PartHealth;
}

export interface RunOptions {
  log: Logger;
  /** Started in this order, stopped in the reverse one: what others rest on comes first. */
  parts: readonly Part[];
  /** Called at once when the process is told to stop, before any part is. */
  onStopping?(): void;
  /** For all of the stopping. Milliseconds. */
  deadlineMs?: number;
  /** For tests; ends the process. */
  exit?(code: number): void;
}

export interface Running {
  /** Ready when every part has started, none is down, and nobody has asked us to stop. */
  health(): Health;
  /** Whether everything has started. */
  started(): Promise<boolean>;
  stop(code?: number): Promise<void>;
}

const DEADLINE_MS = 25_000;
const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

/**
 * Runs a process made of parts until a signal, or an error that nobody caught. It stops within the deadline; a second
 * signal ends it at once.
 */
export function runParts({
  log,
  parts,
  onStopping,
  deadlineMs = DEADLINE_MS,
  exit = (code) => process.exit(code),
}: RunOptions): Running {
  const running: Part[] = [];
  let phase: "starting" | "running" | "stopping" = "starting";
  let stopping: Promise<void> | null = null;

  async function startAll(): Promise<boolean> {
    for (const part of parts) {
      if (phase === "stopping") return false;
      try {
        running.push(part); // before it has started: what failed half-way is stopped too
        await part.start?.();
      } catch (error) {
        log.fatal({ err: error, part: part.name }, "A part could not be started");
        void stop(1);
        return false;
      }
    }
    if (phase !== "starting") return false;
    phase = "running";
    return true;
  }

  function stop(code = 0): Promise<void> {
    stopping ??= stopAll(code);
    return stopping;
  }

  async function stopAll(code: number): Promise<void> {
    phase = "stopping";
    const end = Date.now() + deadlineMs;
    let clean = true;
    try {
      onStopping?.();
    } catch (error) {
      log.error({ err: error }, "Stopping could not be announced");
    }
    for (const part of running.reverse()) {
      const leftMs = Math.max(0, end - Date.now());
      const work = (async () => part.stop?.(leftMs))();
      work.catch((error: unknown) => {
        clean = false;
        log.error({ err: error, part: part.name }, "A part could not be stopped properly");
      });
      if (!(await within(work, leftMs))) {
        clean = false;
        log.error({ part: part.name, deadlineMs }, "A part did not stop in time");
      }
    }
    log.info({ clean }, "Stopped");
    finish(code !== 0 || clean ? code : 1);
  }

  function finish(code: number): void {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    process.off("uncaughtException", onUncaught);
    process.off("unhandledRejection", onUncaught);
    exit(code);
  }

  function onSignal(signal: NodeJS.Signals): void {
    if (phase === "stopping") {
      log.warn({ signal }, "Told to stop twice; stopping at once");
      finish(1);
      return;
    }
    log.info({ signal }, "Stopping");
    void stop();
  }

  function onUncaught(error: unknown): void {
    // once: what stopping throws after that is a consequence
    if (phase !== "stopping") log.fatal({ err: error }, "An error that nobody caught; stopping");
    void stop(1);
  }

  for (const signal of SIGNALS) process.on(signal, onSignal);
  process.on("uncaughtException", onUncaught);
  process.on("unhandledRejection", onUncaught);
  const started = startAll();

  return {
    health() {
      const health = summarize(
        Object.fromEntries(running.flatMap((part) => (part.health === undefined ? [] : [[part.name, part.health()]]))),
      );
      return phase === "running" ? health : { ...health, ready: false };
    },
    started: () => started,
    stop,
  };
}
