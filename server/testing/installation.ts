import { randomBytes, randomUUID } from "node:crypto";
import mysql from "mysql2/promise";
import { closeDatabase, openDatabase, type Database } from "@/db/client";
import { parseMysqlDsn } from "@/db/dsn";
import { MYSQL_URL } from "@/db/testing";
import { migrateDatabase } from "@/db/migrate";
import type { Target } from "@/db/shape/table";
import { adminDeletionStep } from "@/server/domain/admin";
import { accessKeyDeletionStep, customerBulkActions } from "@/server/domain/customer";
import {
  driftBulkActions,
  extensionDeletionStep,
  importActions,
  sipBulkActions,
  trunkDeletionStep,
} from "@/server/domain/registrar";
import { findAsker } from "@/server/jobs/asker";
import { jobHandlers } from "@/server/jobs/handlers";
import { createJobRunner } from "@/server/jobs/runner";
import { noCache } from "@/server/kernel/cache";
import { createClock } from "@/server/kernel/clock";
import { platformContext, type Context, type Log, type Ports, type Runtime } from "@/server/kernel/context";

/** An empty, migrated database of a test's own, and what verbs need on it. */
export interface TestInstallation {
  db: Database;
  url: string;
  /** Of Asterisk's database, where there is one. */
  asteriskUrl: string;
  runtime: Runtime;
  /** A sibling's context; override what the test is about. */
  context(over?: Partial<Context>): Context;
  /** Runs jobs until none is due. */
  runJobs(): Promise<void>;
  /** Rows of a statement, for what no verb shows. */
  rows<Row>(sql: string, params?: unknown[]): Promise<Row[]>;
  /** The same in Asterisk's database, of an installation that has one. */
  asteriskRows<Row>(sql: string, params?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

const quiet: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** What verbs need, without siblings, cache and broker. */
export const testRuntime = (db: Database, ports: Partial<Ports> = {}, asterisk: Database | null = null): Runtime => ({
  db,
  asterisk,
  cache: noCache,
  now: createClock(),
  log: quiet,
  nudgeRelay: () => undefined,
  nudgeJobs: () => undefined,
  announce: () => undefined,
  ports: {
    agents: null,
    billing: null,
    sipDomains: { extension: "registrar.voipbin.test", trunk: "trunk.voipbin.test" },
    customerDeletion: [accessKeyDeletionStep, trunkDeletionStep, extensionDeletionStep, adminDeletionStep],
    bulkActions: [...customerBulkActions, ...sipBulkActions, ...driftBulkActions, ...importActions],
    findAsker,
    passwords: null,
    signInAttempts: null,
    secrets: null,
    relyingParty: null,
    handover: null,
    deadLetters: null,
    ...ports,
  },
});

/** The same server by another of its names: two databases then count as on two servers. */
export const otherName = (url: string): string => {
  const other = new URL(url);
  other.hostname = other.hostname === "localhost" ? "127.0.0.1" : "localhost";
  return other.href;
};

/**
 * @param options `sip`: also a migrated database of Asterisk's, for what is about extensions and trunks; `apart`: which
 *   commits for itself, as it does on another server
 */
export async function openTestInstallation(
  ports: Partial<Ports> = {},
  { sip = false, apart = false }: { sip?: boolean; apart?: boolean } = {},
): Promise<TestInstallation> {
  const name = `test_${randomBytes(5).toString("hex")}`;
  const names = sip ? [name, `${name}_asterisk`] : [name];
  const urlOf = (database: string): string => `${MYSQL_URL}/${database}`;
  const url = urlOf(name);
  const asteriskUrl = apart ? otherName(urlOf(`${name}_asterisk`)) : urlOf(`${name}_asterisk`);
  const open = async (target: Target, at: string): Promise<Database> => {
    await migrateDatabase({ target, dsn: parseMysqlDsn(at) });
    return openDatabase(parseMysqlDsn(at), { size: 10, connectTimeoutMs: 10_000 });
  };
  const [db, asterisk] = await Promise.all([open("bin", url), sip ? open("asterisk", asteriskUrl) : null]);
  const runtime = testRuntime(db, ports, asterisk);
  const rowsOf = async <Row>(of: Database, sql: string, params: unknown[] = []): Promise<Row[]> => {
    const [result] = await of.$client.promise().query(sql, params);
    return result as Row[];
  };
  const rows = <Row>(sql: string, params?: unknown[]): Promise<Row[]> => rowsOf<Row>(db, sql, params);
  return {
    db,
    url,
    asteriskUrl,
    runtime,
    rows,
    asteriskRows(sql, params) {
      if (asterisk === null) throw new Error("This installation was opened without Asterisk's database.");
      return rowsOf(asterisk, sql, params);
    },
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
      await Promise.all([db, asterisk].map((each) => each && closeDatabase(each)));
      const admin = await mysql.createConnection(MYSQL_URL);
      for (const each of names) await admin.query(`drop database \`${each}\``);
      await admin.end();
    },
  };
}

export const anEmail = (): string => `${randomUUID()}@test.example`;
