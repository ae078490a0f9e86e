import { openDatabase } from "@/db/client";
import { parseMysqlDsn } from "@/db/dsn";
import { jobHandlers } from "@/server/jobs/handlers";
import { createJobRunner } from "@/server/jobs/runner";
import { testRuntime } from "./installation";
import { inPlaceOf } from "./intercept";

/**
 * Works the jobs of a test's database until it is killed; says so when it begins.
 * Given a number, it kills itself instead of making so many extensions.
 */
const [url = "", asteriskUrl, mostExtensions = "Infinity"] = process.argv.slice(2);
const db = openDatabase(parseMysqlDsn(url), { size: 4 });
const asterisk = asteriskUrl === undefined ? null : openDatabase(parseMysqlDsn(asteriskUrl), { size: 4 });
let left = Number(mostExtensions);
inPlaceOf(
  db,
  (sql) => sql.includes("insert into `registrar_extensions`") && --left <= 0,
  () => process.kill(process.pid, "SIGKILL"),
);
const runtime = testRuntime(db, {}, asterisk);
const runner = createJobRunner({
  runtime,
  worker: `test:${process.pid}`,
  handlers: jobHandlers(runtime.ports),
  pollMs: 10,
});
setTimeout(() => process.exit(1), 120_000).unref(); // nobody came to kill it
runner.start();
process.stdout.write("ready\n");
