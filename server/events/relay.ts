import type { PoolConnection } from "mysql2";
import type { Database } from "@/db/client";
import type { Cache } from "@/server/kernel/cache";
import type { Log } from "@/server/kernel/context";
import { isDatabaseGone } from "@/server/kernel/errors";
import { dashed } from "@/server/kernel/ids";
import { runStatement, selectRows, takeConnection } from "@/server/kernel/statements-run";
import { isWorthLogging } from "@/server/platform/amqp/back-off";

export interface OutgoingEvent {
  exchange: string;
  routingKey: string;
  body: Buffer;
  messageId: string;
  persistent: boolean;
}

export interface RelayOptions {
  db: Database;
  cache: Cache;
  log: Log;
  /** Publishes in order and resolves when the broker has confirmed all of them. */
  publish(events: OutgoingEvent[]): Promise<void>;
  /** After a batch was confirmed: its events, and how long publishing took, in milliseconds. */
  observe?(events: readonly { exchange: string; type: string }[], ms: number): void;
  /** How often to look without being nudged, in milliseconds. */
  pollMs?: number;
}

type OutboxRow = [
  seq: string | number,
  messageId: Buffer,
  exchange: string,
  type: string,
  body: string,
  cacheKeys: string | null,
  state: number,
];

const BATCH = 500;
const RETRY_MS = 250;
const CACHE_RETRY_MS = 1_000;

/**
 * Publishes the outbox: in the order of `seq`, which for one record is the order of its changes. One relay works at a
 * time, holding the row `relay` of admin_locks; a relay that dies lets go of it with its connection, and the next one
 * goes on where it stopped. A batch is removed once the broker has confirmed it, so a crash repeats at most one batch,
 * with the same message ids.
 */
export function createRelay(options: RelayOptions) {
  const { db, cache, log, publish, pollMs = 200 } = options;
  let running = false;
  let nudged = false;
  let wake: (() => void) | null = null;
  let staleUntil = 0;
  let loop: Promise<void> = Promise.resolve();

  const nudge = (): void => {
    nudged = true;
    wake?.();
  };

  const pause = (ms: number): Promise<void> => {
    if (nudged) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      function done(): void {
        clearTimeout(timer);
        wake = null;
        resolve();
      }
      wake = done;
    });
  };

  async function run(): Promise<void> {
    let failures = 0;
    while (running) {
      nudged = false;
      try {
        const moved = await relayBatch();
        failures = 0;
        if (moved === 0) await pause(pollMs);
      } catch (error) {
        // the first is what a process meets that has just begun to connect
        if (++failures > 1 && isWorthLogging(failures))
          log.warn(
            { err: isDatabaseGone(error) ? undefined : error, failures },
            "relaying events failed; trying again",
          );
        nudged = false;
        await pause(RETRY_MS);
      }
    }
  }

  /** @returns how many events were moved */
  async function relayBatch(): Promise<number> {
    const waiting = await selectRows<[number]>(db, { sql: "select 1 from admin_outbox limit 1", params: [] });
    if (waiting.length === 0) return 0;
    const connection = await takeConnection(db);
    try {
      await runStatement(connection, { sql: "start transaction", params: [] });
      const lock = await selectRows(connection, {
        sql: "select name from admin_locks where name = 'relay' for update skip locked",
        params: [],
      });
      const rows = lock.length === 0 ? [] : await readBatch(connection);
      if (rows.length > 0) await relayRows(connection, rows);
      await runStatement(connection, { sql: "commit", params: [] });
      connection.release();
      return rows.length;
    } catch (error) {
      connection.destroy();
      throw error;
    }
  }

  /** What is to be published; and now and then what only its caches still have to be told of. */
  async function readBatch(connection: PoolConnection): Promise<OutboxRow[]> {
    const read = (state: number): Promise<OutboxRow[]> =>
      selectRows<OutboxRow>(connection, {
        sql: "select seq, message_id, exchange, type, body, cache_keys, state from admin_outbox where state = ? order by seq limit ?",
        params: [state, BATCH],
      });
    const fresh = await read(0);
    if (fresh.length > 0 || performance.now() < staleUntil) return fresh;
    const stale = await read(1);
    staleUntil = performance.now() + CACHE_RETRY_MS;
    return stale;
  }

  async function relayRows(connection: PoolConnection, rows: OutboxRow[]): Promise<void> {
    const fresh = rows.filter((row) => row[6] === 0);
    if (fresh.length > 0) {
      const started = performance.now();
      await publish(
        fresh.map(([, messageId, exchange, , body]) => ({
          exchange,
          routingKey: "",
          body: Buffer.from(body),
          messageId: dashed(messageId.toString("hex")),
          persistent: true,
        })),
      );
      options.observe?.(
        fresh.map(([, , exchange, type]) => ({ exchange, type })),
        performance.now() - started,
      );
    }
    const keys = [...new Set(rows.flatMap((row) => row[5]?.split(",") ?? []))];
    const dropped = keys.length === 0 || (await cache.drop(keys));
    const done = rows.filter((row) => dropped || row[5] === null).map((row) => row[0]);
    const kept = fresh.filter((row) => !dropped && row[5] !== null).map((row) => row[0]);
    if (done.length > 0)
      await runStatement(connection, { sql: "delete from admin_outbox where seq in (?)", params: [done] });
    if (kept.length > 0) {
      // Published, but the cache could not be told: kept until it can be, so that nothing stale outlives an outage.
      await runStatement(connection, { sql: "update admin_outbox set state = 1 where seq in (?)", params: [kept] });
    }
  }

  return {
    nudge,
    start(): void {
      running = true;
      loop = run();
    },
    /** Publishes what is left, then stops. */
    async stop(): Promise<void> {
      running = false;
      wake?.();
      await loop;
      while ((await relayBatch().catch(() => 0)) > 0);
    },
  };
}
