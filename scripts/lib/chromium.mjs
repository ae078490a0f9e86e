import { canInstall, installPackages } from "./install.mjs";
import { findBinary } from "./processes.mjs";
import { Hint, step } from "./progress.mjs";

const find = () =>
  findBinary(
    ...[process.env.CHROMIUM_PATH, process.env.CHROME_PATH].flatMap((path) => (path ? [path] : [])),
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  );

/** The system's Chromium, installed where we may. @returns {Promise<string>} its path */
export async function ensureChromium() {
  const found = find();
  if (found) return found;
  if (canInstall()) await step("apt-get install chromium", () => installPackages(["chromium", "fonts-liberation"]));
  const installed = find();
  if (installed) return installed;
  throw new Hint(
    "Chromium was not found: install it (Debian: apt-get install chromium), or set CHROMIUM_PATH to a Chromium or Chrome",
  );
}
