import { randomInt } from "node:crypto";
import { connect, createServer } from "node:net";

/** Loopback only: nothing these scripts start is reachable from outside. */
export const loopback = "127.0.0.1";

/** Below Linux' ephemeral range (32768 up), so that no outgoing connection can take the port between choice and use. */
const range = { from: 20_000, to: 32_000 };

/** Whether something accepts connections there. @param {number} port @param {string} host @returns {Promise<boolean>} */
export function isListening(port, host = loopback) {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1000 });
    const answer = (/** @type {boolean} */ value) => {
      socket.destroy();
      resolve(value);
    };
    socket.once("connect", () => answer(true));
    socket.once("error", () => answer(false));
    socket.once("timeout", () => answer(false));
  });
}

/** Whether a server may bind there now. @param {number} port @param {string} host @returns {Promise<boolean>} */
export function isFree(port, host = loopback) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** A random free port. @param {Set<number>} taken ports already promised to somebody; the answer is added */
export async function freePort(taken = new Set()) {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = randomInt(range.from, range.to);
    if (!taken.has(port) && (await isFree(port))) {
      taken.add(port);
      return port;
    }
  }
  throw new Error(`no free port between ${range.from} and ${range.to}`);
}

/** The first free port from `port` upwards. @param {number} port @param {string} host */
export async function nextFreePort(port, host = loopback) {
  for (let candidate = port; candidate < port + 100; candidate++) {
    if (await isFree(candidate, host)) return candidate;
  }
  throw new Error(`ports ${port} to ${port + 99} are all taken`);
}

/**
 * Waits until `probe` answers truthy. A condition, never a fixed time.
 * @template T
 * @param {() => Promise<T>} probe
 * @param {{ timeoutMs: number, what: string, everyMs?: number, aborted?: () => string | undefined }} options
 * @returns {Promise<T>}
 */
export async function until(probe, { timeoutMs, what, everyMs = 100, aborted }) {
  const deadline = performance.now() + timeoutMs;
  let last = "";
  for (;;) {
    const reason = aborted?.();
    if (reason) throw new Error(`${what}: ${reason}`);
    try {
      const value = await probe();
      if (value) return value;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    if (performance.now() > deadline) {
      throw new Error(`${what} did not answer within ${timeoutMs / 1000} s${last ? ` (${last})` : ""}`);
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
