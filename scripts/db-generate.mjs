// Writes the migrations from the drizzle schema of both databases: drizzle-kit's own files, and next to them steps.ts,
// which is what db/migrate.ts runs (a bundle has no folder of .sql files beside it).
//   npm run db:generate [-- --name add-something]     --check: only says whether the files are of the present schema
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { values } = parseArgs({ options: { name: { type: "string" }, check: { type: "boolean", default: false } } });

/** What each CREATE TABLE ends with: drizzle has no table options. Asterisk's own migrations make theirs in utf8mb3. */
const tableOptions = {
  bin: "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci",
  asterisk: "ENGINE=InnoDB DEFAULT CHARSET=utf8mb3",
};

/** @param {"bin" | "asterisk"} target @param {string} out @returns {string} what drizzle-kit said */
function generate(target, out) {
  const name = values.name ?? (existsSync(join(out, "meta/_journal.json")) ? undefined : "baseline");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "node_modules/drizzle-kit/bin.cjs"), "generate", ...(name ? ["--name", name] : [])],
    {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, DB_TARGET: target, DB_MIGRATIONS: `./${relative(root, out)}`, NO_COLOR: "1" },
    },
  );
  if (status !== 0) throw new Error(`drizzle-kit failed for ${target}:\n${stdout}${stderr}`);
  return stdout.trim().split("\n").at(-1) ?? "";
}

/** The statements in order, with each table's indexes inside its CREATE TABLE. @param {"bin" | "asterisk"} target @param {string} out */
function steps(target, out) {
  /** @type {{ migration: string, table: string, sql: string }[]} */
  const all = [];
  for (const file of readdirSync(out)
    .filter((name) => name.endsWith(".sql"))
    .sort()) {
    const migration = file.replace(/\.sql$/, "");
    for (const text of readFileSync(join(out, file), "utf8").split("--> statement-breakpoint")) {
      const sql = text
        .trim()
        .replace(/;$/, "")
        .replace(/ ON (DELETE|UPDATE) no action/g, "");
      const match =
        /^(?:CREATE TABLE|ALTER TABLE|DROP TABLE|RENAME TABLE|CREATE (?:UNIQUE )?INDEX `[^`]+` ON|DROP INDEX `[^`]+` ON) `([^`]+)`/.exec(
          sql,
        );
      if (!match?.[1]) throw new Error(`${file}: cannot tell which table this is about:\n${sql}`);
      const table = match[1];
      const index = /^CREATE (UNIQUE )?INDEX (`[^`]+`) ON `[^`]+` (\(.*\))$/s.exec(sql);
      const made = all.find(
        (step) => step.migration === migration && step.table === table && step.sql.startsWith("CREATE TABLE"),
      );
      if (index && made) {
        const [, unique = "", name, columns] = index;
        made.sql = made.sql.replace(/\n\) ENGINE/, `,\n\t${unique}INDEX ${name} ${columns}\n) ENGINE`);
      } else {
        all.push({ migration, table, sql: sql.startsWith("CREATE TABLE") ? `${sql} ${tableOptions[target]}` : sql });
      }
    }
  }
  return `// Written by scripts/db-generate.mjs. Do not edit.\nexport const steps = ${JSON.stringify(all, null, 2)};\n`;
}

for (const target of /** @type {const} */ (["bin", "asterisk"])) {
  const out = join(root, "db", target, "migrations");
  if (values.check) {
    const copy = mkdtempSync(join(root, "db", target, ".check-"));
    try {
      cpSync(out, copy, { recursive: true });
      generate(target, copy);
      if (steps(target, copy) !== readFileSync(join(out, "steps.ts"), "utf8")) {
        console.error(`db/${target}/migrations are not of the present schema: run npm run db:generate`);
        process.exitCode = 1;
      }
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  } else {
    console.log(`${target}: ${generate(target, out)}`);
    writeFileSync(join(out, "steps.ts"), steps(target, out));
  }
}
