import { mkdirSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { parseDsn, toAmqpUrl, withoutPassword } from "./addresses.mjs";
import { canInstall, composeServices, hasDocker, installPackages } from "./install.mjs";
import { freePort, isFree, until } from "./ports.mjs";
import { Hint, step, warn } from "./progress.mjs";
import { ensurePrivateDir, openSecrets, readJson, writeJson } from "./project.mjs";
import * as mariadb from "./servers/mariadb.mjs";
import * as rabbitmq from "./servers/rabbitmq.mjs";
import * as redis from "./servers/redis.mjs";

/**
 * @typedef {object} Servers
 * @property {import("./addresses.mjs").MysqlAccess} mysql
 * @property {{ host?: string, port: number, password?: string }} redis
 * @property {string} amqp
 * @property {Record<Name, "environment" | "loopback" | "private" | "docker">} sources
 * @property {() => Promise<void>} stop ends what was started here, and nothing else
 *
 * @typedef {"mysql" | "redis" | "amqp"} Name
 *
 * @typedef {object} Service
 * @property {string} label @property {string} debian @property {string} compose @property {number} port
 * @property {string} variable
 * @property {(durable: boolean) => Promise<{ access: any } | { refusal: string } | undefined>} probe
 * @property {() => boolean} installed
 */

/** @type {Record<Name, Service>} */
const services = {
  mysql: {
    label: "MariaDB",
    debian: "mariadb-server",
    compose: "mariadb",
    port: 3306,
    variable: "DATABASE_DSN",
    probe: (databases) => mariadb.probeLoopback({ databases }),
    installed: mariadb.installed,
  },
  redis: {
    label: "Redis",
    debian: "redis-server",
    compose: "redis",
    port: 6379,
    variable: "REDIS_ADDRESS",
    probe: () => redis.probeLoopback(),
    installed: redis.installed,
  },
  amqp: {
    label: "RabbitMQ",
    debian: "rabbitmq-server",
    compose: "rabbitmq",
    port: 5672,
    variable: "RABBITMQ_ADDRESS",
    probe: () => rabbitmq.probeLoopback(),
    installed: rabbitmq.installed,
  },
};

/**
 * Where to look besides the environment: `VOIPBIN_PRIVATE=1` ignores the standard ports, `VOIPBIN_PRIVATE=0` looks there
 * first; unset, it is as the caller says.
 * @param {("loopback" | "private")[]} usual
 */
export function orderOf(usual) {
  if (process.env.VOIPBIN_PRIVATE === "1") return /** @type {const} */ (["private"]);
  return process.env.VOIPBIN_PRIVATE === "0" ? /** @type {const} */ (["loopback", "private"]) : usual;
}

/** What the environment names, per server. @param {Record<string, string | undefined>} env @returns {Partial<Record<Name, any>>} */
export function namedByEnvironment(env) {
  const dsn = env.DATABASE_DSN_BIN || env.DATABASE_DSN;
  const mysql = dsn ? parseDsn(dsn) : undefined;
  if (dsn && !mysql)
    throw new Hint("DATABASE_DSN is neither user:pass@tcp(host:3306)/db nor mysql://user:pass@host/db");
  const [, host = "", port = "6379"] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(env.REDIS_ADDRESS ?? "") ?? [];
  return {
    ...(mysql && { mysql }),
    ...(env.REDIS_ADDRESS && {
      redis: { host: host || "127.0.0.1", port: Number(port), password: env.REDIS_PASSWORD || "" },
    }),
    ...(env.RABBITMQ_ADDRESS && { amqp: env.RABBITMQ_ADDRESS }),
  };
}

/** Waits until a server that somebody else started lets us in. @param {Name} name @param {any} access */
async function awaitAnswer(name, access) {
  const probes = {
    mysql: () => mariadb.withMysql(access, () => Promise.resolve(true)),
    redis: async () => (await redis.ask(access, ["PING"]))[0] === "+PONG",
    amqp: () => rabbitmq.canConnect(access),
  };
  const where = name === "amqp" ? withoutPassword(access) : `${access.host ?? "127.0.0.1"}:${access.port}`;
  await until(probes[name], { timeoutMs: 30_000, everyMs: 500, what: `${services[name].label} at ${where}` });
  return where;
}

/** @param {Name} name @param {any} access */
async function awaitNamed(name, access) {
  try {
    return `at ${await awaitAnswer(name, access)}, named by the environment`;
  } catch (error) {
    throw new Hint(
      `${/** @type {Error} */ (error).message}\nThe environment (${services[name].variable}) names this server; it has to be reachable.`,
    );
  }
}

/** Remembered ports of the private instances, chosen anew where somebody else took one. @param {string} dir */
async function rememberedPorts(dir) {
  const path = join(dir, "ports.json");
  const ports = readJson(path) ?? {};
  const taken = new Set(/** @type {number[]} */ (Object.values(ports)));
  return {
    /** @param {string} name @returns {Promise<number>} */
    async get(name) {
      const known = ports[name];
      // A previous instance may still be shutting down: its port is worth a moment.
      const free = known && (await until(() => isFree(known), { timeoutMs: 20_000, what: name }).catch(() => false));
      if (!free) {
        ports[name] = await freePort(taken);
        writeJson(path, ports);
      }
      return ports[name];
    },
  };
}

/**
 * Finds or starts the three servers, each by the first way that works: what the environment names, what listens on
 * the standard loopback port and lets us in, a private instance from installed binaries, apt-get, docker compose.
 * @param {{ dir: string, named?: Partial<Record<Name, any>>, order?: readonly ("loopback" | "private")[], durable?: boolean,
 *   names?: Name[], project?: string, onExit?: (label: string, how: string) => void,
 *   register?: (stop: () => Promise<void>) => void }} options
 *   `dir` holds the private instances; `durable: false` makes throw-away ones; `names` limits to some of the servers;
 *   `register` gets the stop function at once, for those who are told to end before everything is up
 * @returns {Promise<Servers>}
 */
export async function provideServers({
  dir,
  named = {},
  order = ["loopback", "private"],
  durable = true,
  names = ["mysql", "redis", "amqp"],
  project = "voipbin",
  onExit = () => {},
  register = () => {},
}) {
  ensurePrivateDir(dir);
  const secrets = openSecrets(dir);
  const ports = await rememberedPorts(dir);
  const logs = join(dir, "logs");
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  /** @type {(() => Promise<void>)[]} */
  const stops = [];
  let stopping = false;
  const stop = async () => {
    stopping = true;
    await Promise.all(stops.map((end) => end()));
  };
  register(stop);
  const found = /** @type {Record<Name, any>} */ ({});
  const sources = /** @type {Servers["sources"]} */ ({});
  /** @param {Name} name @param {any} access @param {"environment" | "loopback" | "private" | "docker"} source */
  const settle = (name, access, source) => {
    found[name] = access;
    sources[name] = source;
  };

  const logFile = (/** @type {string} */ name) => {
    const path = join(logs, `${name}.log`);
    try {
      if (statSync(path).size > 5_000_000) truncateSync(path);
    } catch {
      // It does not exist yet.
    }
    return path;
  };
  /** @param {Name} name @returns {Promise<{ access: any, child: import("./processes.mjs").Child }>} */
  const startPrivate = async (name) => {
    const common = { dir: join(dir, services[name].compose), port: await ports.get(name), durable };
    if (name === "mysql")
      return mariadb.startPrivate({ ...common, password: secrets.get("mariadb"), logFile: logFile("mariadb") });
    if (name === "redis")
      return redis.startPrivate({ ...common, password: secrets.get("redis"), logFile: logFile("redis") });
    return rabbitmq.startPrivate({
      ...common,
      distributionPort: await ports.get("rabbitmqDistribution"),
      epmdPort: await ports.get("epmd"),
      password: secrets.get("rabbitmq"),
      logFile: logFile("rabbitmq"),
    });
  };
  /** Starts a private instance and starts it again, with back-off, should it die under us. @param {Name} name */
  const keepPrivate = async (name) => {
    let current = await startPrivate(name);
    stops.push(() => current.child.stop());
    if (stopping) await current.child.stop();
    const watch = async () => {
      for (let delay = 500; !stopping;) {
        const began = performance.now();
        const how = await current.child.exited;
        if (stopping) return;
        await current.child.stop();
        onExit(services[name].label, how);
        if (performance.now() - began > 60_000) delay = 500;
        await new Promise((resolve) => setTimeout(resolve, delay));
        delay = Math.min(delay * 2, 30_000);
        current = await startPrivate(name).catch((error) => {
          warn(`${services[name].label}: ${error.message}`);
          return current;
        });
        if (stopping) await current.child.stop();
      }
    };
    void watch();
    settle(name, current.access, "private");
    return `private instance in ${join(dir, services[name].compose)}, port ${await portOf(current.access)}`;
  };
  const portOf = async (/** @type {any} */ access) => access.port ?? new URL(access.url).port;

  /** @param {Name} name @returns {Promise<boolean>} whether it was found running */
  const findRunning = async (name) => {
    if (named[name]) {
      await step(services[name].label, () => awaitNamed(name, named[name]));
      settle(name, named[name], "environment");
      return true;
    }
    if (!order.includes("loopback")) return false;
    const answer = await services[name].probe(durable);
    if (!answer) return false;
    if ("refusal" in answer) {
      warn(`${services[name].label} on port ${services[name].port} ${answer.refusal}`);
      return false;
    }
    await step(services[name].label, () => `running on 127.0.0.1:${services[name].port}`);
    settle(name, answer.access, "loopback");
    return true;
  };

  try {
    // Where the private instance comes first (tests), what already listens is only the second choice.
    const privateFirst = order[0] === "private";
    const first = privateFirst ? names.filter((name) => !named[name] && services[name].installed()) : [];
    const running = await Promise.all(
      names.filter((name) => !first.includes(name)).map(async (name) => ((await findRunning(name)) ? [] : [name])),
    );
    const open = running.flat();
    const missing = open.filter((name) => !services[name].installed());
    let docker = /** @type {Name[]} */ ([]);
    if (missing.length > 0) {
      const packages = missing.map((name) => services[name].debian);
      if (canInstall()) await step(`apt-get install ${packages.join(" ")}`, () => installPackages(packages));
      docker = missing.filter((name) => !services[name].installed());
      if (docker.length > 0 && !(await hasDocker())) throw new Hint(howToInstall(docker));
    }
    const started = await Promise.allSettled([
      ...[...first, ...open.filter((name) => !docker.includes(name))].map((name) =>
        step(services[name].label, () => keepPrivate(name)),
      ),
      ...(docker.length > 0 ? [step("docker compose", () => startInDocker(docker))] : []),
    ]);
    for (const result of started) if (result.status === "rejected") throw result.reason;
  } catch (error) {
    await stop();
    throw error;
  }
  return { mysql: found.mysql, redis: found.redis, amqp: found.amqp?.url ?? found.amqp, sources, stop };

  /** @param {Name[]} wanted */
  async function startInDocker(wanted) {
    const env = {
      VOIPBIN_MARIADB_PORT: String(await ports.get("mysql")),
      VOIPBIN_MARIADB_PASSWORD: secrets.get("mariadb"),
      VOIPBIN_REDIS_PORT: String(await ports.get("redis")),
      VOIPBIN_REDIS_PASSWORD: secrets.get("redis"),
      VOIPBIN_RABBITMQ_PORT: String(await ports.get("amqp")),
      VOIPBIN_RABBITMQ_PASSWORD: secrets.get("rabbitmq"),
    };
    const containers = composeServices({ project, services: wanted.map((name) => services[name].compose), env });
    stops.push(durable ? containers.stop : containers.remove);
    await containers.up();
    const accesses = {
      mysql: {
        host: "127.0.0.1",
        port: Number(env.VOIPBIN_MARIADB_PORT),
        user: "root",
        password: env.VOIPBIN_MARIADB_PASSWORD,
      },
      redis: { port: Number(env.VOIPBIN_REDIS_PORT), password: env.VOIPBIN_REDIS_PASSWORD },
      amqp: toAmqpUrl({
        user: "voipbin",
        password: env.VOIPBIN_RABBITMQ_PASSWORD,
        port: Number(env.VOIPBIN_RABBITMQ_PORT),
      }),
    };
    for (const name of wanted) {
      await awaitAnswer(name, accesses[name]);
      settle(name, accesses[name], "docker");
    }
    return wanted.map((name) => services[name].label).join(", ");
  }
}

/** @param {Name[]} names */
function howToInstall(names) {
  const labels = names.map((name) => services[name].label).join(", ");
  const variables = names.map((name) => services[name].variable).join(", ");
  return [
    `Not found: ${labels}. One of these helps:`,
    `  sudo apt-get install ${names.map((name) => services[name].debian).join(" ")}     (Debian, Ubuntu; then run this again)`,
    "  start Docker or another engine with `docker compose`                  (then run this again)",
    `  name servers that you have in the environment: ${variables}     (see README, Configuration)`,
  ].join("\n");
}
