import type { PoolConnection } from "mysql2";
import { addSeconds, parseTime } from "@/server/kernel/clock";
import type { Runtime } from "@/server/kernel/context";
import { runStatement, selectRows, takeConnection } from "@/server/kernel/statements-run";
import { endpointKey } from "../contact/repository";
import { noteSigns } from "./sample-signs";
import { writeTotals } from "./sample-totals";
import { SAMPLE_BATCH, type Sample, type Sampling } from "./sampling";

/** More changes than this a day are not written down: the number is unstable for the rest of it. */
export const CHANGES_A_DAY = 96;
/** Transactions of Asterisk's commit out of the order of their times: the last moments are read again. Seconds. */
const OVERLAP_SECONDS = 2;

/**
 * Looks which numbers are registered, once a minute of all workers together, and writes down what has changed since the
 * last look: numbers that came or went, alarms, how many there are. Costs one pass over an index of ps_contacts and over
 * one of the last state; writes are in the number of what changed.
 * @returns null where another worker looks, or has looked in this minute
 */
export async function sampleRegistrations(runtime: Runtime): Promise<Sample | null> {
  const { asterisk, db } = runtime;
  if (asterisk === null) return null;
  const connection = await takeConnection(db);
  try {
    await runStatement(connection, { sql: "start transaction", params: [] });
    const now = runtime.now();
    const minute = `${now.slice(0, 17)}00.000000`;
    const since = (await takeTurn(connection)) ? await lastLook(connection, minute) : null;
    const sampling = { connection, asterisk, now, minute, nowSeconds: Math.floor(parseTime(now) / 1_000) };
    const sample = since === null ? null : await look(sampling, since);
    await runStatement(connection, { sql: "commit", params: [] });
    connection.release();
    return sample;
  } catch (error) {
    connection.destroy(); // and with it the turn
    throw error;
  }
}

/** One worker at a time: who dies lets go with his connection. */
async function takeTurn(connection: PoolConnection): Promise<boolean> {
  const name = "registrations";
  const there = await selectRows(connection, { sql: "select name from admin_locks where name = ?", params: [name] });
  if (there.length === 0)
    await runStatement(connection, { sql: "insert ignore into admin_locks (name) values (?)", params: [name] });
  const got = await selectRows(connection, {
    sql: "select name from admin_locks where name = ? for update skip locked",
    params: [name],
  });
  return got.length > 0;
}

/** Up to when contacts have been looked at, "" for never; null where this minute has its sample. */
async function lastLook(connection: PoolConnection, minute: string): Promise<string | null> {
  const [last] = await selectRows<[tm: string, until: string]>(connection, {
    sql: "select cast(tm as char), cast(tm_until as char) from admin_registration_samples order by tm desc limit 1",
    params: [],
  });
  if (last === undefined) return "";
  return last[0] >= minute ? null : addSeconds(last[1], -OVERLAP_SECONDS);
}

async function look(sampling: Sampling, since: string): Promise<Sample> {
  const { connection, asterisk, minute, nowSeconds } = sampling;
  const [clock] = await selectRows<[string]>(asterisk, { sql: "select cast(utc_timestamp(6) as char)", params: [] });
  const until = clock?.[0] ?? sampling.now;
  const present = await readAll((past) =>
    selectRows<[string]>(asterisk, {
      sql: "select distinct endpoint from ps_contacts force index (admin_ps_contacts_endpoint) where endpoint > ? and expiration_time > ? order by endpoint limit ?",
      params: [past, nowSeconds, SAMPLE_BATCH],
    }),
  );
  const wereUp = await readAll((past) =>
    selectRows<[string]>(connection, {
      sql: "select endpoint from admin_registration_states force index (idx_admin_registration_states_is_up) where is_up = 1 and endpoint > ? order by endpoint limit ?",
      params: [past, SAMPLE_BATCH],
    }),
  );
  const ups = [...present].filter((endpoint) => !wereUp.has(endpoint));
  const downs = [...wereUp].filter((endpoint) => !present.has(endpoint));
  await writeChanges(sampling, ups, true);
  await writeChanges(sampling, downs, false);
  const alarms = await noteSigns(sampling, since);
  await writeTotals(sampling, present, [...ups, ...downs]);
  await runStatement(connection, {
    sql: "insert into admin_registration_samples (tm, registered, tm_until) values (?, ?, ?)",
    params: [minute, present.size, until],
  });
  return { registered: present.size, ups, downs, alarms };
}

/** Reads endpoints page by page, each past the last one of the page before. */
async function readAll(read: (past: string) => Promise<[string][]>): Promise<Set<string>> {
  const all = new Set<string>();
  for (let past = ""; ;) {
    const rows = await read(past);
    for (const [endpoint] of rows) all.add(endpointKey(endpoint));
    const last = rows.at(-1)?.[0];
    if (rows.length < SAMPLE_BATCH || last === undefined) return all;
    past = last;
  }
}

type StateRow = [endpoint: string, day: string, changes: number];

async function writeChanges(
  { connection, minute }: Sampling,
  endpoints: readonly string[],
  up: boolean,
): Promise<void> {
  const today = minute.slice(0, 10);
  for (let i = 0; i < endpoints.length; i += SAMPLE_BATCH) {
    const batch = endpoints.slice(i, i + SAMPLE_BATCH);
    const rows = await selectRows<StateRow>(connection, {
      sql: "select endpoint, day, changes from admin_registration_states where endpoint in (?)",
      params: [batch],
    });
    const before = new Map(rows.map(([endpoint, day, changes]) => [endpoint, day === today ? Number(changes) : 0]));
    const isUp = up ? 1 : 0;
    await runStatement(connection, {
      sql: "insert into admin_registration_states (endpoint, is_up, tm_change, day, changes) values ? on duplicate key update is_up = values(is_up), tm_change = values(tm_change), day = values(day), changes = values(changes)",
      params: [batch.map((endpoint) => [endpoint, isUp, minute, today, (before.get(endpoint) ?? 0) + 1])],
    });
    const written = batch.filter((endpoint) => (before.get(endpoint) ?? 0) < CHANGES_A_DAY);
    if (written.length === 0) continue;
    await runStatement(connection, {
      sql: "insert into admin_registration_changes (endpoint, tm, is_up, is_first) values ?",
      params: [written.map((endpoint) => [endpoint, minute, isUp, before.has(endpoint) ? 0 : 1])],
    });
  }
}
