import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { toDsn, toMysqlUrl, toRedisUrl } from "./addresses.mjs";
import { lockHolder, tryLock } from "./lock.mjs";
import { Hint, step } from "./progress.mjs";
import { dataDir } from "./project.mjs";
import { orderOf, provideServers } from "./services.mjs";
import { createDatabase, dropDatabases } from "./servers/mariadb.mjs";
import { changeVhost } from "./servers/rabbitmq.mjs";
import { ask } from "./servers/redis.mjs";

/**
 * @typedef {object} TestEnvironment
 * @property {string} id names this run, and everything that it makes
 * @property {string} dir its folder, gone afterwards
 * @property {Record<string, string>} env where tests find their servers
 * @property {(name: string) => Promise<Record<string, string>>} installation makes two empty databases and says how
 *   processes reach them
 * @property {() => Promise<void>} stop ends and removes all of it
 */

/** Removes what runs left that were killed. @param {string} folder */
function sweep(folder) {
  for (const name of readdirSync(folder)) {
    if (!lockHolder(join(folder, name, "lock"))) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** What the environment names for tests; never an installation's own variables. */
function named() {
  const { TEST_MYSQL_URL, TEST_REDIS_URL, TEST_AMQP_URL } = process.env;
  const mysql = TEST_MYSQL_URL ? new URL(TEST_MYSQL_URL) : undefined;
  const redis = TEST_REDIS_URL ? new URL(TEST_REDIS_URL) : undefined;
  const text = (/** @type {string} */ part) => decodeURIComponent(part);
  return {
    ...(mysql && {
      mysql: {
        host: mysql.hostname,
        port: Number(mysql.port || 3306),
        user: text(mysql.username),
        password: text(mysql.password),
      },
    }),
    ...(redis && {
      redis: {
        host: redis.hostname,
        port: Number(redis.port || 6379),
        password: text(redis.password),
        database: Number(redis.pathname.slice(1) || 0),
      },
    }),
    ...(TEST_AMQP_URL && { amqp: TEST_AMQP_URL }),
  };
}

/** An index of a shared Redis that is empty and that no other run has taken. @param {{ port: number }} redis @param {string} id */
async function claimRedisIndex(redis, id) {
  for (let index = 15; index > 0; index--) {
    const [size = ""] = (await ask(redis, [`SELECT ${index}`, "DBSIZE"])).slice(-1);
    if (size !== ":0") continue;
    const [answer] = await ask(redis, [`SET voipbin-test:index:${index} ${id} NX EX 1800`]);
    if (answer === "+OK") return index;
  }
  throw new Hint(
    "Redis on port 6379 has no empty database left for the tests; redis-server installed would give them their own",
  );
}

/**
 * Servers for one run of the tests. Private throw-away instances where the binaries are installed: nothing is shared,
 * nothing is left. Else the servers on the standard ports, with databases, Redis index and vhost of the run's own.
 * @param {{ register?: (stop: () => Promise<void>) => void }} options
 * @returns {Promise<TestEnvironment>}
 */
export async function createTestEnvironment({ register = () => {} } = {}) {
  const id = randomBytes(4).toString("hex");
  const folder = join(dataDir, "test");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  sweep(folder);
  const dir = join(folder, id);
  mkdirSync(dir, { mode: 0o700 });
  tryLock(join(dir, "lock"));
  /** @type {(() => Promise<unknown>)[]} */
  const undo = [async () => rmSync(dir, { recursive: true, force: true })];
  const stop = async () => {
    for (const action of undo.splice(0).reverse()) await action().catch(() => {});
  };
  register(stop);

  const servers = await provideServers({
    dir,
    named: named(),
    order: orderOf(["private", "loopback"]),
    durable: false,
    project: `voipbin-test-${id}`,
    register: (end) => undo.push(end),
  });
  const prefix = `t${id}_`;
  if (servers.sources.mysql !== "private") undo.push(() => dropDatabases(servers.mysql, prefix));

  const redis = { ...servers.redis, database: /** @type {any} */ (servers.redis).database ?? 0 };
  if (servers.sources.redis === "loopback") {
    redis.database = await claimRedisIndex(redis, id);
    undo.push(() => ask(redis, [`DEL voipbin-test:index:${redis.database}`, `SELECT ${redis.database}`, "FLUSHDB"]));
  }
  let amqp = servers.amqp;
  if (servers.sources.amqp === "loopback") {
    const vhost = `test-${id}`;
    if (!(await step(`RabbitMQ vhost ${vhost}`, () => changeVhost(vhost, "add")))) {
      throw new Hint(
        "RabbitMQ on port 5672 cannot be administered from here, so the tests cannot have a vhost of their own: install rabbitmq-server, or name a broker for tests in TEST_AMQP_URL",
      );
    }
    undo.push(() => changeVhost(vhost, "delete"));
    amqp = `${amqp}/${vhost}`;
  }
  const shared = {
    REDIS_ADDRESS: `${redis.host ?? "127.0.0.1"}:${redis.port}`,
    REDIS_PASSWORD: redis.password ?? "",
    REDIS_DATABASE: String(redis.database),
    RABBITMQ_ADDRESS: amqp,
  };
  return {
    id,
    dir,
    env: {
      ...shared,
      TEST_MYSQL_URL: toMysqlUrl(servers.mysql),
      TEST_REDIS_URL: toRedisUrl(redis),
      TEST_AMQP_URL: amqp,
    },
    async installation(name) {
      const databases = [`${prefix}${name}_bin`, `${prefix}${name}_asterisk`];
      for (const database of databases) await createDatabase(servers.mysql, database);
      const [bin = "", asterisk = ""] = databases.map((database) => toDsn(servers.mysql, database));
      return { ...shared, DATABASE_DSN: bin, DATABASE_DSN_BIN: bin, DATABASE_DSN_ASTERISK: asterisk };
    },
    stop,
  };
}
