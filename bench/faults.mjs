#!/usr/bin/env node
// Faults under load: 16 clients create and read customers while the worker is killed, and the broker, the database and
// Redis each go away for ten seconds. Then every request is accounted for: lost, done twice, answered untruly, event missing.
//   node bench/faults.mjs [--kills 20] [--outage 10]      (after npm run build; starts servers of its own)
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../scripts/lib/ports.mjs";
import { run } from "../scripts/lib/processes.mjs";
import * as mariadb from "../scripts/lib/servers/mariadb.mjs";
import * as rabbitmq from "../scripts/lib/servers/rabbitmq.mjs";
import * as redis from "../scripts/lib/servers/redis.mjs";
import { machine, printTable, root } from "./lib/installation.mjs";
const require = createRequire(import.meta.url);
const amqp = require("amqplib");
const mysql = require("mysql2/promise");

const args = process.argv.slice(2);
const option = (name, fallback) => Number(args.includes(name) ? args[args.indexOf(name) + 1] : fallback);
const KILLS = option("--kills", 20);
const OUTAGE_MS = option("--outage", 10) * 1000;
const CLIENTS = 16;
const PATIENCE_MS = 12_000;
const QUEUE = "bin-manager.customer-manager.request";
const EXCHANGE = "bin-manager.customer-manager.event";

// ---- servers of our own ----
const base = mkdtempSync(join(tmpdir(), "voipbin-faults-"));
const ports = [];
for (let i = 0; i < 5; i++) ports.push(await freePort(new Set(ports)));
const [dbPort, redisPort, amqpPort, distributionPort, epmdPort] = ports;
const password = randomUUID().replaceAll("-", "");
const start = {
  database: () =>
    mariadb.startPrivate({
      dir: join(base, "mariadb"),
      port: dbPort,
      password,
      logFile: join(base, "mariadb.log"),
      durable: true,
    }),
  redis: () =>
    redis.startPrivate({
      dir: join(base, "redis"),
      port: redisPort,
      password,
      logFile: join(base, "redis.log"),
      durable: true,
    }),
  broker: () =>
    rabbitmq.startPrivate({
      dir: join(base, "rabbitmq"),
      port: amqpPort,
      distributionPort,
      epmdPort,
      password,
      logFile: join(base, "rabbitmq.log"),
    }),
};
const servers = Object.fromEntries(
  await Promise.all(Object.entries(start).map(async ([name, begin]) => [name, await begin()])),
);
const mysqlUrl = `mysql://voipbin:${password}@127.0.0.1:${dbPort}`;
const amqpUrl = servers.broker.access.url;
const admin = await mysql.createConnection(mysqlUrl);
await admin.query("create database faults character set utf8mb4");
await admin.end();
const environment = {
  ...process.env,
  NODE_ENV: "production",
  LOG_LEVEL: "error",
  SIBLINGS: "",
  DATABASE_DSN: `${mysqlUrl}/faults`,
  RABBITMQ_ADDRESS: amqpUrl,
  REDIS_ADDRESS: `127.0.0.1:${redisPort}`,
  REDIS_PASSWORD: password,
  PROMETHEUS_LISTEN_ADDRESS: "127.0.0.1:0",
};
const migrated = await run(process.execPath, [`${root}/dist/migrate.mjs`], { env: environment });
if (migrated.code !== 0) throw new Error(migrated.output);

let worker = null;
const startWorker = () => {
  worker = spawn(process.execPath, [`${root}/dist/worker.mjs`], {
    env: environment,
    stdio: ["ignore", "ignore", "inherit"],
  });
};
startWorker();

// ---- who listens to events: a durable queue, as siblings have ----
const events = new Map(); // customer id -> set of message ids
let eventDeliveries = 0;
async function connectBroker() {
  for (;;) {
    try {
      const connection = await amqp.connect(amqpUrl, { noDelay: true });
      connection.on("error", () => undefined);
      return connection;
    } catch {
      await sleep(100);
    }
  }
}
let over = false;
let heardAll = false; // events go on coming after the last request
const listening = (async () => {
  while (!heardAll) {
    const connection = await connectBroker();
    const closed = new Promise((resolve) => connection.once("close", resolve));
    try {
      const channel = await connection.createChannel();
      channel.on("error", () => undefined);
      await channel.assertExchange(EXCHANGE, "fanout", { durable: true });
      await channel.assertQueue("faults.events", { durable: true });
      await channel.bindQueue("faults.events", EXCHANGE, "");
      await channel.consume("faults.events", (message) => {
        if (message === null) return;
        const { type, data } = JSON.parse(message.content.toString());
        if (type === "customer_created") {
          eventDeliveries++;
          events.set(data.id, (events.get(data.id) ?? new Set()).add(message.properties.messageId));
        }
        channel.ack(message);
      });
      await Promise.race([
        closed,
        (async () => {
          while (!heardAll) await sleep(100);
          await connection.close();
        })(),
      ]);
    } catch {
      await sleep(50);
    }
  }
})();
await sleep(1_000);

