import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { ensurePrivateDir } from "../project.mjs";
import { findBinary, launch } from "../processes.mjs";
import { isListening, loopback, until } from "../ports.mjs";

/**
 * Sends inline commands and returns the raw replies; enough for PING, AUTH, SELECT and SET, and needs no client.
 * @param {{ host?: string, port: number, password?: string }} redis @param {string[]} commands
 * @returns {Promise<string[]>} one line per command
 */
export function ask({ host = loopback, port, password }, commands) {
  const all = password ? [`AUTH ${password}`, ...commands] : commands;
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: 2000 });
    let text = "";
    socket.once("connect", () => socket.write(all.map((command) => `${command}\r\n`).join("")));
    socket.on("data", (chunk) => {
      text += chunk;
      const lines = text
        .split("\r\n")
        .slice(0, -1)
        .filter((line) => !/^\$\d/.test(line));
      if (lines.length >= all.length) {
        socket.end();
        resolve(lines.slice(all.length - commands.length));
      }
    });
    socket.once("error", reject);
    socket.once("timeout", () => {
      socket.destroy();
      reject(new Error("no answer"));
    });
  });
}

/**
 * The server on the standard port, when it takes writes without a password.
 * @returns {Promise<{ access: { port: number } } | { refusal: string } | undefined>} undefined when nothing listens
 */
export async function probeLoopback({ port = 6379 } = {}) {
  if (!(await isListening(port))) return undefined;
  try {
    const [pong = "", written = ""] = await ask({ port }, ["PING", "SET voipbin:probe 1 EX 1"]);
    if (pong === "+PONG" && written === "+OK") return { access: { port } };
    return { refusal: `does not let us in (${(pong === "+PONG" ? written : pong).slice(1, 40)})` };
  } catch (error) {
    return { refusal: `does not let us in (${/** @type {Error} */ (error).message})` };
  }
}

export const installed = () => Boolean(findBinary("redis-server", "valkey-server"));

/**
 * Starts a Redis of our own.
 * @param {{ dir: string, port: number, password: string, logFile: string, durable: boolean }} options
 */
export async function startPrivate({ dir, port, password, logFile, durable }) {
  const config = join(ensurePrivateDir(dir), "redis.conf");
  const lines = [
    `port ${port}`,
    `bind ${loopback}`,
    `dir "${dir}"`,
    `requirepass ${password}`,
    "daemonize no",
    durable ? "save 60 1" : 'save ""',
    "appendonly no",
  ];
  writeFileSync(config, `${lines.join("\n")}\n`, { mode: 0o600 });
  const command = findBinary("redis-server", "valkey-server") ?? "redis-server";
  const child = launch({ name: "redis", command, args: [config], logFile, graceMs: 10_000 });
  const access = { port, password };
  await until(async () => (await ask(access, ["PING"]))[0] === "+PONG", {
    timeoutMs: 20_000,
    what: `Redis on port ${port}`,
    aborted: child.ended,
    everyMs: 30,
  }).catch(async (error) => {
    await child.stop();
    throw error;
  });
  return { access, child };
}
