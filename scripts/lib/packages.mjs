import { join } from "node:path";
import { isInstalled } from "./lockfile.mjs";
import { withLock } from "./lock.mjs";
import { findBinary, run } from "./processes.mjs";
import { Hint, note, step } from "./progress.mjs";
import { dataDir, readJson, root } from "./project.mjs";

const current = () =>
  isInstalled(readJson(join(root, "package-lock.json")), readJson(join(root, "node_modules/.package-lock.json")));

/** How to call npm: the one that runs us, else the one in PATH. */
export function npmCommand() {
  const cli = process.env.npm_execpath;
  return cli?.endsWith(".js")
    ? { command: process.execPath, args: [cli] }
    : { command: findBinary("npm") ?? "npm", args: [] };
}

/** Brings node_modules to what package-lock.json says, when it is not. Never downloads a browser. */
export async function ensurePackages() {
  if (current()) return;
  await withLock(
    join(dataDir, "packages.lock"),
    async () => {
      if (current()) return;
      await step("Packages (npm ci)", async () => {
        const npm = npmCommand();
        const env = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1", NODE_ENV: "development" };
        const { code, output } = await run(
          npm.command,
          [...npm.args, "ci", "--no-audit", "--no-fund", "--loglevel=error"],
          {
            cwd: root,
            env,
          },
        );
        if (code !== 0) throw new Hint(`npm ci failed:\n${output.slice(-3000)}`);
      });
    },
    () => note("another run is installing the packages; waiting for it …"),
  );
}
