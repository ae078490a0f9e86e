#!/usr/bin/env node
// SIP over RabbitMQ against one worker process, at 100,000 extensions and 50,000 registered phones: calls a second, latency,
// CPU per call, and after how long a change made by Asterisk shows.
//   node bench/registrar.mjs [--seconds 5] [--extensions 100000] [--only "contact"]      (after npm run build)
import { randomUUID } from "node:crypto";
import { machine, openInstallation, percentile, printTable, usage } from "./lib/installation.mjs";
import { load, openClient, REGISTRAR_QUEUE } from "./lib/rpc-client.mjs";
import { seedAccounts, seedExtensions, seededCustomer } from "./lib/seed.mjs";

const args = process.argv.slice(2);
const option = (name, fallback) => (args.includes(name) ? args[args.indexOf(name) + 1] : fallback);
const seconds = Number(option("--seconds", "5"));
const extensions = Number(option("--extensions", "100000"));
const only = option("--only", "");
const contacts = extensions / 2;
const customers = extensions / 100;

const installation = await openInstallation();
await seedExtensions(installation.database, extensions, customers);
await seedAccounts(installation.asterisk, extensions, customers, contacts);
await installation.database.query("analyze table registrar_extensions, registrar_sip_auths");
await installation.asterisk.query("analyze table ps_aors, ps_auths, ps_endpoints, ps_contacts");
const worker = await installation.startWorker();
const client = await openClient(installation.amqpUrl, { target: REGISTRAR_QUEUE });

const anyOf = (most) => Math.floor(Math.random() * most);
/** The customer and number of the `i`th seeded extension. */
const seeded = (i) => ({
  customer_id: seededCustomer(i % customers),
  extension: String(1000 + Math.floor(i / customers)),
});
const contactsOf = (who) => client.call("GET", "/v1/contacts", who);
while ((await contactsOf(seeded(0)))?.status_code !== 200);
const trunk = {
  customer_id: seededCustomer(0),
  name: "HQ",
  domain_name: "bench-trunk",
  auth_types: ["basic"],
  username: "u",
  password: "secret-1",
};
await client.call("POST", "/v1/trunks", trunk);

const operations = {
  "contact look-up": () => contactsOf(seeded(anyOf(contacts))),
  "extension get": async () => client.call("GET", `/v1/extensions/${seededExtension}`),
  "trunk by domain name": () => client.call("GET", "/v1/trunks/domain_name/bench-trunk"),
  "extension by number, as call-manager asks": () =>
    client.call("GET", "/v1/extensions?page_token=&page_size=1", { ...seeded(anyOf(extensions)), deleted: false }),
  "list of 50": () =>
    client.call("GET", "/v1/extensions?page_token=&page_size=50", {
      customer_id: seededCustomer(anyOf(customers)),
      deleted: false,
    }),
  "extension create": () =>
    client.call("POST", "/v1/extensions", {
      customer_id: seededCustomer(anyOf(customers)),
      extension: randomUUID(),
      password: "Secret-1001",
      name: "Desk",
      detail: "",
    }),
};
const seededExtension = (await client.call("GET", "/v1/extensions?page_size=1", { ...seeded(7), deleted: false }))
  .data[0].id;

const rows = [];
for (const [name, work] of Object.entries(operations)) {
  if (!name.includes(only)) continue;
  await load(work, { concurrency: 32, seconds: 1 }); // warm
  for (const concurrency of [1, 16, 32]) {
    const before = usage(worker.pid);
    const result = await load(work, { concurrency, seconds });
    const after = usage(worker.pid);
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

/** Asterisk registers a phone while look-ups go on: the time until they show it, milliseconds. */
const shown = [];
for (let i = 0; i < 20; i++) {
  const who = seeded(contacts + i);
  const endpoint = `${who.extension}@${who.customer_id}.registrar.voipbin.net`;
  await contactsOf(who);
  await installation.asterisk.query(
    "insert into ps_contacts (id, uri, expiration_time, endpoint, user_agent) values (?, ?, unix_timestamp() + 60, ?, 'Phone')",
    [`${endpoint}^3B@${i}`, `sip:${who.extension}@198.51.100.7:5060`, endpoint],
  );
  const registered = performance.now();
  while ((await contactsOf(who)).data.length === 0);
  shown.push(performance.now() - registered);
}
shown.sort((a, b) => a - b);

console.log(
  `\n${machine()}; one worker, ${extensions.toLocaleString("en")} extensions, ${contacts.toLocaleString("en")} contacts; broker, database and load on the same machine\n`,
);
printTable(["operation", "concurrency", "calls/s", "p50 ms", "p99 ms", "worker CPU ms/call", "failed"], rows);
console.log(
  `\na registration by Asterisk shows after: ${percentile(shown, 0.5).toFixed(1)} ms, at most ${(shown.at(-1) ?? 0).toFixed(1)} ms`,
);
console.log(`resident memory of the worker: ${usage(worker.pid).residentMb.toFixed(0)} MB`);
await client.close();
await installation.close();
