import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { startApp } from "./apps.mjs";
import { ensureBuilt } from "./build.mjs";
import { ensureChromium } from "./chromium.mjs";
import { runCommand, hasCommand } from "./commands.mjs";
import { processEnvironment } from "./environment.mjs";
import { withLock } from "./lock.mjs";
import { readableLogLine } from "./output.mjs";
import { npmCommand } from "./packages.mjs";
import { freePort, loopback } from "./ports.mjs";
import { isExecutable, run } from "./processes.mjs";
import { Hint } from "./progress.mjs";
import { dataDir, ensurePrivateDir, randomSecret, root, writeJson } from "./project.mjs";
import { readReport } from "./results.mjs";
import { ensureSipTools } from "./sip.mjs";

/**
 * @typedef {import("./results.mjs").Count} Count
 * @typedef {{ ok: boolean, output: string, count: Count, repeated?: import("./results.mjs").SecondTry[] }} Outcome
 * @typedef {{ name: string, needs?: string[], weight?: number, tests?: boolean, run: () => Promise<Outcome> }} Stage
 */

const bin = (/** @type {string} */ path) => join(root, "node_modules", path);
const one = (/** @type {boolean} */ ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });

/** A tool of node_modules, judged by its exit code. @param {string} script @param {string[]} args @returns {Promise<Outcome>} */
async function tool(script, args) {
  const { code, output } = await run(process.execPath, [script, ...args], {
    cwd: root,
    env: { ...process.env, FORCE_COLOR: "0" },
  });
  return { ok: code === 0, output, count: one(code === 0) };
}

/** Types need what Next generates (next-env.d.ts, route types); a build leaves it, else it is made. */
async function types() {
  if (existsSync(join(root, "app")) && !existsSync(join(root, "next-env.d.ts"))) {
    await run(process.execPath, [bin("next/dist/bin/next"), "typegen"], { cwd: root });
  }
  const tsc = bin("typescript/bin/tsc");
  const results = [
    await tool(tsc, ["--noEmit", "--incremental", "false"]),
    await tool(tsc, ["--noEmit", "-p", "scripts"]),
  ];
  const ok = results.every((result) => result.ok);
  return { ok, output: results.map((result) => result.output).join(""), count: one(ok) };
}

/** Node 24, from npm's package `node`, kept under .data/. @returns {Promise<string>} */
async function node24() {
  const dir = ensurePrivateDir(join(dataDir, "node24"));
  const path = join(dir, "node_modules/node/bin/node");
  return withLock(join(dataDir, "node24.lock"), async () => {
    if (isExecutable(path)) return path;
    writeJson(join(dir, "package.json"), { private: true });
    const npm = npmCommand();
    const install = ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", "node@24"];
    const { output } = await run(npm.command, [...npm.args, ...install], { cwd: dir });
    if (!isExecutable(path)) throw new Hint(`Node 24 could not be installed:\n${output}`);
    return path;
  });
}

/**
 * @param {{ filters: string[], environment: () => Promise<import("./test-env.mjs").TestEnvironment>, hasEnd2End: boolean }} options
 * @returns {Stage[]}
 */
