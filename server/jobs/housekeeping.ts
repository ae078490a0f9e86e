import type { Runtime } from "@/server/kernel/context";
import { addSeconds } from "@/server/kernel/clock";
import { ONCE_FILE_SECONDS } from "@/server/domain/jobs/schemas";
import { isDatabaseGone } from "@/server/kernel/errors";
import { runStatement } from "@/server/kernel/statements-run";

const DAY = 86_400;
/** What is removed after how long, in seconds; each by an index on its time. */
const KEPT: readonly { table: string; column: string; seconds: number; where?: string }[] = [
  { table: "admin_receipts", column: "tm_create", seconds: DAY },
  { table: "admin_sessions", column: "tm_expire", seconds: 30 * DAY },
  { table: "admin_processes", column: "tm_beat", seconds: 60 },
  { table: "admin_sign_ins", column: "tm_expire", seconds: 3_600 },
  { table: "admin_handovers", column: "tm_expire", seconds: DAY },
  { table: "admin_job_keys", column: "tm_create", seconds: ONCE_FILE_SECONDS },
  { table: "admin_import_rows", column: "tm_create", seconds: DAY },
  { table: "admin_registration_changes", column: "tm", seconds: 2 * DAY },
  { table: "admin_registration_samples", column: "tm", seconds: 9 * DAY },
  { table: "admin_registration_totals", column: "tm", seconds: 9 * DAY },
  { table: "admin_registration_alarms", column: "tm_create", seconds: 90 * DAY },
  { table: "admin_registration_states", column: "tm_change", seconds: 90 * DAY, where: "is_up = 0" },
  { table: "admin_job_results", column: "tm_update", seconds: 90 * DAY },
  { table: "admin_jobs", column: "due_at", seconds: 90 * DAY, where: "state in ('done', 'cancelled')" },
];
const BATCH = 1_000;
const EVERY_MS = 60_000;

/** Removes what nobody asks for any more, in small batches, so that no table grows without bound. */
export function createHousekeeping(runtime: Runtime, everyMs = EVERY_MS) {
  let timer: NodeJS.Timeout | null = null;
  let work: Promise<void> = Promise.resolve();

  async function sweep(): Promise<void> {
    for (const { table, column, seconds, where } of KEPT) {
      try {
        const sql = `delete from ${table} where ${where === undefined ? "" : `${where} and `}${column} < ? limit ${BATCH}`;
        while (
          (await runStatement(runtime.db, { sql, params: [addSeconds(runtime.now(), -seconds)] })).affectedRows ===
          BATCH
        );
      } catch (error) {
        if (!isDatabaseGone(error)) runtime.log.error({ err: error, table }, "old rows could not be removed");
      }
    }
  }

  return {
    /** Once, now. */
    sweep,
    start(): void {
      timer = setInterval(() => {
        work = sweep();
      }, everyMs);
    },
    async stop(): Promise<void> {
      if (timer !== null) clearInterval(timer);
      await work;
    },
  };
}
