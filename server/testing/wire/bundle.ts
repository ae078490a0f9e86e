import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** CommonJS packages inside an ES module bundle still ask for these. */
const BANNER = [
  'import { createRequire as __createRequire } from "node:module";',
  'import { fileURLToPath as __fileURLToPath } from "node:url";',
  'import { dirname as __pathDirname } from "node:path";',
  "const require = __createRequire(import.meta.url);",
  "const __filename = __fileURLToPath(import.meta.url);",
  "const __dirname = __pathDirname(__filename);",
].join("\n");

export interface Bundles {
  /** Path of a bundle by its name. */
  path(name: string): string;
  /** The folder that they are in. */
  folder: string;
  remove(): void;
}

/**
 * Bundles processes and commands as a build does, from the sources as they are, into a folder of the test's own (inside
 * node_modules, from where packages with native parts are found).
 * @param entries name of the bundle to source file, relative to the root; a name without an extension is a command
 */
export async function bundle(entries: Readonly<Record<string, string>>): Promise<Bundles> {
  const folder = join(root, "node_modules/.cache/voipbin-admin", randomBytes(6).toString("hex"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  await Promise.all(
    Object.entries(entries).map(async ([name, entry]) => {
      const command = !name.includes(".");
      await build({
        entryPoints: [join(root, entry)],
        outfile: join(folder, name),
        absWorkingDir: root,
        bundle: true,
        platform: "node",
        format: "esm",
        target: "node20",
        keepNames: true,
        logLevel: "silent",
        banner: { js: command ? `#!/usr/bin/env node\n${BANNER}` : BANNER },
        alias: { "server-only": join(root, "scripts/lib/empty.mjs") },
        external: ["next", "next/*", "react", "react-dom", "@node-rs/argon2", "*.node"],
      });
      if (command) chmodSync(join(folder, name), 0o755);
    }),
  );
  return {
    folder,
    path: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
