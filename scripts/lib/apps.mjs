import { join } from "node:path";
import { launch } from "./processes.mjs";
import { prefixed } from "./output.mjs";
import { until } from "./ports.mjs";
import { seconds, warn } from "./progress.mjs";
import { root } from "./project.mjs";

/** Longer than the 25 s in which the processes promise to finish what they do. */
const graceMs = 28_000;

const tsx = join(root, "node_modules/tsx/dist/cli.mjs");

/**
 * Both make little that lives longer than a request: a small nursery saves a third of the worker's memory, and one of this
 * size is emptied often enough that waking helping threads for it costs more than they save.
 * Drawing pages leaves so much behind that the web process would grow to half a gigabyte before it cleans up; it needs 100 MB.
 */
export const flags = {
  worker: ["--max-semi-space-size=8", "--no-parallel-scavenge"],
  web: ["--max-semi-space-size=8", "--max-old-space-size=256"],
};

/** How each process is started, from its bundle or (dev) from its source with reload. @param {"web" | "worker"} name @param {boolean} dev */
const argsOf = (name, dev) =>
  dev
    ? [tsx, "watch", "--clear-screen=false", join(root, `server/${name}.ts`)]
    : [...flags[name], "--enable-source-maps", join(root, `dist/${name}.mjs`)];

/** Where a process says whether it is ready. @param {"web" | "worker"} name @param {Record<string, string>} env */
function readyUrl(name, env) {
  if (name === "web")
    return `http://${["", "0.0.0.0", "::"].includes(env.HOST ?? "") ? "127.0.0.1" : env.HOST}:${env.PORT}/api/ready`;
  const [, host = "", port = "2112"] = /^\[?(.*?)\]?:(\d+)$/.exec(env.PROMETHEUS_LISTEN_ADDRESS ?? "") ?? [];
  return `http://${["", "0.0.0.0", "::"].includes(host) ? "127.0.0.1" : host}:${port}/ready`;
}

/**
 * Starts web or worker and keeps it running: what crashes is started again, after 1, 2, 4 … 30 s.
 * @param {"web" | "worker"} name
 * @param {{ env: Record<string, string>, dev?: boolean, onLine?: (line: string) => void, restart?: boolean }} options
 */
export function startApp(name, { env, dev = false, onLine = prefixed(name), restart = true }) {
  let stopping = false;
  let crashes = 0;
  let lastEnd = "";
  const start = () =>
    launch({
      name,
      command: process.execPath,
      args: argsOf(name, dev),
      env: { ...process.env, ...env },
      cwd: root,
      onLine,
      graceMs,
    });
  let current = start();
  const keep = async () => {
    for (let delay = 1000; ;) {
      const began = performance.now();
      lastEnd = await current.exited;
      if (stopping) return;
      crashes++;
      await current.stop();
      if (!restart) return;
      if (performance.now() - began > 60_000) delay = 1000;
      warn(`${name} ${lastEnd}; starting it again in ${seconds(delay)}`);
      await new Promise((resolve) => setTimeout(resolve, delay));
      delay = Math.min(delay * 2, 30_000);
      if (stopping) return;
      current = start();
    }
  };
  void keep();
  return {
    /** Waits until the process says that it can serve. @param {number} timeoutMs */
    ready: (timeoutMs = 60_000) =>
      until(async () => (await fetch(readyUrl(name, env), { signal: AbortSignal.timeout(5000) })).ok, {
        timeoutMs,
        what: name,
        aborted: () => (stopping ? "was told to stop" : crashes > (restart ? 2 : 0) ? lastEnd : undefined),
      }),
    async stop() {
      stopping = true;
      await current.stop();
    },
  };
}
