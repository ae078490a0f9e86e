import { ConfigError, loadConfig } from "@/server/platform/config";
import type { MySqlDsn } from "../dsn";
import { errorCode } from "../connection";
import type { Target } from "../shape/table";

/** Runs something for each configured database and ends the process: 0 good, 1 not good, 2 not configured. */
export async function forEachDatabase(run: (target: Target, dsn: MySqlDsn) => Promise<boolean>): Promise<void> {
  process.exitCode = await outcome(run);
}

async function outcome(run: (target: Target, dsn: MySqlDsn) => Promise<boolean>): Promise<number> {
  let config;
  try {
    config = loadConfig("cli");
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    return 2;
  }
  const databases: [Target, MySqlDsn | undefined][] = [
    ["bin", config.database.reveal()],
    ["asterisk", config.databaseAsterisk?.reveal()],
  ];
  let good = true;
  for (const [target, dsn] of databases) {
    if (dsn === undefined) {
      console.log(`${target}: skipped, DATABASE_DSN_ASTERISK is not set`);
      continue;
    }
    try {
      good = (await run(target, dsn)) && good;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      console.error(`${target} (${dsn.database}): ${reason === "" ? errorCode(error) : reason}`);
      good = false;
    }
  }
  return good ? 0 : 1;
}