// ---- clients ----
const outcomes = new Map(); // email -> { status, id, confirmed, ms }
const untrue = [];
const slow503 = [];
let phase = "calm";
const phases = []; // [name, began], to say when something went missing
/** Since when the dependency of this phase is gone; null while everything is there. */
let goneSince = null;
const tally = {};
const enter = (name) => {
  phase = name;
  phases.push([name, new Date()]);
};
const lastSuccess = { at: 0 };
const note = (what) => ((tally[phase] ??= {})[what] = (tally[phase][what] ?? 0) + 1);

async function client() {
  while (!over) {
    const connection = await connectBroker();
    const lost = new Promise((resolve) => connection.once("close", () => resolve("lost")));
    try {
      const channel = await connection.createConfirmChannel();
      channel.on("error", () => undefined);
      await channel.assertQueue(QUEUE, { durable: true });
      const { queue } = await channel.assertQueue("", { exclusive: true, autoDelete: true });
      const waiting = new Map();
      await channel.consume(
        queue,
        (message) => message && waiting.get(message.properties.correlationId)?.(JSON.parse(message.content.toString())),
        { noAck: true },
      );
      const call = async (method, uri, data, entry = {}) => {
        const id = randomUUID();
        const reply = new Promise((resolve) => waiting.set(id, resolve));
        const body = Buffer.from(
          JSON.stringify({
            uri,
            method,
            publisher: "faults",
            data_type: "application/json",
            ...(data ? { data } : {}),
          }),
        );
        const started = performance.now();
        channel.publish(
          "",
          QUEUE,
          body,
          { replyTo: queue, correlationId: id, persistent: true },
          (error) => (entry.confirmed = !error),
        );
        const answer = await Promise.race([reply, lost, sleep(PATIENCE_MS).then(() => "silent")]);
        waiting.delete(id);
        return { answer, ms: performance.now() - started };
      };
      for (;;) {
        if (over) return await connection.close();
        const email = `${randomUUID()}@faults.example`;
        const entry = { status: "pending", confirmed: false };
        outcomes.set(email, entry);
        const { answer, ms } = await call("POST", "/v1/customers", { name: "Faults", email }, entry);
        entry.ms = ms;
        if (answer === "lost") {
          entry.status = "connection lost";
          note("client's connection lost");
          break;
        }
        if (answer === "silent") {
          entry.status = "silent";
          note("no answer in 12 s");
          continue;
        }
        entry.status = answer.status_code;
        note(String(answer.status_code));
        // While a dependency is gone: 503 within two seconds, or an answer when it is back.
        if (answer.status_code === 503 && ms > 2_100) {
          if (goneSince !== null) slow503.push(ms);
          else note("503 on its return");
        }
        if (answer.status_code !== 200) {
          await sleep(20);
          continue;
        }
        entry.id = answer.data.id;
        if (lastSuccess.waiting) lastSuccess.waiting(performance.now());
        const read = await call("GET", `/v1/customers/${entry.id}`);
        if (
          typeof read.answer === "object" &&
          read.answer.status_code !== 503 &&
          (read.answer.status_code !== 200 || read.answer.data.email !== email)
        )
          untrue.push(`GET ${entry.id}: ${read.answer.status_code}`);
        if (read.answer === "lost") break;
      }
    } catch {
      await sleep(20);
    } finally {
      await connection.close().catch(() => undefined);
    }
  }
}
const clients = Array.from({ length: CLIENTS }, client);
const healed = () =>
  Promise.race([
    new Promise((resolve) => (lastSuccess.waiting = resolve)),
    sleep(30_000).then(() => Number.POSITIVE_INFINITY),
  ]);

