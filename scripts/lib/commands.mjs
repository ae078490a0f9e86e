import { existsSync } from "node:fs";
import { join } from "node:path";
import { run } from "./processes.mjs";
import { Hint } from "./progress.mjs";
import { root } from "./project.mjs";

/** Our own commands: bundle and source. @satisfies {Record<string, { bundle: string, source: string }>} */
const commands = {
  migrate: { bundle: "dist/migrate.mjs", source: "db/commands/migrate.ts" },
  demo: { bundle: "dist/demo.mjs", source: "server/commands/demo.ts" },
  setup: { bundle: "dist/setup.mjs", source: "server/commands/setup-link.ts" },
};

/** Whether a command is there, built or as source. @param {keyof typeof commands} name @param {boolean} dev */
export const hasCommand = (name, dev = false) => existsSync(join(root, commands[name][dev ? "source" : "bundle"]));

/**
 * Runs one of our own commands to its end.
 * @param {keyof typeof commands} name @param {{ env: Record<string, string>, args?: string[], dev?: boolean }} options
 * @returns {Promise<string>} its standard output, trimmed
 */
export async function runCommand(name, { env, args = [], dev = false }) {
  const { bundle, source } = commands[name];
  const start = dev
    ? [join(root, "node_modules/tsx/dist/cli.mjs"), join(root, source)]
    : ["--enable-source-maps", join(root, bundle)];
  const { code, output, stdout } = await run(process.execPath, [...start, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
  });
  if (code !== 0) throw new Hint(`${name} failed:\n${output.trim().slice(-6000)}`);
  return stdout.trim();
}
