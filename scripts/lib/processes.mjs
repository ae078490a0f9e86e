import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, openSync, readFileSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";

/** Places of server binaries that a plain user's PATH often lacks. */
const extraPath = ["/usr/sbin", "/usr/local/sbin", "/sbin", "/opt/homebrew/bin", "/opt/homebrew/sbin"];

/** @param {string} path */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Full path of the first of these commands that is installed. @param {...string} names */
export function findBinary(...names) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...extraPath];
  for (const name of names) {
    if (name.includes("/")) {
      if (isExecutable(name)) return name;
      continue;
    }
    const found = folders.map((folder) => join(folder, name)).find(isExecutable);
    if (found) return found;
  }
  return undefined;
}

/** @type {string[] | undefined} */
let deathSignal;
/** The prefix that ends a child when we are killed outright (Linux); empty elsewhere. */
function withDeathSignal() {
  if (deathSignal === undefined) {
    const setpriv = process.platform === "linux" ? findBinary("setpriv") : undefined;
    const works = setpriv && spawnSync(setpriv, ["--pdeathsig", "SIGTERM", "--", "true"]).status === 0;
    deathSignal = works ? [setpriv, "--pdeathsig", "SIGTERM", "--"] : [];
  }
  return deathSignal;
}

/** Everything started by `launch` that has not ended. @type {Set<Child>} */
const alive = new Set();

/** Ends whatever still runs; for the case that we are told to stop before everything is up. */
export const stopEverything = async () => void (await Promise.all([...alive].map((child) => child.stop())));

/**
 * @typedef {object} Child
 * @property {string} name
 * @property {number} pid
 * @property {Promise<string>} exited how it ended, in words; never rejects
 * @property {() => string | undefined} ended the same, as far as known now
 * @property {(signal?: NodeJS.Signals) => Promise<void>} stop asks it to end, waits, and makes sure of its whole group
 */

/**
 * Starts a long-running child in a process group of its own: a Ctrl-C of the terminal reaches only us, we stop the
 * children in order, and should we be killed outright they get SIGTERM from the kernel.
 * @param {{ name: string, command: string, args?: string[], env?: Record<string, string | undefined>, cwd?: string,
 *   logFile?: string, onLine?: (line: string) => void, graceMs?: number }} options
 *   `logFile` takes the output (appended), else `onLine` gets it line by line
 * @returns {Child}
 */
export function launch({ name, command, args = [], env = process.env, cwd, logFile, onLine, graceMs = 15_000 }) {
  const [file, ...prefix] = [...withDeathSignal(), command];
  const out = logFile ? openSync(logFile, "a", 0o600) : "pipe";
  const child = spawn(file, [...prefix, ...args], { cwd, env, detached: true, stdio: ["ignore", out, out] });
  if (!logFile) {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on("line", (line) => onLine?.(line));
    }
  }
  /** @type {string | undefined} */
  let end;
  const exited = new Promise((resolve) => {
    child.once("error", (error) => resolve((end = `could not be started: ${error.message}`)));
    child.once("exit", (code, signal) => resolve((end = signal ? `ended by ${signal}` : `ended with code ${code}`)));
  });
  const signalGroup = (/** @type {NodeJS.Signals} */ signal) => {
    try {
      if (child.pid) process.kill(-child.pid, signal);
    } catch {
      // Nobody of the group is left.
    }
  };
  /** @type {Child} */
  const handle = {
    name,
    pid: child.pid ?? 0,
    exited,
    ended: () => end,
    async stop(signal = "SIGTERM") {
      if (end === undefined) {
        try {
          process.kill(child.pid ?? 0, signal);
        } catch {
          // It has just ended.
        }
        const timer = setTimeout(() => signalGroup("SIGKILL"), graceMs);
        await exited;
        clearTimeout(timer);
      }
      signalGroup("SIGKILL");
    },
  };
  alive.add(handle);
  void exited.then(() => alive.delete(handle));
  return handle;
}

/**
 * Runs a command to its end and collects its output.
 * @param {string} command @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, cwd?: string, timeoutMs?: number, onLine?: (line: string) => void,
 *   signal?: AbortSignal, outlive?: boolean }} options
 *   `outlive` lets it finish even when we end first (a package manager must not be cut off)
 * @returns {Promise<{ code: number, output: string, stdout: string }>}
 */
export function run(command, args, { env = process.env, cwd, timeoutMs, onLine, signal, outlive = false } = {}) {
  return new Promise((resolve) => {
    const [file, ...prefix] = [...(outlive ? [] : withDeathSignal()), command];
    const child = spawn(file, [...prefix, ...args], { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let stdout = "";
    const kill = () => {
      try {
        if (child.pid) process.kill(-child.pid, "SIGKILL");
      } catch {
        // Already gone.
      }
    };
    const timer = timeoutMs ? setTimeout(kill, timeoutMs) : undefined;
    signal?.addEventListener("abort", kill, { once: true });
    if (signal?.aborted) kill();
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
      output += chunk;
    });
    child.stderr.on("data", (chunk) => (output += chunk));
    if (onLine) createInterface({ input: child.stdout }).on("line", onLine);
    const finish = (/** @type {number} */ code) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", kill);
      resolve({ code, output, stdout });
    };
    child.once("error", (error) => {
      output += error.message;
      finish(127);
    });
    child.once("close", (code) => finish(code ?? 1));
  });
}

/** The fields of /proc/<pid>/stat after the name. @param {number} pid @returns {string[]} */
function procStat(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

/** Our parent and its parent (npm runs a script through a shell), to notice when one of them is gone. */
export function ancestry() {
  try {
    return `${process.ppid} ${procStat(process.ppid)[1]}`;
  } catch {
    return `${process.ppid}`;
  }
}

/** Identity of a process that survives reuse of its number. @param {number} pid @returns {string | undefined} */
export function processIdentity(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EPERM") return undefined;
  }
  try {
    const fields = procStat(pid);
    if (fields[0] === "Z") return undefined;
    return `${pid}@${fields[19]}`;
  } catch {
    return `${pid}`;
  }
}
