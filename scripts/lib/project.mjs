import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Repository root. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** Where everything generated at run time lives; `VOIPBIN_DATA` moves it. */
export const dataDir = resolve(root, process.env.VOIPBIN_DATA || ".data");

/** Creates a folder that only this user can enter. @param {string} path */
export function ensurePrivateDir(path) {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}

/** @param {string} path @returns {any} undefined when the file is missing or not JSON */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** Writes by rename, so that a reader never sees half a file. @param {string} path @param {string} text @param {number} mode */
export function writeFileAtomic(path, text, mode = 0o600) {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.${randomBytes(3).toString("hex")}`;
  writeFileSync(draft, text, { mode });
  chmodSync(draft, mode);
  renameSync(draft, path);
}

/** @param {string} path @param {unknown} value @param {number} mode */
export function writeJson(path, value, mode = 0o600) {
  writeFileAtomic(path, `${JSON.stringify(value, null, 2)}\n`, mode);
}

/** A random secret, safe in URLs and DSNs. @param {number} bytes */
export const randomSecret = (bytes = 24) => randomBytes(bytes).toString("base64url");

/**
 * Secrets of this installation, each made once and kept in `<dir>/secrets.json` (mode 0600).
 * @param {string} dir
 */
export function openSecrets(dir) {
  const path = join(ensurePrivateDir(dir), "secrets.json");
  const secrets = readJson(path) ?? {};
  return {
    /** @param {string} name @returns {string} */
    get(name) {
      if (!secrets[name]) {
        secrets[name] = randomSecret(32);
        writeJson(path, secrets);
      }
      return secrets[name];
    },
  };
}
