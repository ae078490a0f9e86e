#!/usr/bin/env node
// A page of 50 customers over HTTP: tRPC in the web process as a signed-in browser asks it, against the same statements in
// raw mysql2 behind node's http, in turns of one run.
//   node bench/trpc.mjs [--seconds 0.7] [--rounds 10] [--customers 5000]      (after npm run build)
import { fork } from "node:child_process";
import { loadavg } from "node:os";
import { press, signInAsOwner, startConsole } from "./lib/console.mjs";
import { machine, openInstallation, percentile, printTable, root } from "./lib/installation.mjs";
import { seedCustomers } from "./lib/seed.mjs";

const args = process.argv.slice(2);
const option = (name, fallback) => Number(args.includes(name) ? args[args.indexOf(name) + 1] : fallback);
const [seconds, rounds] = [option("--seconds", "0.7"), option("--rounds", "10")];
const customers = option("--customers", "5000");
const LIST = `/api/trpc/customer.list?input=${encodeURIComponent('{"filter":{"deleted":false}}')}`;

const interrupt = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => interrupt.abort(new Error(`ended by ${signal}`)));

const installation = await openInstallation();
let web, raw;
try {
  await seedCustomers(installation.database, customers);
  await installation.database.query("analyze table customer_customers");
  interrupt.signal.throwIfAborted();
  raw = await startRaw(installation.dsn);
  web = await startConsole(installation);
  const cookie = await signInAsOwner(web);
  const pair = [
    { name: "raw mysql2 behind node's http", pid: raw.child.pid, port: raw.port, path: "/" },
    { name: "customer.list over tRPC", pid: web.pid, port: new URL(web.url).port, path: LIST, headers: { cookie } },
  ];
  for (const server of pair) await press(server, { concurrency: 32, forMs: 4_000, signal: interrupt.signal }); // warm
  console.log(`${machine()}; ${customers} customers, ${rounds} × ${seconds} s each in turns`);
  for (const concurrency of [8, 32]) await compare(pair, concurrency);
} finally {
  raw?.child.kill("SIGKILL");
  await web?.stop();
  await installation.close();
}

/** The bare server, in a process of its own that ends with this one. */
async function startRaw(dsn) {
  const child = fork(`${root}/bench/lib/list-server.mjs`, [dsn], { env: { ...process.env, NODE_ENV: "production" } });
  const port = await new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", () => reject(new Error("the bare server ended while starting")));
  });
  return { child, port };
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return percentile(sorted, 0.5);
}

/** In turns, and by the median of the rounds: what else the machine does for a moment meets one turn alone. */
async function compare(pair, concurrency) {
  const load = loadavg()[0].toFixed(1);
  const turns = pair.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [place, server] of pair.entries()) {
      const { ms, cpuMs, latencies } = await press(server, {
        concurrency,
        forMs: seconds * 1_000,
        signal: interrupt.signal,
      });
      turns[place].push({ rate: (latencies.length / ms) * 1_000, each: cpuMs / latencies.length, latencies });
    }
  console.log(`\n${concurrency} at once; load of the machine before it ${load}\n`);
  printTable(
    ["a page of 50 customers and its count", "requests/s", "server CPU ms each", "p50 ms", "p99 ms"],
    turns.map((all, place) => {
      const latencies = all.flatMap((turn) => turn.latencies).sort((a, b) => a - b);
      return [
        pair[place].name,
        Math.round(median(all.map(({ rate }) => rate))),
        median(all.map(({ each }) => each)).toFixed(2),
        percentile(latencies, 0.5).toFixed(1),
        percentile(latencies, 0.99).toFixed(1),
      ];
    }),
  );
  const [bare, whole] = turns;
  const cpu = median(whole.map(({ each }, round) => each / bare[round].each));
  const rate = median(bare.map(({ rate }, round) => rate / whole[round].rate));
  console.log(
    `\ntRPC: ${cpu.toFixed(2)} times the CPU, ${rate.toFixed(2)} times fewer requests a second (aim: at most 3)`,
  );
}
