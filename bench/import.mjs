#!/usr/bin/env node
// Imports of extensions from CSV, as a person does them: upload with a preview, start, the job on one worker, the same file
// again, a range, and new passwords for all with their file.
//   node bench/import.mjs [--rows 10000]      (after npm run build)
import { callAs, signInAsOwner, startConsole } from "./lib/console.mjs";
import { machine, openInstallation, printTable, usage } from "./lib/installation.mjs";

const args = process.argv.slice(2);
const rows = Number(args.includes("--rows") ? args[args.indexOf("--rows") + 1] : "10000");

const installation = await openInstallation();
const table = [];
let web;
try {
  const worker = await installation.startWorker();
  web = await startConsole(installation);
  const { url } = web;
  const cookie = await signInAsOwner(web);
  const customer = async (name) =>
    (await callAs(cookie, url, "customer.create", { name, email: `${name}@bench.example` })).id;
  const read = async (procedure, input) => {
    const query = encodeURIComponent(JSON.stringify(input));
    const answer = await fetch(`${url}/api/trpc/${procedure}?input=${query}`, { headers: { cookie } });
    return (await answer.json()).result.data;
  };
  const send = async (step, file, customerId) => {
    const query = new URLSearchParams({ step, file: "bench.csv", input: JSON.stringify({ customerId }) });
    const answer = await fetch(`${url}/api/import/extensions?${query}`, {
      method: "POST",
      headers: { cookie, origin: url },
      body: file,
    });
    if (!answer.ok) throw new Error(`${step}: ${await answer.text()}`);
    return await answer.json();
  };
  /** Measures until the job has ended. */
  const measure = async (name, begin) => {
    const [began, before] = [performance.now(), usage(worker.pid)];
    const { id } = await begin();
    const begun = performance.now();
    let job;
    do {
      await new Promise((resolve) => setTimeout(resolve, 100));
      job = await read("job.get", { id });
    } while (job.state === "queued" || job.state === "running");
    const [seconds, after] = [(performance.now() - began) / 1000, usage(worker.pid)];
    const { done, skipped, failed } = job.progress;
    table.push([
      name,
      ((begun - began) / 1000).toFixed(1),
      seconds.toFixed(1),
      Math.round((done + skipped + failed) / seconds),
      ((after.cpuMs - before.cpuMs) / rows).toFixed(2),
      `${done} / ${skipped} / ${failed}`,
    ]);
    return id;
  };

  const lines = Array.from({ length: rows }, (_, i) => `${100_000 + i},Phone ${i},Room ${i % 500}`);
  const file = `extension,name,detail\n${lines.join("\n")}\n`;
  const of = await customer("import");
  const began = performance.now();
  const { counts } = await send("preview", file, of);
  console.log(
    `${machine()}\n\npreview of ${rows} rows: ${((performance.now() - began) / 1000).toFixed(2)} s, ${JSON.stringify(counts)}`,
  );
  await measure("import of new ones", () => send("start", file, of));
  await measure("the same file again", () => send("start", file, of));
  await measure("every name changed", () => send("start", file.replaceAll("Phone", "Desk"), of));
  const range = await customer("range");
  const to = String(100_000 + rows - 1);
  await measure("range", () => callAs(cookie, url, "extension.createRange", { customerId: range, from: "100000", to }));
  const rotation = await measure("new passwords", () =>
    callAs(cookie, url, "extension.rotatePasswords", { filter: { customerId: range, deleted: false } }),
  );
  const asked = performance.now();
  const taken = await callAs(cookie, url, "job.takeOnceFile", { id: rotation });
  console.log(`file of ${taken.rows} passwords: ${((performance.now() - asked) / 1000).toFixed(2)} s`);
  await measure("deletion", () =>
    callAs(cookie, url, "extension.deleteMany", { filter: { customerId: range, deleted: false } }),
  );
  console.log("");
  printTable(["job", "begun s", "ended s", "rows/s", "worker CPU ms/row", "done / skipped / failed"], table);
  console.log(
    `\nresident memory: worker ${usage(worker.pid).residentMb.toFixed(0)} MB, web ${usage(web.pid).residentMb.toFixed(0)} MB`,
  );
} finally {
  await web?.stop();
  await installation.close();
}
