// npm run client:build: writes the types of what access keys may call (client/src/api.ts), and makes of client/src the
// package as it is published: one module, and one file of types that needs no other. --check: only says whether
// client/src/api.ts is of the present procedures.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import ts from "typescript";
import { Hint, printError } from "./lib/progress.mjs";
import { root } from "./lib/project.mjs";

const source = join(root, "client/src");
const dist = join(root, "client/dist");

function writeApi() {
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      join(root, "node_modules/tsx/dist/cli.mjs"),
      join(root, "server/commands/client-api.ts"),
      ...process.argv.slice(2),
    ],
    { cwd: root, encoding: "utf8" },
  );
  if (status !== 0) throw new Hint(stderr.trim());
}

/** All declarations in one file: what one module imports from another is there as well. */
function rollUpTypes() {
  const files = ["api", "errors", "client", "index"].map((name) => join(source, `${name}.ts`));
  /** @type {Map<string, string>} */
  const written = new Map();
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
    types: [],
    strict: true,
    declaration: true,
    emitDeclarationOnly: true,
    stripInternal: true,
  });
  const { diagnostics } = program.emit(undefined, (path, text) => written.set(path, text));
  const problems = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (problems.length > 0)
    throw new Hint(
      ts.formatDiagnostics(problems, {
        getCanonicalFileName: (name) => name,
        getCurrentDirectory: () => root,
        getNewLine: () => "\n",
      }),
    );
  const all = files.map((file) => written.get(file.replace(/\.ts$/, ".d.ts")) ?? "");
  return all
    .join("\n")
    .replace(/^import [^;]*;\n/gm, "")
    .replace(/^export \{[^}]*\} from [^;]*;\n?/gm, "");
}

async function main() {
  writeApi();
  if (process.argv.includes("--check")) return;
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  await build({
    entryPoints: [join(source, "index.ts")],
    outfile: join(dist, "index.js"),
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    legalComments: "none",
    logLevel: "silent",
  });
  writeFileSync(join(dist, "index.d.ts"), rollUpTypes());
  // What is exported has to be there, and to need nothing else.
  const types = readFileSync(join(dist, "index.d.ts"), "utf8");
  if (/from ["']|import\(/.test(types)) throw new Hint("client/dist/index.d.ts still asks for another file");
}

main().catch((error) => {
  printError(error);
  process.exitCode = 1;
});
