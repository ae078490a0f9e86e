#!/usr/bin/env node
// The console's list of extensions with the phones that are registered now, over tRPC and HTTP as a signed-in browser asks
// it, at 100,000 extensions and 50,000 contacts: what a page takes from request to last byte.
//   node bench/registrations.mjs [--seconds 3] [--extensions 100000]      (after npm run build)
import { loadavg } from "node:os";
import { press, signInAsOwner, startConsole } from "./lib/console.mjs";
import { machine, openInstallation, percentile, printTable } from "./lib/installation.mjs";
import { seedAccounts, seedExtensions, seededCustomer } from "./lib/seed.mjs";

const args = process.argv.slice(2);
const option = (name, fallback) => Number(args.includes(name) ? args[args.indexOf(name) + 1] : fallback);
const seconds = option("--seconds", "3");
const extensions = option("--extensions", "100000");
const [customers, contacts] = [extensions / 100, extensions / 2];
const AIM_MS = 15;

const page = (procedure, input) => `/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`;
const live = (more) => ({ deleted: false, ...more });
const pages = {
  "extensions of all customers, newest first": page("extension.list", { filter: live() }),
  "of all customers, by number": page("extension.list", { filter: live(), sort: "extension", direction: "asc" }),
  "of one customer": page("extension.list", { filter: live({ customerId: seededCustomer(7) }) }),
  "found by their first digits": page("extension.list", { filter: live({ search: "104" }) }),
  "registrations of all customers": page("registration.list", {}),
};

const installation = await openInstallation();
let web;
try {
  await seedExtensions(installation.database, extensions, customers);
  await seedAccounts(installation.asterisk, extensions, customers, contacts);
  await installation.database.query("analyze table registrar_extensions");
  await installation.asterisk.query("analyze table ps_contacts");
  web = await startConsole(installation);
  const headers = { cookie: await signInAsOwner(web) };
  const rows = [];
  for (const [name, path] of Object.entries(pages)) {
    const server = { pid: web.pid, port: new URL(web.url).port, path, headers };
    await press(server, { concurrency: 4, forMs: 1_500 }); // warm
    for (const concurrency of [1, 8]) {
      const { ms, cpuMs, latencies } = await press(server, { concurrency, forMs: seconds * 1_000 });
      latencies.sort((a, b) => a - b);
      rows.push([
        name,
        concurrency,
        Math.round((latencies.length / ms) * 1_000),
        percentile(latencies, 0.5).toFixed(1),
        percentile(latencies, 0.99).toFixed(1),
        (cpuMs / latencies.length).toFixed(2),
      ]);
    }
  }
  console.log(
    `\n${machine()}, load average ${loadavg()[0].toFixed(1)}; ${extensions.toLocaleString("en")} extensions, ${contacts.toLocaleString("en")} contacts; a page of 50; aim: ${AIM_MS} ms\n`,
  );
  printTable(["list", "at once", "requests/s", "p50 ms", "p99 ms", "web CPU ms each"], rows);
} finally {
  await web?.stop();
  await installation.close();
}
