import { openDatabase } from "@/db/client";
import { parseMysqlDsn } from "@/db/dsn";
import { jobHandlers } from "@/server/jobs/handlers";
import { createJobRunner } from "@/server/jobs/runner";
import { testRuntime } from "./installation";

/** Works the jobs of a test's database until it is killed; says so when it begins. */
const [url = "", asteriskUrl] = process.argv.slice(2);
const db = openDatabase(parseMysqlDsn(url), { size: 4 });
const asterisk = asteriskUrl === undefined ? null : openDatabase(parseMysqlDsn(asteriskUrl), { size: 4 });
const runtime = testRuntime(db, {}, asterisk);
const runner = createJobRunner({
  runtime,
  worker: `test:${process.pid}`,
  handlers: jobHandlers(runtime.ports),
  pollMs: 10,
});
setTimeout(() => process.exit(1), 60_000).unref(); // nobody came to kill it
runner.start();
process.stdout.write("ready\n");
