#!/usr/bin/env node
// The console's pages in a real browser: JavaScript of the first load, layout shift, Lighthouse (desktop), and the memory
// of the web process over many page loads.
//   node bench/pages.mjs [--loads 10000] [--skip weight,lighthouse,memory] [--only /customers]     (after npm run build)
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "@playwright/test";
import { callAs, PAGES, signInAsOwner, startConsole } from "./lib/console.mjs";
import { machine, openInstallation, percentile, printTable, root, usage } from "./lib/installation.mjs";

const args = process.argv.slice(2);
const option = (name, fallback) => (args.includes(name) ? args[args.indexOf(name) + 1] : fallback);
const loads = Number(option("--loads", "10000"));
const skipped = new Set(option("--skip", "").split(","));
const only = option("--only", "");

const browserArgs = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"];
const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

const installation = await openInstallation();
let web, cookie, pages;
console.log(machine());
try {
  await installation.startWorker();
  web = await startConsole(installation);
  cookie = await signInAsOwner(web);
  let customer;
  for (let i = 0; i < 60; i++)
    customer = await callAs(cookie, web.url, "customer.create", { name: `Acme ${i}`, email: `ops${i}@bench.example` });
  await callAs(cookie, web.url, "accessKey.create", { customerId: customer.id, name: "bench" });
  const customerId = customer.id;
  let extension;
  for (let i = 0; i < 60; i++)
    ({ extension } = await callAs(cookie, web.url, "extension.create", { customerId, extension: String(1_000 + i) }));
  const { trunk } = await callAs(cookie, web.url, "trunk.create", {
    customerId,
    domainName: "bench-pbx",
    authTypes: ["ip"],
    allowedIps: ["192.0.2.1"],
  });
  const ids = { ":customer": customerId, ":extension": extension.id, ":trunk": trunk.id };
  pages = PAGES.filter((page) => page.includes(only)).map((page) => ({
    name: page,
    url: web.url + page.replace(/:\w+/, (name) => ids[name]),
  }));
  if (!skipped.has("weight")) await weigh();
  if (!skipped.has("lighthouse")) await rate();
  if (!skipped.has("memory")) await wear();
} finally {
  await web?.stop();
  await installation.close();
}

/** What each page loads at first, and how much it moves. */
async function weigh() {
  const browser = await chromium.launch({ executablePath, args: browserArgs });
  const rows = [];
  for (const { name, url } of pages) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, extraHTTPHeaders: { cookie } });
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    await client.send("Network.enable");
    const types = new Map();
    const bytes = { script: 0, style: 0, document: 0 };
    client.on("Network.responseReceived", ({ requestId, type }) => types.set(requestId, type.toLowerCase()));
    client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const type = types.get(requestId).replace("stylesheet", "style");
      if (type in bytes) bytes[type] += encodedDataLength;
    });
    await page.addInitScript(() => {
      window.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shift += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(url, { waitUntil: "load" });
    const atLoad = { ...bytes };
    await page.waitForTimeout(1_500);
    const { shift, server, paint } = await page.evaluate(() => {
      const [navigation] = performance.getEntriesByType("navigation");
      return {
        shift: window.shift,
        server: navigation.responseStart - navigation.requestStart,
        paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
      };
    });
    const kB = (size) => (size / 1_000).toFixed(0);
    rows.push([
      name,
      kB(atLoad.script),
      kB(atLoad.style),
      kB(atLoad.document),
      shift.toFixed(3),
      server.toFixed(0),
      paint.toFixed(0),
    ]);
    await context.close();
  }
  await browser.close();
  console.log("\nFirst load (gzip, nothing in the browser's cache)\n");
  printTable(["page", "scripts kB", "styles kB", "document kB", "layout shift", "server ms", "first paint ms"], rows);
}

/** Lighthouse is no part of the project: it is fetched once, beside it. */
function lighthouse() {
  const folder = `${root}/.data/lighthouse`;
  if (!existsSync(`${folder}/node_modules/lighthouse`)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/package.json`, '{ "private": true }');
    execFileSync("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", "lighthouse@12.8.2"], {
      cwd: folder,
      stdio: "inherit",
    });
  }
  return createRequire(`${folder}/package.json`).resolve("lighthouse");
}

async function rate() {
  const path = lighthouse();
  const { default: audit, desktopConfig } = await import(pathToFileURL(path).href);
  const { launch } = await import(pathToFileURL(createRequire(path).resolve("chrome-launcher")).href);
  const chrome = await launch({ chromePath: executablePath, chromeFlags: ["--headless", ...browserArgs] });
  const rows = [];
  for (const { name, url } of pages) {
    const result = await audit(
      url,
      {
        port: chrome.port,
        extraHeaders: { cookie },
        onlyCategories: ["performance", "accessibility", "best-practices"],
        logLevel: "silent",
      },
      desktopConfig,
    );
    const { categories, audits } = result.lhr;
    const score = (id) => Math.round((categories[id].score ?? 0) * 100);
    const faults = Object.values(categories)
      .filter(({ id }) => id !== "performance")
      .flatMap(({ auditRefs }) => auditRefs)
      .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
      .map(({ id }) => id);
    rows.push([name, score("performance"), score("accessibility"), score("best-practices"), faults.join(" ")]);
  }
  chrome.kill();
  console.log("\nLighthouse, desktop\n");
  printTable(["page", "performance", "accessibility", "best practices", "faults"], rows);
}

/** The web process over many page loads: what it grows to, and whether it stays there. */
async function wear() {
  const samples = [];
  const latencies = [];
  const every = Math.max(1, Math.floor(loads / 10));
  let next = 0;
  const visitor = async () => {
    while (next < loads) {
      const turn = next++;
      const began = performance.now();
      const answer = await fetch(pages[turn % pages.length].url, { headers: { cookie } });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
      latencies.push(performance.now() - began);
      if (turn % every === every - 1) samples.push([turn + 1, usage(web.pid).residentMb.toFixed(0)]);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: 4 }, visitor));
  const seconds = (performance.now() - began) / 1_000;
  latencies.sort((a, b) => a - b);
  console.log(
    `\n${loads} page loads, four at a time: ${(loads / seconds).toFixed(0)} a second, p50 ${percentile(latencies, 0.5).toFixed(0)} ms, p99 ${percentile(latencies, 0.99).toFixed(0)} ms\n`,
  );
  printTable(["page loads", "resident MB"], samples);
}
