#!/usr/bin/env node
// The outbox: how soon an event is on the wire after its commit, how many a second, and whether their order holds while relays are killed.
//   node bench/outbox.mjs      (after npm run build)
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { machine, openInstallation, percentile, printTable } from "./lib/installation.mjs";
import { openClient } from "./lib/rpc-client.mjs";
const require = createRequire(import.meta.url);
const amqp = require("amqplib");
const mysql = require("mysql2/promise");

const EXCHANGE = "bin-manager.customer-manager.event";
const INSERT = "insert into admin_outbox (message_id, exchange, type, body, state, tm_create) values ?";
const event = (resource, n) => [
  Buffer.from(crypto.randomUUID().replaceAll("-", ""), "hex"),
  EXCHANGE,
  "customer_updated",
  JSON.stringify({
    type: "customer_updated",
    publisher: "customer-manager",
    data_type: "application/json",
    data: { id: resource, n },
  }),
  0,
  "2026-01-01 00:00:00.000000",
];

const installation = await openInstallation();
const connection = await amqp.connect(installation.amqpUrl, { noDelay: true });
const channel = await connection.createChannel();
await channel.assertExchange(EXCHANGE, "fanout", { durable: true });
const { queue } = await channel.assertQueue("", { exclusive: true });
await channel.bindQueue(queue, EXCHANGE, "");
let received = [];
let onEvent = () => undefined;
await channel.consume(
  queue,
  (message) => {
    const { data } = JSON.parse(message.content.toString());
    const entry = { at: performance.now(), id: data.id, n: data.n, messageId: message.properties.messageId };
    received.push(entry);
    onEvent(entry);
  },
  { noAck: true },
);
const rows = [];
/** What has to hold: [what, whether it does]. */
const promises = [];

/** One after the other; `begin` makes something happen and says since when the clock runs. */
async function latencies(begin) {
  const all = [];
  for (let i = 0; i < 200; i++) {
    const seen = new Promise((resolve) => (onEvent = resolve));
    const from = await begin(i);
    all.push(Math.max(0, (await seen).at - from));
    await sleep(5);
  }
  onEvent = () => undefined;
  return all.sort((a, b) => a - b);
}
const idle = (name, all) =>
  rows.push([name, `p50 ${percentile(all, 0.5).toFixed(1)} ms`, `p99 ${percentile(all, 0.99).toFixed(1)} ms`]);

// 1. idle: one event at a time, written by somebody else's process; the worker has to notice by itself or be told by Redis
const worker = await installation.startWorker();
await sleep(1_500);
const redis = new (require("ioredis").Redis)({
  host: installation.environment.REDIS_ADDRESS.split(":")[0],
  port: Number(installation.environment.REDIS_ADDRESS.split(":")[1]),
  db: Number(installation.environment.REDIS_DATABASE),
});
const client = await openClient(installation.amqpUrl);
const requested = await latencies(async (i) => {
  const { data } = await client.call("POST", "/v1/customers", { email: `outbox-${i}@bench.example` });
  // its time of creation is taken before the commit, so this is rather too much than too little
  return Date.parse(`${data.tm_create.slice(0, 23).replace(" ", "T")}Z`) - performance.timeOrigin;
});
await client.close();
idle("event of a request on the wire after its record's creation, idle", requested);
promises.push(["p99 of an event, idle, under 50 ms", percentile(requested, 0.99) < 50]);
for (const [name, nudged] of [
  ["event of another process after its commit, idle, nudged", true],
  ["the same while Redis is silent (polled)", false],
]) {
  const all = await latencies(async (i) => {
    await installation.database.query(INSERT, [[event("idle", i)]]);
    const committed = performance.now();
    if (nudged) await redis.publish("vbadm:1:outbox", "");
    return committed;
  });
  idle(name, all);
  if (nudged) promises.push(["p99 of another process's event under 50 ms", percentile(all, 0.99) < 50]);
}
redis.disconnect();

// 2. sustained: as many as two writers commit in ten seconds
received = [];
const writers = await Promise.all([0, 1].map(() => mysql.createConnection(installation.dsn)));
let written = 0;
const started = performance.now();
await Promise.all(
  writers.map(async (writer, w) => {
    while (performance.now() - started < 10_000) {
      await writer.query(INSERT, [Array.from({ length: 50 }, () => event(`w${w}`, written++))]);
    }
  }),
);
while (received.length < written) await sleep(20);
const seconds = (performance.now() - started) / 1000;
promises.push(["3,000 events a second", written / seconds >= 3_000]);
rows.push(["sustained", `${Math.round(written / seconds)} events/s`, `${written} in ${seconds.toFixed(1)} s`]);

// 3. order: 20 kills in a minute under a steady stream for 50 records
received = [];
let sequence = 0;
let relay = worker;
const until = performance.now() + 60_000;
const perResource = new Map();
const stream = (async () => {
  while (performance.now() < until) {
    const resource = `r${sequence++ % 50}`;
    const n = (perResource.get(resource) ?? 0) + 1;
    perResource.set(resource, n);
    await installation.database.query(INSERT, [[event(resource, n)]]);
    await sleep(2);
  }
})();
for (let kill = 0; kill < 20; kill++) {
  await sleep(2_500);
  relay.kill("SIGKILL");
  relay = await installation.startWorker();
}
await stream;
const ids = () => new Set(received.map((each) => each.messageId)).size;
for (let i = 0; i < 200 && ids() < sequence; i++) await sleep(100);
const last = new Map();
let outOfOrder = 0;
const seen = new Set();
for (const { id, n, messageId } of received) {
  if (seen.has(messageId)) continue; // a repeat carries the same message id
  seen.add(messageId);
  if (n !== (last.get(id) ?? 0) + 1) outOfOrder++;
  last.set(id, n);
}
rows.push([
  "20 relays killed in a minute",
  `${sequence} events, ${sequence - ids()} lost, ${outOfOrder} out of order`,
  `${received.length - ids()} repeated with the same id`,
]);

promises.push(["none lost, order kept", sequence === ids() && outOfOrder === 0]);

console.log(`\n${machine()}\n`);
printTable(["outbox", "", ""], rows);
console.log();
printTable(
  ["promise", ""],
  promises.map(([what, holds]) => [what, holds ? "kept" : "NOT KEPT"]),
);
for (const writer of writers) await writer.end();
await connection.close();
await installation.close();
process.exitCode = promises.every(([, holds]) => holds) ? 0 : 1;
