import type { Database } from "@/db/client";
import type { Log } from "@/server/kernel/context";
import { isDatabaseGone } from "@/server/kernel/errors";
import { dashed, newTimeOrderedId } from "@/server/kernel/ids";
import { runStatement, selectRows } from "@/server/kernel/statements-run";
import type { RunningProcess } from "./trpc/health-report";
import { VERSION } from "./version";

export interface PresenceOptions {
  db: Database;
  log: Log;
  kind: "web" | "worker";
  /** Kind, host and process id. */
  name: string;
  roles: readonly string[];
  /** How often it says that it runs, in milliseconds. */
  everyMs?: number;
}

const EVERY_MS = 10_000;
/** Who has not been heard of for so long is gone. */
const GONE_SECONDS = 30;
const SHOWN_MOST = 200;

/**
 * Says every few seconds that this process runs, which version it is and since when. Times are the database's, so that
 * clocks of machines need not agree. A database that is away is tried again at the next beat.
 */
export function createPresence({ db, log, kind, name, roles, everyMs = EVERY_MS }: PresenceOptions) {
  const id = Buffer.from(newTimeOrderedId().replaceAll("-", ""), "hex");
  const row = [id, kind, name, roles.join(","), VERSION, process.version];
  let startedAt = performance.now();
  let timer: NodeJS.Timeout | null = null;
  let work: Promise<void> = Promise.resolve();

  async function beat(): Promise<void> {
    const age = Math.round((performance.now() - startedAt) * 1_000);
    try {
      await runStatement(db, {
        sql: "insert into admin_processes (id, kind, name, roles, version, node, tm_start, tm_beat) values (?, ?, ?, ?, ?, ?, utc_timestamp(6) - interval ? microsecond, utc_timestamp(6)) on duplicate key update tm_beat = utc_timestamp(6)",
        params: [...row, age],
      });
    } catch (error) {
      if (!isDatabaseGone(error)) log.warn({ err: error }, "this process could not say that it runs");
    }
  }

  return {
    start(): void {
      startedAt = performance.now();
      work = beat();
      timer = setInterval(() => {
        work = beat();
      }, everyMs);
    },
    /** A process that stops in good order is gone at once. */
    async stop(): Promise<void> {
      if (timer !== null) clearInterval(timer);
      await work;
      await runStatement(db, { sql: "delete from admin_processes where id = ?", params: [id] }).catch(() => undefined);
    },
  };
}

type ProcessRow = [
  id: Buffer,
  kind: string,
  name: string,
  roles: string,
  version: string,
  node: string,
  tmStart: string,
  tmBeat: string,
];

/** The processes that run, workers first, the one that runs longest first. */
export async function listProcesses(db: Database): Promise<RunningProcess[]> {
  const rows = await selectRows<ProcessRow>(db, {
    sql: "select id, kind, name, roles, version, node, tm_start, tm_beat from admin_processes where tm_beat > utc_timestamp(6) - interval ? second limit ?",
    params: [GONE_SECONDS, SHOWN_MOST],
  });
  return rows
    .map(([id, kind, name, roles, version, node, tmStart, tmBeat]) => ({
      id: dashed(id.toString("hex")),
      kind,
      name,
      roles: roles === "" ? [] : roles.split(","),
      version,
      node,
      tmStart,
      tmBeat,
    }))
    .sort((a, b) => b.kind.localeCompare(a.kind) || a.tmStart.localeCompare(b.tmStart));
}