// ---- faults ----
const rows = [];
await sleep(3_000);
enter(`worker killed ${KILLS} times`);
const healing = [];
for (let i = 0; i < KILLS; i++) {
  worker.kill("SIGKILL");
  const at = performance.now();
  startWorker();
  healing.push(((await healed()) - at) / 1000);
  await sleep(800 + Math.random() * 700);
}
rows.push([phase, `${Math.max(...healing).toFixed(1)} s at most`]);
for (const name of ["broker", "database", "redis"]) {
  enter(`${name} gone for ${OUTAGE_MS / 1000} s`);
  await servers[name].child.stop();
  goneSince = performance.now();
  await sleep(OUTAGE_MS);
  servers[name] = await start[name]();
  goneSince = null;
  const at = performance.now();
  healing.push(((await healed()) - at) / 1000);
  rows.push([phase, `${healing.at(-1).toFixed(1)} s`]);
  await sleep(4_000);
}
enter("calm again");
await sleep(2_000);
over = true;
await Promise.all(clients);
await sleep(3_000);

// ---- accounts ----
const database = await mysql.createConnection({ uri: `${mysqlUrl}/faults`, dateStrings: true, timezone: "Z" });
for (let i = 0; i < 100; i++) {
  const [[{ waiting }]] = await database.query("select count(*) waiting from admin_outbox");
  if (waiting === 0) break;
  await sleep(100);
}
await sleep(1_000);
heardAll = true;
await listening;
const [stored] = await database.query("select lower(hex(id)) id, email, tm_create from customer_customers");
const times = new Map();
const idOf = new Map();
for (const row of stored) {
  times.set(row.email, (times.get(row.email) ?? 0) + 1);
  idOf.set(row.email, row.id);
}
const plainId = (id) => id.replaceAll("-", "");
const missingWhen = [];
const created = new Map([...events].map(([id, ids]) => [plainId(id), ids]));
let lostRequests = 0,
  twice = 0,
  untrueAnswers = untrue.length,
  missing = 0,
  phantom = 0;
for (const [email, entry] of outcomes) {
  const count = times.get(email) ?? 0;
  if (count > 1) twice++;
  if (entry.status === 200 && (count !== 1 || plainId(entry.id) !== idOf.get(email))) untrueAnswers++;
  if (typeof entry.status === "number" && entry.status !== 200 && count > 0) untrueAnswers++;
  if (entry.status === "silent") lostRequests++;
  if (entry.status === "connection lost" && entry.confirmed && count === 0)
    (note("confirmed, then the connection was lost; not carried out"), phantom++);
}
for (const row of stored) {
  const ids = created.get(row.id);
  if (ids === undefined) {
    missing++;
    const at = new Date(`${row.tm_create.replace(" ", "T")}Z`);
    const [during = "calm", began = at] = phases.findLast(([, from]) => from <= at) ?? [];
    missingWhen.push(`${row.id}: committed ${((at - began) / 1000).toFixed(3)} s into "${during}"`);
  } else if (ids.size > 1) twice++;
}
const requests = outcomes.size;
console.log(`\n${machine()}; ${CLIENTS} clients, ${requests} requests\n`);
printTable(["fault", "first success after it"], rows);
console.log();
printTable(
  ["phase", "answers"],
  Object.entries(tally).map(([name, counts]) => [
    name,
    Object.entries(counts)
      .map(([what, count]) => `${what}: ${count}`)
      .join(", "),
  ]),
);
console.log();
printTable(
  ["account", "count"],
  [
    ["requests without an answer", lostRequests],
    ["requests taken by the broker, never answered (its restart took the reply queue) and not carried out", phantom],
    ["requests done twice", twice],
    ["untrue answers", untrueAnswers],
    ["events missing", missing],
    [
      "events repeated with the same message id",
      eventDeliveries - [...events.values()].reduce((sum, ids) => sum + ids.size, 0),
    ],
    ["503 later than 2 s while something was gone", slow503.length],
    ["healed later than 5 s", healing.filter((seconds) => seconds > 5).length],
  ],
);
for (const line of missingWhen) console.log(`missing: ${line}`);
await database.end();
worker.kill("SIGTERM");
for (const server of Object.values(servers)) await server.child.stop();
rmSync(base, { recursive: true, force: true });
const failures = [lostRequests, twice, untrueAnswers, missing, slow503.length, Number(Math.max(...healing) > 5)];
process.exit(failures.every((count) => count === 0) ? 0 : 1);
