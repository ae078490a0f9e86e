#!/usr/bin/env node
// Requests over RabbitMQ against one worker process: calls a second, latency, CPU per call, memory.
//   node bench/rpc.mjs [--seconds 5] [--only "cached get"] [--stand-alone]      (after npm run build)
import { randomUUID } from "node:crypto";
import { machine, openInstallation, percentile, printTable, usage } from "./lib/installation.mjs";
import { load, openClient } from "./lib/rpc-client.mjs";

const args = process.argv.slice(2);
const option = (name, fallback) => (args.includes(name) ? args[args.indexOf(name) + 1] : fallback);
const seconds = Number(option("--seconds", "5"));
const only = option("--only", "");
const standAlone = args.includes("--stand-alone");

const installation = await openInstallation({ siblings: standAlone ? "" : "agent" });
const worker = await installation.startWorker();
const client = await openClient(installation.amqpUrl);
if (!standAlone) await client.playAgents();

const customer = () => ({
  name: "Acme",
  detail: "demo tenant",
  email: `${randomUUID()}@bench.example`,
  phone_number: "+15550100",
  address: "1 Main St",
  webhook_method: "POST",
  webhook_uri: "https://acme.example/hook",
});
let first = null;
while (first === null || first.status_code !== 200) first = await client.call("POST", "/v1/customers", customer());
const { id } = first.data;
for (let i = 0; i < 200; i++) await client.call("POST", "/v1/customers", customer());
const { token } = (await client.call("POST", "/v1/accesskeys", { customer_id: id, name: "bench", expire: 86400 })).data;

const operations = {
  "cached get": () => client.call("GET", `/v1/customers/${id}`),
  "list of 50": () => client.call("GET", "/v1/customers?page_token=&page_size=50", { deleted: false }),
  "token check": () => client.call("GET", "/v1/accesskeys?page_token=&page_size=10", { deleted: false, token }),
  "customer create": () => client.call("POST", "/v1/customers", customer()),
  "access key create": () =>
    client.call("POST", "/v1/accesskeys", { customer_id: id, name: "bench", detail: "key", expire: 86400 }),
};

const rows = [];
let calls = 0;
for (const [name, work] of Object.entries(operations)) {
  if (!name.includes(only)) continue;
  await load(work, { concurrency: 32, seconds: 1 }); // warm
  for (const concurrency of [1, 32]) {
    const before = usage(worker.pid);
    const result = await load(work, { concurrency, seconds });
    const after = usage(worker.pid);
    calls += result.calls;
    rows.push([
      name,
      concurrency,
      Math.round(result.rate),
      percentile(result.latencies, 0.5).toFixed(1),
      percentile(result.latencies, 0.99).toFixed(1),
      ((after.cpuMs - before.cpuMs) / result.calls).toFixed(3),
      result.failed,
    ]);
  }
}
while (calls < 100_000) calls += (await load(operations["cached get"], { concurrency: 32, seconds: 2 })).calls;
const memory = usage(worker.pid).residentMb;

console.log(
  `\n${machine()}; one worker, ${standAlone ? "stand-alone" : "agent-manager played"}; broker, database and load on the same machine\n`,
);
printTable(["operation", "concurrency", "calls/s", "p50 ms", "p99 ms", "worker CPU ms/call", "failed"], rows);
console.log(`\nresident memory of the worker after ${calls.toLocaleString("en")} calls: ${memory.toFixed(0)} MB`);
await client.close();
await installation.close();
