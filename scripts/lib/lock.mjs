import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { processIdentity } from "./processes.mjs";

/** Who holds a lock, if that process still lives. @param {string} path @returns {number | undefined} its pid */
export function lockHolder(path) {
  try {
    const identity = readFileSync(path, "utf8").trim();
    const pid = Number.parseInt(identity, 10);
    return pid && processIdentity(pid) === identity ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Takes a lock file; a lock of a dead process is taken over. @param {string} path @returns {boolean} */
export function tryLock(path) {
  mkdirSync(dirname(path), { recursive: true });
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = openSync(path, "wx", 0o600);
      writeSync(file, processIdentity(process.pid) ?? `${process.pid}`);
      closeSync(file);
      return true;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
      if (lockHolder(path)) return false;
      rmSync(path, { force: true });
    }
  }
  return false;
}

/** Gives a lock of ours back. @param {string} path */
export function unlock(path) {
  if (lockHolder(path) === process.pid) rmSync(path, { force: true });
}

/**
 * Runs `work` while no other process of this checkout does the same.
 * @template T
 * @param {string} path @param {() => T | Promise<T>} work @param {() => void} onWait called once when it has to wait
 * @returns {Promise<T>}
 */
export async function withLock(path, work, onWait = () => {}) {
  for (let waited = false; !tryLock(path); waited = true) {
    if (!waited) onWait();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  try {
    return await work();
  } finally {
    unlock(path);
  }
}
