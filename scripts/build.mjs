// npm run build: dist/ (worker, web, commands) and .next/ (pages). Always builds; npm start skips what is unchanged.
import { ensureBuilt } from "./lib/build.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { printError, step } from "./lib/progress.mjs";

try {
  await ensurePackages();
  await step("Build", () => ensureBuilt({ force: true }));
} catch (error) {
  printError(error);
  process.exitCode = 1;
}