export function createStages({ filters, environment, hasEnd2End }) {
  // A filter meant for the one runner matches nothing in the other.
  const some = (/** @type {string} */ orNone) => (filters.length > 0 ? [orNone, ...filters] : []);
  /** @param {string} name @param {string} node @returns {Promise<Outcome>} */
  const vitest = async (name, node) => {
    const { env, dir } = await environment();
    if (filters.length === 0 || filters.some((filter) => filter.includes("sip"))) await ensureSipTools();
    const report = join(dir, `${name}.json`);
    const args = [
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...some("--passWithNoTests"),
    ];
    const { code, output } = await run(node, [bin("vitest/vitest.mjs"), ...args], {
      cwd: root,
      env: { ...process.env, ...env, NODE_ENV: "test", FORCE_COLOR: "0" },
    });
    return { ok: code === 0, output, ...readReport(report, "vitest", code === 0) };
  };

  /** @returns {Promise<Outcome>} */
  const endToEnd = async () => {
    const chromium = await ensureChromium();
    const test = await environment();
    const port = await freePort();
    const metricsPort = await freePort();
    const address = { PUBLIC_URL: `http://localhost:${port}`, PROMETHEUS_LISTEN_ADDRESS: `${loopback}:${metricsPort}` };
    const env = {
      ...(await test.installation("e2e")),
      ...(await processEnvironment({
        port,
        host: loopback,
        dev: false,
        env: { ...address, AUTH_SECRET: randomSecret(32), LOG_LEVEL: "warn" },
      })),
    };
    if (hasCommand("migrate")) await runCommand("migrate", { env });
    /** @type {string[]} */
    const log = [];
    const onLine = (/** @type {string} */ line) => log.push(readableLogLine(line)) > 500 && log.shift();
    const apps = /** @type {const} */ (["worker", "web"]).map((name) =>
      startApp(name, { env, onLine, restart: false }),
    );
    const results = join(root, "test-results", test.id);
    try {
      await Promise.all(apps.map((app) => app.ready())).catch((error) => {
        throw new Hint(`${error.message}\n${log.join("\n")}`);
      });
      const setup = hasCommand("setup") ? await runCommand("setup", { env }) : "";
      const report = join(test.dir, "e2e.json");
      const args = ["test", "--reporter=list,json", `--output=${results}`, ...some("--pass-with-no-tests")];
      const { code, output } = await run(process.execPath, [bin("@playwright/test/cli.js"), ...args], {
        cwd: root,
        env: {
          ...process.env,
          ...env,
          ...test.env,
          BASE_URL: address.PUBLIC_URL,
          SETUP_URL: setup,
          CHROMIUM_PATH: chromium,
          CHROME_PATH: chromium,
          PLAYWRIGHT_JSON_OUTPUT_FILE: report,
          PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1",
          FORCE_COLOR: "0",
        },
      });
      const ok = code === 0;
      if (ok) rmSync(results, { recursive: true, force: true });
      const tail = ok || log.length === 0 ? "" : `\n--- web and worker said ---\n${log.join("\n")}`;
      return { ok, output: output + tail, ...readReport(report, "playwright", ok) };
    } finally {
      await Promise.all(apps.map((app) => app.stop()));
    }
  };

  const build = async () => {
    await ensureBuilt();
    return { ok: true, output: "", count: one(true) };
  };
  const generate = join(root, "scripts/db-generate.mjs");

  /** @type {Stage[]} */
  const stages = [
    { name: "build", run: build },
    { name: "format", run: () => tool(bin("prettier/bin/prettier.cjs"), ["--check", "--log-level", "warn", "."]) },
    { name: "lockfile", run: () => tool(join(root, "scripts/complete-lockfile.mjs"), ["--check"]) },
    { name: "lint", run: () => tool(bin("eslint/bin/eslint.js"), [".", "--max-warnings", "0"]) },
    { name: "types", needs: ["build"], run: types },
    { name: "unit", needs: ["build"], weight: 2, tests: true, run: () => vitest("unit", process.execPath) },
    {
      name: "node24",
      needs: ["build", "unit"],
      weight: 2,
      tests: true,
      run: async () => vitest("node24", await node24()),
    },
  ];
  if (existsSync(generate)) stages.splice(3, 0, { name: "migrations", run: () => tool(generate, ["--check"]) });
  const client = join(root, "scripts/client-build.mjs");
  if (existsSync(client)) stages.splice(3, 0, { name: "client", run: () => tool(client, ["--check"]) });
  if (hasEnd2End)
    stages.push({ name: "e2e", needs: ["build", "unit", "node24"], weight: 2, tests: true, run: endToEnd });
  return stages;
}
