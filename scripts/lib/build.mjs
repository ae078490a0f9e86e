import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join, relative } from "node:path";
import { lockHolder, withLock } from "./lock.mjs";
import { launch } from "./processes.mjs";
import { Hint, note, warn } from "./progress.mjs";
import { dataDir, readJson, root, writeJson } from "./project.mjs";

const dist = join(root, "dist");
const stamp = join(dist, ".build.json");

/** What never ends up in a build. */
const ignoredFolders = new Set([
  "node_modules",
  "dist",
  "coverage",
  "test-results",
  "playwright-report",
  "e2e",
  "bench",
  "docs",
  "deploy",
  "scripts",
  "client",
]);
const ignoredFiles = /\.(md|test\.tsx?|tsbuildinfo)$|^next-env\.d\.ts$|^(eslint|vitest|playwright|drizzle)\.config\./;

/** Every source file, relative to the root, sorted. @param {string} folder @returns {string[]} */
function sources(folder = root) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        const ignored = entry.name.startsWith(".") || (folder === root && ignoredFolders.has(entry.name));
        return ignored || entry.name === "node_modules" ? [] : sources(path);
      }
      return entry.name.startsWith(".") || ignoredFiles.test(entry.name) ? [] : [relative(root, path)];
    })
    .sort();
}

/** @param {string[]} paths */
function fingerprint(paths) {
  const hash = createHash("sha256");
  for (const path of paths) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update("\0");
  }
  return hash.digest("hex");
}

/** A fingerprint of everything that decides what a build contains, but for tsconfig.json, which `next build` tidies. */
const sourceHash = () =>
  fingerprint([...sources().filter((path) => path !== "tsconfig.json"), "scripts/build.mjs", "scripts/lib/build.mjs"]);
const configHash = () => fingerprint(["tsconfig.json"]);

/** Bundles: name in dist/ -> entry. Those whose entry does not exist (yet) are left out. */
function entries() {
  const fixed = {
    "worker.mjs": "server/worker.ts",
    "web.mjs": "server/web.ts",
    "migrate.mjs": "db/commands/migrate.ts",
    "demo.mjs": "server/commands/demo.ts",
    "setup.mjs": "server/commands/setup-link.ts",
  };
  const cli = join(root, "server/cli");
  const commands = existsSync(cli) ? readdirSync(cli).filter((file) => /^[a-z]+-control\.ts$/.test(file)) : [];
  const all = {
    ...fixed,
    ...Object.fromEntries(commands.map((file) => [`bin/${basename(file, ".ts")}`, `server/cli/${file}`])),
  };
  return Object.entries(all).filter(([, entry]) => existsSync(join(root, entry)));
}

/** CommonJS packages inside an ES module bundle still ask for these. */
const banner = [
  'import { createRequire as __createRequire } from "node:module";',
  'import { fileURLToPath as __fileURLToPath } from "node:url";',
  'import { dirname as __pathDirname } from "node:path";',
  "const require = __createRequire(import.meta.url);",
  "const __filename = __fileURLToPath(import.meta.url);",
  "const __dirname = __pathDirname(__filename);",
].join("\n");

/** The package's version and, where git knows it, the commit; a build without a repository can be told in SOURCE_COMMIT. */
function describeVersion() {
  const { version } = readJson(join(root, "package.json"));
  const git = spawnSync("git", ["describe", "--always", "--dirty", "--abbrev=8", "--exclude=*"], {
    cwd: root,
    encoding: "utf8",
  });
  const commit = (process.env.SOURCE_COMMIT ?? "").slice(0, 12) || (git.status === 0 ? git.stdout.trim() : "");
  return commit === "" ? version : `${version} (${commit})`;
}

