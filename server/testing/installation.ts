import { randomBytes, randomUUID } from "node:crypto";
import mysql from "mysql2/promise";
import { closeDatabase, openDatabase, type Database } from "@/db/client";
import { parseMysqlDsn } from "@/db/dsn";
import { migrateDatabase } from "@/db/migrate";
import { adminDeletionStep } from "@/server/domain/admin";
import { accessKeyDeletionStep, customerBulkActions } from "@/server/domain/customer";
import { findAsker } from "@/server/jobs/asker";
import { jobHandlers } from "@/server/jobs/handlers";
import { createJobRunner } from "@/server/jobs/runner";
import { noCache } from "@/server/kernel/cache";
import { createClock } from "@/server/kernel/clock";
import { platformContext, type Context, type Log, type Ports, type Runtime } from "@/server/kernel/context";

/** Where tests may make databases; set by `npm test`. */
const MYSQL_URL = process.env.TEST_MYSQL_URL ?? "mysql://root@127.0.0.1:3306";

/** An empty, migrated database of a test's own, and what verbs need on it. */
export interface TestInstallation {
  db: Database;
  url: string;
  runtime: Runtime;
  /** A sibling's context; override what the test is about. */
  context(over?: Partial<Context>): Context;
  /** Runs jobs until none is due. */
  runJobs(): Promise<void>;
  /** Rows of a statement, for what no verb shows. */
  rows<Row>(sql: string, params?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

const quiet: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** What verbs need, without siblings, cache and broker. */
export const testRuntime = (db: Database, ports: Partial<Ports> = {}): Runtime => ({
  db,
  cache: noCache,
  now: createClock(),
  log: quiet,
  nudgeRelay: () => undefined,
  nudgeJobs: () => undefined,
  announce: () => undefined,
  ports: {
    agents: null,
    billing: null,
    customerDeletion: [accessKeyDeletionStep, adminDeletionStep],
    bulkActions: customerBulkActions,
    findAsker,
    passwords: null,
    signInAttempts: null,
    secrets: null,
    relyingParty: null,
    deadLetters: null,
    ...ports,
  },
});

export async function openTestInstallation(ports: Partial<Ports> = {}): Promise<TestInstallation> {
  const name = `test_${randomBytes(5).toString("hex")}`;
  const url = `${MYSQL_URL.replace(/\/+$/, "")}/${name}`;
  await migrateDatabase({ target: "bin", dsn: parseMysqlDsn(url) });
  const db = openDatabase(parseMysqlDsn(url), { size: 10 });
  const runtime = testRuntime(db, ports);
  const rows = async <Row>(sql: string, params: unknown[] = []): Promise<Row[]> => {
    const [result] = await db.$client.promise().query(sql, params);
    return result as Row[];
  };
  return {
    db,
    url,
    runtime,
    rows,
    context: (over = {}) => ({
      ...platformContext(runtime, { actor: { type: "service", id: "test", name: "test" } }),
      ...over,
    }),
    async runJobs() {
      const runner = createJobRunner({
        runtime,
        worker: "test",
        pollMs: 20,
        handlers: jobHandlers(runtime.ports),
      });
      runner.start();
      for (;;) {
        const [due] = await rows<{ count: number }>(
          "select count(*) as count from admin_jobs where state in ('queued', 'running')",
        );
        if (Number(due?.count) === 0) break;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await runner.stop();
    },
    async drop() {
      await closeDatabase(db);
      const admin = await mysql.createConnection(MYSQL_URL);
      await admin.query(`drop database \`${name}\``);
      await admin.end();
    },
  };
}

export const anEmail = (): string => `${randomUUID()}@test.example`;
