import { openDatabase, type Database } from "@/db/client";
import { parseMysqlDsn } from "@/db/dsn";
import * as registrar from "@/server/domain/registrar";
import { platformContext } from "@/server/kernel/context";
import { testRuntime } from "../installation";
import { inPlaceOf } from "../intercept";

/**
 * A process that changes one extension and kills itself at one line of it: `asterisk` before Asterisk's database hears of
 * it, `bin` between the two commits, `note` when both are done.
 */
export type Line = "asterisk" | "bin" | "note";

const VERBS = {
  create: registrar.createExtension,
  update: registrar.updateExtension,
  delete: registrar.deleteExtension,
};

const [line = "bin", verb = "create", input = "{}", bin = "", asterisk = ""] = process.argv.slice(2);

/** Dies before a statement that matches is sent. */
function dieBefore(db: Database, matches: (sql: string) => boolean): Database {
  inPlaceOf(db, matches, () => process.kill(process.pid, "SIGKILL"));
  return db;
}

const open = (url: string): Database => openDatabase(parseMysqlDsn(url), { size: 2 });
const runtime = testRuntime(
  dieBefore(open(bin), (sql) => line === "bin" && sql === "commit"),
  {},
  dieBefore(open(asterisk), (sql) =>
    line === "asterisk" ? sql.includes("ps_auths") : line === "note" && sql.startsWith("delete from admin_unsettled"),
  ),
);
const ctx = platformContext(runtime, { actor: { type: "service", id: "doomed", name: "doomed" } });
void VERBS[verb as keyof typeof VERBS](ctx, JSON.parse(input) as never).then(
  () => setTimeout(() => process.exit(line === "note" ? 3 : 2), 30_000),
  (error: unknown) => {
    process.stderr.write(String(error));
    process.exit(1);
  },
);
