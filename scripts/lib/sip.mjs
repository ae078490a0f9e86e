import { readdirSync } from "node:fs";
import { join } from "node:path";
import { canInstall, installPackages } from "./install.mjs";
import { findBinary } from "./processes.mjs";
import { step, warn } from "./progress.mjs";

/** Whether Kamailio can reach MySQL; its modules are in a folder that is named after the machine. */
function hasMysqlModule() {
  const folders = (/** @type {string} */ path) => {
    try {
      return readdirSync(path);
    } catch {
      return [];
    }
  };
  return ["", ...folders("/usr/lib").filter((name) => name.includes("linux-gnu"))].some((name) =>
    folders(join("/usr/lib", name, "kamailio/modules")).includes("db_mysql.so"),
  );
}

const missing = () => [
  ...(findBinary("sipp") ? [] : ["sip-tester"]),
  ...(findBinary("kamailio") && hasMysqlModule() ? [] : ["kamailio", "kamailio-mysql-modules"]),
];

/** A SIP client and a SIP proxy for the tests, installed where we may; without them the tests that need them are skipped. */
export async function ensureSipTools() {
  if (missing().length > 0 && canInstall()) {
    const packages = missing();
    await step(`apt-get install ${packages.join(" ")}`, () => installPackages(packages));
  }
  const still = missing();
  if (still.length > 0) {
    warn(`without ${still.join(", ")} the tests with SIP phones and Kamailio are skipped (Debian: apt-get install)`);
  }
}
