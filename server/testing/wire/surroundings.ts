import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { connect } from "amqplib";
import mysql, { type Connection } from "mysql2/promise";
import { MYSQL_URL } from "@/db/testing";
import { parseMysqlDsn } from "@/db/dsn";
import { migrateDatabase } from "@/db/migrate";
import { DEAD_LETTER_QUEUE, requestQueue } from "@/server/platform/amqp";
import { METRIC_SERVICES } from "@/server/platform/metrics";
import { testServers } from "@/server/platform/config/test-servers";

const run = promisify(execFile);
/** How long to wait for another test that uses the platform's names on the same broker, in seconds. */
const TURN_SECONDS = 240;

/** What a process of the product needs around it, with the platform's names to itself. */
export interface Surroundings {
  amqpUrl: string;
  /** `mysql://` addresses of two databases of its own; the first one is migrated. */
  bin: string;
  asterisk: string;
  /** For processes: where everything is. */
  env: NodeJS.ProcessEnv;
  /** Rows of a statement in the first database. */
  rows<Row>(sql: string, params?: unknown[]): Promise<Row[]>;
  /** The same in Asterisk's. */
  asteriskRows<Row>(sql: string, params?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/**
 * Databases of a test's own, and a vhost where the broker can be administered from here. Where it cannot, tests that use
 * the platform's queues take turns.
 */
export async function openSurroundings(): Promise<Surroundings> {
  const id = randomBytes(5).toString("hex");
  const admin = await mysql.createConnection(MYSQL_URL);
  const vhost = await makeVhost(`test-${id}`);
  const amqpUrl = vhost ?? testServers().rabbitmq;
  if (vhost === null) await takeTurn(admin);
  const [bin, asterisk] = [`${MYSQL_URL}/test_${id}_bin`, `${MYSQL_URL}/test_${id}_asterisk`] as const;
  await Promise.all([
    migrateDatabase({ target: "bin", dsn: parseMysqlDsn(bin) }),
    migrateDatabase({ target: "asterisk", dsn: parseMysqlDsn(asterisk) }),
  ]);
  const connections = await Promise.all(
    [bin, asterisk].map((uri) => mysql.createConnection({ uri, dateStrings: true, timezone: "Z" })),
  );
  const [rows, asteriskRows] = connections.map((connection) => async <Row>(sql: string, params: unknown[] = []) => {
    const [result] = await connection.query(sql, params);
    return result as Row[];
  }) as [Surroundings["rows"], Surroundings["asteriskRows"]];
  const { redis } = testServers();
  await forgetQueues(amqpUrl);

  return {
    amqpUrl,
    bin,
    asterisk,
    env: {
      ...process.env,
      NODE_ENV: "production",
      LOG_LEVEL: "warn",
      DATABASE_DSN: bin,
      DATABASE_DSN_BIN: "",
      DATABASE_DSN_ASTERISK: asterisk,
      RABBITMQ_ADDRESS: amqpUrl,
      REDIS_ADDRESS: `${redis.host}:${redis.port}`,
      REDIS_PASSWORD: redis.password?.reveal() ?? "",
      REDIS_DATABASE: String(redis.database),
      PROMETHEUS_LISTEN_ADDRESS: "127.0.0.1:0",
      SIBLINGS: "",
      DOMAIN_NAME_EXTENSION: "registrar.voipbin.test",
      DOMAIN_NAME_TRUNK: "trunk.voipbin.test",
      TELNYX_CONNECTION_ID: "conn-1",
      TELNYX_PROFILE_ID: "prof-1",
      TELNYX_TOKEN: "a-token",
    },
    rows,
    asteriskRows,
    async close() {
      await Promise.all(connections.map((connection) => connection.end()));
      await admin.query(`drop database \`test_${id}_bin\``);
      await admin.query(`drop database \`test_${id}_asterisk\``);
      if (vhost === null) await forgetQueues(amqpUrl);
      else await run("rabbitmqctl", ["-q", "delete_vhost", `test-${id}`]).catch(() => undefined);
      await admin.end(); // and with it the turn
    },
  };
}

async function takeTurn(admin: Connection): Promise<void> {
  const [rows] = await admin.query("select get_lock('voipbin-admin platform queues', ?) as got", [TURN_SECONDS]);
  if ((rows as { got: number | null }[])[0]?.got !== 1)
    throw new Error("Another test has kept the platform's queues for too long.");
}

/** @returns its address; null where rabbitmqctl is not there, may not, or administers another broker than the tests' */
async function makeVhost(name: string): Promise<string | null> {
  const url = new URL(testServers().rabbitmq);
  if (!["127.0.0.1", "localhost"].includes(url.hostname) || (url.port || "5672") !== "5672") return null;
  try {
    await run("rabbitmqctl", ["-q", "add_vhost", name], { timeout: 20_000 });
    const user = decodeURIComponent(url.username || "guest");
    await run("rabbitmqctl", ["-q", "set_permissions", "-p", name, user, ".*", ".*", ".*"], { timeout: 20_000 });
    url.pathname = `/${name}`;
    await (await connect(url.toString())).close();
    return url.toString();
  } catch {
    await run("rabbitmqctl", ["-q", "delete_vhost", name], { timeout: 20_000 }).catch(() => undefined);
    return null;
  }
}

/** Nothing that an earlier test left may be taken for ours. */
async function forgetQueues(amqpUrl: string): Promise<void> {
  const connection = await connect(amqpUrl);
  const channel = await connection.createChannel();
  for (const queue of [DEAD_LETTER_QUEUE, ...METRIC_SERVICES.map(requestQueue)]) await channel.deleteQueue(queue);
  await connection.close();
}
