// npm start: brings up everything that console and worker need, then both of them, and stays until Ctrl-C.
// Node's own modules only, until the packages are installed.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startApp } from "./lib/apps.mjs";
import { ensureBuilt } from "./lib/build.mjs";
import { hasCommand, runCommand } from "./lib/commands.mjs";
import {
  createDatabases,
  forgetShellEnvironment,
  loadDotEnv,
  processEnvironment,
  serverEnvironment,
  writeShellEnvironment,
} from "./lib/environment.mjs";
import { lockHolder, tryLock, unlock } from "./lib/lock.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { nextFreePort } from "./lib/ports.mjs";
import { ancestry, stopEverything } from "./lib/processes.mjs";
import { bold, dim, Hint, note, printError, say, seconds, step, warn } from "./lib/progress.mjs";
import { dataDir, ensurePrivateDir, readJson, root, writeJson } from "./lib/project.mjs";
import { namedByEnvironment, orderOf, provideServers } from "./lib/services.mjs";

const usage = `npm start -- [options]
  --demo        add believable demo data (npm run demo:remove takes it away again)
  --dev         reload web and worker on change (npm run dev)
  --port <n>    port of the console (default: PORT, else 3000; the next free one when it is taken)
  --host <h>    address to listen on (default: HOST, else 127.0.0.1)`;

const began = performance.now();
const lock = join(dataDir, "start.lock");
const state = join(dataDir, "running.json");
/** Ended in this order. @type {{ apps: (() => Promise<void>)[], servers: (() => Promise<void>)[] }} */
const started = { apps: [], servers: [] };

let leaving = false;
/** Ends what was started, processes before servers, and then ourselves. @param {number} code */
async function leave(code) {
  if (leaving) return;
  leaving = true;
  try {
    await Promise.all(started.apps.map((stop) => stop()));
    await Promise.all(started.servers.map((stop) => stop()));
    await stopEverything();
  } finally {
    if (lockHolder(lock) === process.pid) rmSync(state, { force: true });
    unlock(lock);
    process.exit(code);
  }
}

function listenForTheEnd() {
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      if (!leaving) say(`\nStopping …`);
      void leave(0);
    });
  }
  // npm killed outright would leave us behind: our ancestors change when that happens.
  const ancestors = ancestry();
  if (process.env.npm_lifecycle_event) {
    setInterval(() => ancestry() !== ancestors && void leave(0), 1000).unref();
  }
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      demo: { type: "boolean", default: false },
      dev: { type: "boolean", default: false },
      port: { type: "string" },
      host: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const port = Number(values.port ?? process.env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Hint("--port (or PORT) has to be a number from 1 to 65535");
  return { ...values, port, host: values.host ?? process.env.HOST ?? "127.0.0.1" };
}

/** What a command said last of each thing it spoke of ("bin (bin_manager): up to date"), on one line. @param {string} text */
const lastLines = (text) =>
  [...new Map(text.split("\n").map((line) => [line.split(":")[0], line])).values()].join("; ");

async function main() {
  forgetShellEnvironment();
  loadDotEnv(root);
  const options = readOptions();
  if (options.help) return say(usage);
  const { dev, demo, host } = options;
  ensurePrivateDir(dataDir);
  if (!tryLock(lock)) {
    const url = readJson(state)?.url;
    throw new Hint(`It runs already (process ${lockHolder(lock)})${url ? ` at ${url}` : ""}. Ctrl-C there ends it.`);
  }
  listenForTheEnd();
  say(bold("VoIPbin Admin"));
  await ensurePackages();

  const provide = async () => {
    const servers = await provideServers({
      dir: dataDir,
      named: namedByEnvironment(process.env),
      order: orderOf(["loopback", "private"]),
      onExit: (label, how) => warn(`${label} ${how}; starting it again`),
      register: (stop) => started.servers.push(stop),
    });
    const env = serverEnvironment(servers);
    await step("Databases", () => createDatabases(env));
    return env;
  };
  const [serverEnv] = await Promise.all([provide(), dev ? undefined : step("Build", () => ensureBuilt())]);

  const port = await nextFreePort(options.port, host);
  if (port !== options.port) note(`port ${options.port} is taken, using ${port}`);
  const env = { ...serverEnv, ...(await processEnvironment({ port, host, dev })) };
  writeShellEnvironment(env);
  if (hasCommand("migrate", dev)) await step("Migrations", () => runCommand("migrate", { env, dev }).then(lastLines));
  if (demo) await step("Demo data", () => runCommand("demo", { env, dev }).then(lastLines));

  const apps = /** @type {const} */ (["worker", "web"]).map((name) => ({ name, app: startApp(name, { env, dev }) }));
  started.apps.push(
    ...apps.map(
      ({ app }) =>
        () =>
          app.stop(),
    ),
  );
  await Promise.all(
    apps.map(({ name, app }) => step(`Ready: ${name}`, () => app.ready(dev ? 180_000 : 60_000).then(() => {}))),
  );
  writeJson(state, { pid: process.pid, url: env.PUBLIC_URL, env });

  const link = hasCommand("setup", dev) ? await runCommand("setup", { env, dev }) : "";
  say("");
  say(`  ${bold("Console")}  ${env.PUBLIC_URL}`);
  if (link) say(`  ${bold("Set up")}   ${link}\n           ${dim("one-time link: open it to make the first admin")}`);
  say(
    `  ${dim(`Ready after ${seconds(performance.now() - began)}. Data in ${dataDir}; for commands in another shell: . ${join(dataDir, "env")}`)}`,
  );
  say(`  ${dim("Ctrl-C ends it.")}\n`);
}

main().catch((error) => {
  if (!leaving) printError(error);
  void leave(1);
});
