// npm test: format, lint, types, units, integration and browser, with servers and databases of the run's own.
import { availableParallelism } from "node:os";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createStages } from "./lib/stages.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { ancestry, stopEverything } from "./lib/processes.mjs";
import { bold, dim, green, Hint, printError, red, say, seconds } from "./lib/progress.mjs";
import { root } from "./lib/project.mjs";
import { sum } from "./lib/results.mjs";
import { schedule } from "./lib/scheduler.mjs";
import { createTestEnvironment } from "./lib/test-env.mjs";

const usage = `npm test -- [options] [filter …]
  --only <stages>   comma list of stages (see below); a filter is handed to Vitest or Playwright
  --skip <stages>
  --node24          the Vitest part once more on Node 24
Stages: format, lint, lockfile, client, migrations, build, types, unit, e2e, node24`;

/** @type {(() => Promise<void>)[]} */
const stops = [];
let leaving = false;
/** @param {number} code */
async function leave(code) {
  if (leaving) return;
  leaving = true;
  await stopEverything();
  for (const stop of stops.reverse()) await stop();
  process.exit(code);
}
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, () => void leave(130));
const ancestors = ancestry();
if (process.env.npm_lifecycle_event) setInterval(() => ancestry() !== ancestors && void leave(130), 1000).unref();

/** Runs one stage and prints its line, what passed only when repeated, and its output when it failed. @param {import("./lib/stages.mjs").Stage} stage */
async function runStage(stage) {
  const began = performance.now();
  const outcome = await stage.run().catch((error) => ({
    ok: false,
    output: error instanceof Hint ? error.message : String(error?.stack ?? error),
    count: { passed: 0, failed: 1, skipped: 0 },
    repeated: [],
  }));
  if (leaving) return outcome.count;
  const { passed, failed, skipped } = outcome.count;
  const tests = stage.tests
    ? `: ${passed} passed${failed ? `, ${failed} failed` : ""}${skipped ? `, ${skipped} skipped` : ""}`
    : "";
  const mark = outcome.ok ? green("✔") : red("✘");
  say(`  ${mark} ${stage.name}${tests} ${dim(`(${seconds(performance.now() - began)})`)}`);
  for (const { test, why } of outcome.repeated ?? []) say(`    only at the second try: ${test} ${dim(why)}`);
  if (!outcome.ok) say(`${outcome.output.trimEnd().slice(-60_000).replace(/^/gm, "      ")}\n`);
  return outcome.count;
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: "string" },
      skip: { type: "string" },
      node24: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return say(usage);
  const began = performance.now();
  say(bold("VoIPbin Admin: tests"));
  await ensurePackages();

  let environment;
  const all = createStages({
    filters: positionals,
    environment: () => (environment ??= createTestEnvironment({ register: (stop) => stops.push(stop) })),
    hasEnd2End: existsSync(join(root, "playwright.config.ts")),
  });
  const list = (/** @type {string | undefined} */ text) => text?.split(",").map((name) => name.trim());
  const only = list(values.only);
  const skip = list(values.skip) ?? [];
  const unknown = [...(only ?? []), ...skip].filter((name) => !all.some((stage) => stage.name === name));
  if (unknown.length > 0) throw new Hint(`no such stage: ${unknown.join(", ")}\n${usage}`);
  // Browser and integration tests run what is in dist/; building what is built already costs nothing.
  if (only?.some((name) => ["unit", "e2e", "node24"].includes(name))) only.push("build");
  const chosen = all.filter(
    (stage) =>
      (only ? only.includes(stage.name) : stage.name !== "node24" || values.node24) && !skip.includes(stage.name),
  );
  // The servers start while other stages run; whoever needs them gets to know of a failure.
  if (chosen.some((stage) => stage.tests))
    environment = createTestEnvironment({ register: (stop) => stops.push(stop) });
  environment?.catch(() => {});
  const cores = Math.max(2, availableParallelism());
  const counts = await schedule(
    chosen.map((stage) => ({ ...stage, run: () => runStage(stage) })),
    cores,
  );
  const total = sum(counts);
  const looked = chosen.flatMap((stage, index) => (stage.tests ? [counts[index]] : []));
  if (positionals.length > 0 && looked.every((count) => count && count.passed + count.failed + count.skipped === 0)) {
    say(red(`  no test's file has ${positionals.join(" or ")} in its name`));
    total.failed++;
  }
  for (const stop of stops.splice(0).reverse()) await stop();
  say(dim(`\n  ${seconds(performance.now() - began)} on ${cores} cores`));
  say(`${total.passed} passed, ${total.failed} failed`);
  await leave(total.failed > 0 ? 1 : 0);
}

main().catch((error) => {
  if (!leaving) {
    printError(error);
    say("0 passed, 1 failed");
  }
  void leave(1);
});
