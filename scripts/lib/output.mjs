import { cyan, dim, red, say, yellow } from "./progress.mjs";

/** @type {Record<string, string>} */
const levelNames = { 10: "trace", 20: "debug", 30: "info", 40: "warn", 50: "error", 60: "fatal" };
/** @type {Record<string, (text: string) => string>} */
const colours = { warn: yellow, error: red, fatal: red };
const hidden = new Set([
  "level",
  "severity",
  "time",
  "timestamp",
  "pid",
  "hostname",
  "msg",
  "message",
  "name",
  "process",
  "err",
]);

/** A line of JSON log as a person reads it; anything else unchanged. @param {string} line */
export function readableLogLine(line) {
  if (!line.startsWith("{")) return line;
  let entry;
  try {
    entry = JSON.parse(line);
  } catch {
    return line;
  }
  const level = levelNames[entry.level] ?? String(entry.level ?? entry.severity ?? "info").toLowerCase();
  const stamp = new Date(entry.time ?? entry.timestamp ?? Date.now());
  const time = Number.isNaN(stamp.getTime()) ? "" : stamp.toTimeString().slice(0, 8);
  const fields = Object.entries(entry)
    .filter(([key, value]) => !hidden.has(key) && value !== undefined && value !== "")
    .map(([key, value]) => `${key}=${typeof value === "object" ? JSON.stringify(value) : value}`)
    .join(" ");
  const error = entry.err ? ` ${entry.err.message ?? JSON.stringify(entry.err)}` : "";
  const paint = colours[level] ?? ((/** @type {string} */ text) => text);
  return `${dim(time)} ${paint(level.padEnd(5))} ${entry.msg ?? entry.message ?? ""}${error} ${dim(fields)}`.trimEnd();
}

/** Prints a child's lines with its name in front. @param {string} name */
export const prefixed = (name) => (/** @type {string} */ line) =>
  say(`${cyan(name.padEnd(6))} ${dim("│")} ${readableLogLine(line)}`);
