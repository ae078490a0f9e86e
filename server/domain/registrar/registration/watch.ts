import type { Database } from "@/db/client";
import type { Change } from "@/server/kernel/changes";
import type { Log } from "@/server/kernel/context";
import { isDatabaseGone } from "@/server/kernel/errors";
import { noteFailure } from "@/server/kernel/reachability";
import { selectRows } from "@/server/kernel/statements-run";
import { endpointKey, nowSeconds } from "../contact/repository";
import { readEndpoint } from "./names";
import { NOBODY, shownOn, stateOf, UNKNOWN } from "./shown";

export interface RegistrationWatchOptions {
  asterisk: Database;
  log: Log;
  tell: (change: Change) => void;
  /** Whether anybody listens; without one nothing is asked. */
  isWanted: () => boolean;
  everyMs?: number;
}

/** Between two looks. Milliseconds. */
const EVERY_MS = 300;
const AFTER_FAILURE_MS = 2_000;
/** New registrations that one look reads at most; more of them come with the next. */
const NEW_MOST = 1_000;
/** Transactions commit out of the order of their times: what is so young is read again. Seconds. */
const OVERLAP_SECONDS = 2;
/** How far the first look goes back: to before the pages that listen were drawn. Seconds. */
const BEFORE_SECONDS = 10;
/** Endpoints that one query asks for. */
const BATCH = 500;

type NewRow = [id: string, endpoint: string, created: string];
type StateRow = [endpoint: string, contacts: number | string, expirations: number | string];

/**
 * Tells the pages of one process of registrations that came, were renewed or went, well within two seconds. Asterisk tells
 * nobody, so this looks: for contacts that are new, by the index on the time of their making, and at the numbers that
 * pages show, by the index on their endpoint. Both read what they tell and little else, however many phones there are.
 */
export function createRegistrationWatch({
  asterisk,
  log,
  tell,
  isWanted,
  everyMs = EVERY_MS,
}: RegistrationWatchOptions) {
  const shown = shownOn(asterisk);
  let running = false;
  let loop: Promise<void> = Promise.resolve();
  let wake: (() => void) | null = null;
  /** Since when new contacts are looked for, by the database's clock; null after a pause. */
  let since: string | null = null;
  /** Ids of those that have been told, by the time of their making. */
  let told = new Map<string, string>();

  const announce = (endpoint: string): void =>
    tell({ type: "registration", id: endpoint, customerId: readEndpoint(endpoint).customerId, by: "asterisk" });

  async function lookForNew(): Promise<Set<string>> {
    since ??= await before(asterisk, BEFORE_SECONDS);
    const rows = await selectRows<NewRow>(asterisk, {
      sql: "select id, endpoint, cast(admin_tm_create as char) from ps_contacts force index (admin_ps_contacts_created) where admin_tm_create >= timestampadd(second, ?, cast(? as datetime(6))) order by admin_tm_create, id limit ?",
      params: [-OVERLAP_SECONDS, since, NEW_MOST + told.size],
    });
    const fresh = rows.filter(([id, , created]) => told.get(id) !== created);
    since = rows.at(-1)?.[2] ?? since;
    told = new Map(rows.map(([id, , created]) => [id, created]));
    return new Set(fresh.map(([, endpoint]) => endpointKey(endpoint)));
  }

  /** Endpoints among those shown that are no longer as they were. */
  async function lookAtShown(): Promise<Set<string>> {
    const changed = new Set<string>();
    const all = [...shown.keys()];
    for (let i = 0; i < all.length; i += BATCH) {
      const batch = all.slice(i, i + BATCH);
      const rows = await selectRows<StateRow>(asterisk, {
        sql: "select endpoint, count(*), sum(expiration_time) from ps_contacts force index (admin_ps_contacts_endpoint) where endpoint in (?) and expiration_time > ? group by endpoint",
        params: [batch, nowSeconds()],
      });
      const now = new Map(rows.map(([endpoint, count, sum]) => [endpointKey(endpoint), stateOf(+count, +sum)]));
      for (const key of batch) {
        const state = now.get(key) ?? NOBODY;
        const last = shown.get(key);
        if (last === undefined || last === state) continue;
        shown.set(key, state); // keeps its place among those that were read
        if (last !== UNKNOWN) changed.add(key);
      }
    }
    return changed;
  }

  async function look(): Promise<void> {
    const [fresh, changed] = await Promise.all([lookForNew(), lookAtShown()]);
    for (const endpoint of new Set([...fresh, ...changed])) announce(endpoint);
  }

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function run(): Promise<void> {
    while (running) {
      let ms = everyMs;
      if (!isWanted()) since = null;
      else {
        try {
          await look();
        } catch (error) {
          noteFailure(asterisk, error);
          log.warn({ err: isDatabaseGone(error) ? undefined : error }, "registrations could not be watched");
          ms = AFTER_FAILURE_MS;
        }
      }
      await pause(ms);
    }
  }

  return {
    /** Once, now. */
    look,
    start(): void {
      running = true;
      loop = run();
    },
    async stop(): Promise<void> {
      running = false;
      wake?.();
      await loop;
    },
  };
}

/** A moment of the database's own clock, in UTC. */
async function before(asterisk: Database, seconds: number): Promise<string> {
  const [row] = await selectRows<[string]>(asterisk, {
    sql: "select cast(timestampadd(second, ?, utc_timestamp(6)) as char)",
    params: [-seconds],
  });
  return row?.[0] ?? "";
}
