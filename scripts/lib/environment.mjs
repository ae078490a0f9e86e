import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDsn, toDsn } from "./addresses.mjs";
import { loopback, nextFreePort } from "./ports.mjs";
import { dataDir, openSecrets, writeFileAtomic } from "./project.mjs";
import { createDatabase } from "./servers/mariadb.mjs";

/** Reads `.env` at the root, where there is one; what is set already wins. @param {string} root */
export function loadDotEnv(root) {
  try {
    process.loadEnvFile(join(root, ".env"));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOENT") throw error;
  }
}

/**
 * The environment of web, worker and commands: what the caller set, completed by the servers that were found.
 * @param {import("./services.mjs").Servers} servers @param {Record<string, string | undefined>} env
 * @returns {Record<string, string>} only the variables that we give
 */
export function serverEnvironment(servers, env = process.env) {
  const bin = env.DATABASE_DSN_BIN || env.DATABASE_DSN || toDsn(servers.mysql, "bin_manager");
  return {
    DATABASE_DSN: env.DATABASE_DSN || bin,
    DATABASE_DSN_BIN: bin,
    DATABASE_DSN_ASTERISK: env.DATABASE_DSN_ASTERISK || toDsn(servers.mysql, "asterisk"),
    ...(servers.redis && {
      REDIS_ADDRESS: `${servers.redis.host ?? loopback}:${servers.redis.port}`,
      REDIS_PASSWORD: servers.redis.password ?? "",
      REDIS_DATABASE: env.REDIS_DATABASE || "1",
    }),
    ...(servers.amqp && { RABBITMQ_ADDRESS: servers.amqp }),
  };
}

/** The SIP domains: the same for the running app and for a command beside it. @param {Record<string, string | undefined>} env */
export function sipDomains(env = process.env) {
  const base = env.PROJECT_BASE_DOMAIN || "voipbin.test";
  return {
    DOMAIN_NAME_EXTENSION: env.DOMAIN_NAME_EXTENSION || `registrar.${base}`,
    DOMAIN_NAME_TRUNK: env.DOMAIN_NAME_TRUNK || `trunk.${base}`,
  };
}

/**
 * The rest: ports, domains, secrets. A stand-alone installation has no sibling services unless SIBLINGS names some.
 * @param {{ port: number, host: string, dev: boolean, env?: Record<string, string | undefined> }} options
 */
export async function processEnvironment({ port, host, dev, env = process.env }) {
  const metrics = env.PROMETHEUS_LISTEN_ADDRESS || `${loopback}:${await nextFreePort(2112)}`;
  return {
    NODE_ENV: dev ? "development" : "production",
    PORT: String(port),
    HOST: host,
    PUBLIC_URL: env.PUBLIC_URL || `http://localhost:${port}`,
    AUTH_SECRET: env.AUTH_SECRET || openSecrets(dataDir).get("auth"),
    SIBLINGS: env.SIBLINGS ?? "",
    ...sipDomains(env),
    PROMETHEUS_ENDPOINT: env.PROMETHEUS_ENDPOINT || "/metrics",
    PROMETHEUS_LISTEN_ADDRESS: metrics,
    LOG_LEVEL: env.LOG_LEVEL || "info",
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

/** Creates the databases that the environment's DSNs name, where we may. @param {Record<string, string>} env */
export async function createDatabases(env) {
  const created = [];
  for (const dsn of [env.DATABASE_DSN_BIN, env.DATABASE_DSN_ASTERISK]) {
    const access = parseDsn(dsn ?? "");
    if (!access)
      throw new Error("DATABASE_DSN_ASTERISK is neither user:pass@tcp(host:3306)/db nor mysql://user:pass@host/db");
    const isNew = await createDatabase(access, access.database);
    created.push(`${access.database}${isNew ? " (new)" : ""}`);
  }
  return created.join(", ");
}

const shellFile = join(dataDir, "env");
const shellMarker = "VOIPBIN_LOCAL_ENVIRONMENT";

/** Writes variables for a shell to source (`. .data/env`), readable by this user alone. @param {Record<string, string>} env */
export function writeShellEnvironment(env) {
  const quote = (/** @type {string} */ value) => `'${value.replaceAll("'", `'\\''`)}'`;
  const lines = Object.entries({ ...env, [shellMarker]: dataDir }).map(
    ([name, value]) => `export ${name}=${quote(value)}`,
  );
  writeFileAtomic(shellFile, `${lines.join("\n")}\n`);
}

/** Drops what a shell took from that file: it tells commands where our servers are, it does not name others to us. */
export function forgetShellEnvironment() {
  if (process.env[shellMarker] !== dataDir || !existsSync(shellFile)) return;
  for (const [, name] of readFileSync(shellFile, "utf8").matchAll(/^export (\w+)=/gm)) {
    if (name) delete process.env[name];
  }
}
