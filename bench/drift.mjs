#!/usr/bin/env node
// A full comparison of 100,000 SIP records with Asterisk's and Kamailio's rows, one in a hundred of them wrong: how long it
// takes, whether it finds them all, and what a sibling that creates extensions meanwhile feels of it.
//   node bench/drift.mjs [--extensions 100000]      (after npm run build)
import { randomUUID } from "node:crypto";
import { machine, openInstallation, percentile, printTable, usage } from "./lib/installation.mjs";
import { load, openClient, REGISTRAR_QUEUE } from "./lib/rpc-client.mjs";
import { seedAccounts, seedExtensions, seededCustomer } from "./lib/seed.mjs";

const args = process.argv.slice(2);
const option = (name, fallback) => (args.includes(name) ? args[args.indexOf(name) + 1] : fallback);
const extensions = Number(option("--extensions", "100000"));
const customers = extensions / 100;

const installation = await openInstallation();
const { database: bin, asterisk } = installation;
await seedExtensions(bin, extensions, customers);
await seedAccounts(asterisk, extensions, customers, extensions / 2);
const expected = await damage();
await bin.query("analyze table registrar_extensions, registrar_sip_auths");
await asterisk.query("analyze table ps_aors, ps_auths, ps_endpoints, ps_contacts");
const worker = await installation.startWorker();
const client = await openClient(installation.amqpUrl, { target: REGISTRAR_QUEUE });
const create = () =>
  client.call("POST", "/v1/extensions", {
    customer_id: seededCustomer(Math.floor(Math.random() * customers)),
    extension: randomUUID(),
    password: "Secret-1001",
    name: "Desk",
    detail: "",
  });
while ((await create())?.status_code !== 200);

const alone = await pass(); // the schedule begins the first by itself
const found = await countKinds();
const calm = await load(create, { concurrency: 4, seconds: 10 });
await bin.query(
  "update admin_jobs set state = 'queued', attempts = 0, tm_finish = null, due_at = utc_timestamp(6), tm_create = utc_timestamp(6), progress = ? where type = 'registrar.drift-pass'",
  [JSON.stringify({ phase: "extensions", after: null, compared: 0, found: 0, beyond: 0, previous: null })],
);
const during = { latencies: [], failed: 0 };
let over = false;
const busy = pass().finally(() => (over = true));
while (!over) {
  const some = await load(create, { concurrency: 4, seconds: 1 });
  during.latencies.push(...some.latencies);
  during.failed += some.failed;
}
const beside = await busy;
during.latencies.sort((a, b) => a - b);

console.log(`\n${machine()}; one worker, ${extensions.toLocaleString("en")} extensions; all on the same machine\n`);
printTable(
  ["full comparison", "rows compared", "seconds"],
  [
    ["alone", alone.compared, alone.seconds.toFixed(1)],
    ["while extensions are created", beside.compared, beside.seconds.toFixed(1)],
  ],
);
console.log();
printTable(
  ["kind", "made", "found"],
  Object.keys(expected).map((kind) => [kind, expected[kind], found[kind] ?? 0]),
);
console.log();
printTable(
  ["extension create, 4 at once", "p50 ms", "p99 ms", "most ms", "failed"],
  [
    ["no comparison", ...figures(calm)],
    ["during one", ...figures(during)],
  ],
);
console.log(`resident memory of the worker: ${usage(worker.pid).residentMb.toFixed(0)} MB`);
await client.close();
await installation.close();

function figures({ latencies, failed }) {
  return [percentile(latencies, 0.5), percentile(latencies, 0.99), latencies.at(-1) ?? 0]
    .map((each) => each.toFixed(1))
    .concat(failed);
}

/** Waits for the comparison that is under way, or about to begin. */
async function pass() {
  for (;;) {
    const [[job]] = await bin.query(
      "select state, cast(progress as char) as progress, timestampdiff(microsecond, tm_create, tm_finish) / 1e6 as seconds from admin_jobs where type = 'registrar.drift-pass'",
    );
    if (job?.state === "done") return { ...JSON.parse(job.progress), seconds: Number(job.seconds) };
    if (job?.state === "failed") throw new Error("the comparison failed");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function countKinds() {
  const [rows] = await bin.query("select kind, count(*) as n from admin_drift_findings group by kind");
  return Object.fromEntries(rows.map(({ kind, n }) => [kind, Number(n)]));
}

/** Makes about one in a hundred wrong. @returns how many of each kind */
async function damage() {
  const made = {};
  const add = async (kind, connection, sql) => {
    const [{ affectedRows }] = await connection.query(sql);
    made[kind] = (made[kind] ?? 0) + affectedRows;
  };
  const one = (column, rest) => `crc32(${column}) mod 1000 = ${rest}`;
  await add("missing", asterisk, `delete from ps_aors where ${one("id", 1)}`);
  await add("missing", asterisk, `delete from ps_endpoints where ${one("id", 2)}`);
  await add("credential", asterisk, `update ps_auths set password = 'other' where ${one("id", 3)}`);
  await add("realm", asterisk, `update ps_auths set realm = 'asterisk' where ${one("id", 4)}`);
  await add("orphan", asterisk, `insert into ps_auths (id) select concat('x', id) from ps_aors where ${one("id", 5)}`);
  await add(
    "contact",
    asterisk,
    `insert into ps_contacts (id, endpoint, expiration_time) select concat('y', id), concat('y', id), 9999999999 from ps_aors where ${one("id", 6)}`,
  );
  await add(
    "foreign",
    asterisk,
    `insert into ps_endpoints (id) select concat('hand-', md5(id)) from ps_aors where ${one("id", 7)}`,
  );
  await add(
    "left-over",
    bin,
    `insert into registrar_sip_auths (id, reference_type, realm, username) select unhex(md5(id)), 'extension', realm, concat('old-', username) from registrar_sip_auths where ${one("endpoint_hash", 8).replace("endpoint_hash", "hex(id)")}`,
  );
  await add("no-realm", bin, `update registrar_extensions set realm = null where ${one("endpoint_id", 9)}`);
  // The one with the number 1000 keeps it; the other borrowed it.
  const borrowed = `${one("endpoint_id", 10)} and extension <> '1000'`;
  const [rows] = await bin.query(
    `select id, endpoint_id, customer_id from registrar_extensions where ${borrowed} group by customer_id`,
  );
  for (const { id, endpoint_id: endpoint } of rows) {
    await bin.query("update registrar_extensions set username = '1000' where id = ?", [id]);
    await bin.query("update registrar_sip_auths set username = '1000' where id = ?", [id]);
    await asterisk.query("update ps_auths set username = '1000' where id = ?", [endpoint]);
  }
  made.duplicate = rows.length;
  return made;
}