/** Bundles the processes and commands into dist/, each file put in place by rename. @returns {Promise<string>} what was built */
export async function buildBundles() {
  const { build, stop } = await import("esbuild");
  const draft = join(root, "dist", `.draft-${process.pid}`);
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(join(draft, "bin"), { recursive: true });
  const all = entries();
  const version = describeVersion();
  try {
    await Promise.all(
      all.map(async ([name, entry]) => {
        const command = name.startsWith("bin/");
        const hasShebang = readFileSync(join(root, entry), "utf8").startsWith("#!");
        await build({
          entryPoints: [join(root, entry)],
          outfile: join(draft, name),
          absWorkingDir: root,
          bundle: true,
          platform: "node",
          format: "esm",
          target: "node20",
          keepNames: true,
          sourcemap: command ? false : "linked",
          legalComments: "none",
          logLevel: "silent",
          banner: { js: command && !hasShebang ? `#!/usr/bin/env node\n${banner}` : banner },
          alias: { "server-only": join(root, "scripts/lib/empty.mjs") },
          define: { __VERSION__: JSON.stringify(version) },
          external: ["next", "next/*", "react", "react-dom", "@node-rs/argon2", "*.node"],
        });
        if (command) chmodSync(join(draft, name), 0o755);
      }),
    );
    // The commands have no file extension: this says that they are ES modules.
    writeFileSync(join(draft, "bin/package.json"), '{ "type": "module" }\n');
    const built = files(draft);
    for (const file of built) {
      mkdirSync(join(dist, file, ".."), { recursive: true });
      renameSync(join(draft, file), join(dist, file));
    }
    for (const file of files(dist)) {
      if (!built.includes(file) && !file.startsWith(".")) rmSync(join(dist, file));
    }
  } catch (error) {
    const errors = /** @type {{ errors?: any[] }} */ (error).errors;
    if (!errors) throw error;
    const { formatMessages } = await import("esbuild");
    throw new Hint((await formatMessages(errors, { kind: "error" })).join("\n"));
  } finally {
    await stop();
    rmSync(draft, { recursive: true, force: true });
  }
  return all.map(([name]) => name).join(", ");
}

/** @param {string} folder @param {string} [under] @returns {string[]} */
function files(folder, under = "") {
  return readdirSync(join(folder, under), { withFileTypes: true }).flatMap((entry) => {
    const path = join(under, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith(".draft-") ? [] : files(folder, path);
    return [path];
  });
}

/** Builds the pages. Types are checked by `npm run typecheck` and `npm test`, not here. */
async function buildPages() {
  if (!existsSync(join(root, "app"))) return;
  let output = "";
  const child = launch({
    name: "next build",
    command: process.execPath,
    args: [join(root, "node_modules/next/dist/bin/next"), "build"],
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    onLine: (line) => (output += `${line}\n`),
  });
  const how = await child.exited;
  if (how !== "ended with code 0") throw new Hint(`next build ${how}:\n${output.slice(-6000)}`);
}

const complete = () =>
  entries().every(([name]) => existsSync(join(dist, name))) &&
  (!existsSync(join(root, "app")) || existsSync(join(root, ".next/BUILD_ID")));

/** Whether dist/ and .next/ were built from the sources as they are. */
export const isBuilt = (hash = sourceHash()) =>
  complete() && readJson(stamp)?.hash === hash && readJson(stamp)?.config === configHash();

/**
 * Builds what changed: nothing when dist/ and .next/ are of the present sources. One build at a time per checkout.
 * @param {{ force?: boolean }} options
 * @returns {Promise<string>} what was done
 */
export function ensureBuilt({ force = false } = {}) {
  return withLock(
    join(dataDir, "build.lock"),
    async () => {
      const hash = sourceHash();
      if (!force && isBuilt(hash)) return "unchanged";
      const holder = lockHolder(join(dataDir, "start.lock"));
      if (holder && holder !== process.pid) warn("npm start runs from this checkout: restart it to get the new build");
      rmSync(stamp, { force: true });
      const [bundles] = await Promise.all([buildBundles(), buildPages()]);
      writeJson(stamp, { hash, config: configHash(), node: process.version, at: new Date().toISOString() }, 0o644);
      const size = entries().reduce((sum, [name]) => sum + statSync(join(dist, name)).size, 0);
      return `${bundles} (${(size / 1e6).toFixed(1)} MB)`;
    },
    () => note("another run is building; waiting for it …"),
  );
}
