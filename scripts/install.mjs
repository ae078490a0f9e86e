// Installs Debian packages without starting their services: node scripts/install.mjs <package> …
import { installPackages } from "./lib/install.mjs";
import { printError } from "./lib/progress.mjs";

installPackages(process.argv.slice(2)).catch((error) => {
  printError(error);
  process.exitCode = 1;
});
