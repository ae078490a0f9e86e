// A throw-away installation for a measurement: a database and a RabbitMQ vhost of its own, and the built worker on them.
import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { flags } from "../../scripts/lib/apps.mjs";

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const mysql = require("mysql2/promise");
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** Servers of the measurement; environment over the standard loopback ports. */
const servers = {
  mysql: process.env.BENCH_MYSQL_URL ?? "mysql://root@127.0.0.1:3306",
  redis: process.env.BENCH_REDIS_ADDRESS ?? "127.0.0.1:6379",
  redisDatabase: process.env.BENCH_REDIS_DATABASE ?? "8",
  amqp: process.env.BENCH_AMQP_URL ?? "amqp://guest:guest@127.0.0.1:5672",
};

/** More flags for the process that is measured: `--cpu-prof`, `--trace-gc`. */
export const measuring = (process.env.BENCH_NODE_FLAGS ?? "").split(" ").filter(Boolean);

const ticks = Number(process.env.CLK_TCK ?? 100);

/** CPU time of a process in milliseconds, and its resident memory in MB. */
export function usage(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? "0";
  return { cpuMs: ((Number(fields[11]) + Number(fields[12])) / ticks) * 1000, residentMb: Number(resident) / 1024 };
}

export function machine() {
  return `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
}

/** @param {{ siblings?: string, env?: Record<string, string> }} options */
export async function openInstallation({ siblings = "", env = {} } = {}) {
  const name = `bench_${randomBytes(4).toString("hex")}`;
  const vhost = await makeVhost(name);
  const amqpUrl = vhost === null ? servers.amqp : `${servers.amqp.replace(/\/+$/, "")}/${vhost}`;
  const admin = await mysql.createConnection(servers.mysql);
  const dsn = `${servers.mysql.replace(/\/+$/, "")}/${name}`;
  const asteriskDsn = `${dsn}_asterisk`;
  const environment = {
    ...process.env,
    NODE_ENV: "production",
    LOG_LEVEL: "warn",
    DATABASE_DSN: dsn,
    DATABASE_DSN_ASTERISK: asteriskDsn,
    RABBITMQ_ADDRESS: amqpUrl,
    REDIS_ADDRESS: servers.redis,
    REDIS_DATABASE: servers.redisDatabase,
    SIBLINGS: siblings,
    PROMETHEUS_LISTEN_ADDRESS: "127.0.0.1:0",
    ...env,
  };
  await run(process.execPath, [`${root}/dist/migrate.mjs`], { env: environment });
  const workers = new Set();

  return {
    name,
    amqpUrl,
    dsn,
    database: await mysql.createConnection({ uri: dsn, dateStrings: true, multipleStatements: true }),
    asterisk: await mysql.createConnection({ uri: asteriskDsn, dateStrings: true, multipleStatements: true }),
    environment,
    /** Starts a worker and waits until it consumes. */
    async startWorker(more = {}) {
      const child = spawn(process.execPath, [...flags.worker, ...measuring, `${root}/dist/worker.mjs`], {
        env: { ...environment, ...more },
        stdio: ["ignore", "inherit", "inherit"],
      });
      workers.add(child);
      child.once("exit", () => workers.delete(child));
      return child;
    },
    async close() {
      for (const child of workers) {
        const gone = new Promise((resolve) => child.once("exit", resolve));
        child.kill("SIGTERM");
        await gone;
      }
      await this.database.end();
      await this.asterisk.end();
      await admin.query(`drop database \`${name}\``);
      await admin.query(`drop database \`${name}_asterisk\``);
      await admin.end();
      if (vhost !== null) await run("rabbitmqctl", ["delete_vhost", vhost]).catch(() => undefined);
    },
  };
}

/** A database alone: one of an earlier run, or a new and empty one. @param {string | null} dsn */
export async function openDatabaseOnly(dsn) {
  const name = `bench_${randomBytes(4).toString("hex")}`;
  const address = dsn ?? `${servers.mysql.replace(/\/+$/, "")}/${name}`;
  if (dsn === null) {
    const admin = await mysql.createConnection(servers.mysql);
    await admin.query(`create database \`${name}\` character set utf8mb4`);
    await admin.end();
  }
  const connection = await mysql.createConnection({ uri: address, dateStrings: true, multipleStatements: true });
  return {
    dsn: address,
    isNew: dsn === null,
    connection,
    /** @param {boolean} keep what was made, for another run */
    async close(keep) {
      if (dsn === null && !keep) await connection.query(`drop database \`${name}\``);
      else console.error(`kept: --database ${address}`);
      await connection.end();
    },
  };
}

/** A vhost of its own where rabbitmqctl lets us; else the one of the address. */
async function makeVhost(name) {
  try {
    const user = decodeURIComponent(new URL(servers.amqp).username || "guest");
    await run("rabbitmqctl", ["add_vhost", name]);
    await run("rabbitmqctl", ["set_permissions", "-p", name, user, ".*", ".*", ".*"]);
    return name;
  } catch {
    return null;
  }
}

/** Rows of texts as a Markdown table. */
export function printTable(head, rows) {
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => String(row[i]).length)));
  const line = (cells) => `| ${cells.map((cell, i) => String(cell).padEnd(widths[i])).join(" | ")} |`;
  console.log([line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n"));
}

export const percentile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
