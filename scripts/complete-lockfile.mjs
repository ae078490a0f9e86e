// Completes package-lock.json after `npm install`; `--check` only says whether it is complete.
import { completeLockfile } from "./lib/lockfile.mjs";
import { readJson, root, writeJson } from "./lib/project.mjs";

const path = `${root}/package-lock.json`;
const lock = readJson(path);
const before = JSON.stringify(lock);
const added = completeLockfile(lock);

if (JSON.stringify(lock) === before) {
  console.log("package-lock.json is complete");
} else if (process.argv.includes("--check")) {
  console.error(
    `package-lock.json is not complete (${added.join(", ") || "order or addresses"}): npm run lock:complete`,
  );
  process.exitCode = 1;
} else {
  writeJson(path, lock, 0o644);
  console.log(added.length > 0 ? `added ${added.length}: ${added.join(", ")}` : "tidied package-lock.json");
}
