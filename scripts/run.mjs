// Runs one of the project's commands against the local installation: node scripts/run.mjs <file> [arguments]
// Where the environment names a database, that one is meant; else what `npm start` uses, started for the while if need be.
import { spawn } from "node:child_process";
import { join } from "node:path";
import {
  createDatabases,
  forgetShellEnvironment,
  loadDotEnv,
  processEnvironment,
  serverEnvironment,
  sipDomains,
} from "./lib/environment.mjs";
import { lockHolder, tryLock, unlock } from "./lib/lock.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { stopEverything } from "./lib/processes.mjs";
import { printError } from "./lib/progress.mjs";
import { dataDir, ensurePrivateDir, readJson, root } from "./lib/project.mjs";
import { namedByEnvironment, orderOf, provideServers } from "./lib/services.mjs";

const [file = "", ...args] = process.argv.slice(2);
const lock = join(dataDir, "start.lock");

/** @param {Record<string, string>} env @returns {Promise<number>} its exit code */
function command(env) {
  const loader = file.endsWith(".ts") ? [join(root, "node_modules/tsx/dist/cli.mjs")] : [];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...loader, join(root, file), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: "inherit",
    });
    // A Ctrl-C reaches the command as well: we only have to outlive it.
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => child.kill(signal));
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

async function main() {
  forgetShellEnvironment();
  loadDotEnv(root);
  await ensurePackages();
  if (process.env.DATABASE_DSN || process.env.DATABASE_DSN_BIN) return command(sipDomains());
  if (lockHolder(lock)) return command(readJson(join(dataDir, "running.json"))?.env ?? {});
  ensurePrivateDir(dataDir);
  if (!tryLock(lock)) throw new Error("npm start has just begun; try again when it is ready");
  let stop = async () => {};
  try {
    const servers = await provideServers({
      dir: dataDir,
      named: namedByEnvironment(process.env),
      order: orderOf(["loopback", "private"]),
      ...(file.startsWith("db/") && { names: ["mysql"] }),
      register: (end) => (stop = end),
    });
    const env = serverEnvironment(servers);
    await createDatabases(env);
    return await command({ ...env, ...(await processEnvironment({ port: 3000, host: "127.0.0.1", dev: true })) });
  } finally {
    await stop();
    await stopEverything();
    unlock(lock);
  }
}

main().then(
  (code) => process.exit(code),
  (error) => {
    printError(error);
    process.exit(1);
  },
);
