import { besidePool, isClosed, type Database } from "@/db/client";
import { driverError, isDatabaseGone, toDomainError } from "./errors";
import { selectRows } from "./statements-run";
import { TooLateError, within } from "./within";

/** How long a page that can do without a database waits for it, and then a look whether it is back. Milliseconds. */
const PATIENCE_MS = 1_000;
const AGAIN_MS = 1_000;

interface Reach {
  /** `doubtful`: something has failed just now, and it is being looked whether that was all. */
  state: "up" | "doubtful" | "away";
  looking: boolean;
}

const reachOf = (db: Database): Reach => besidePool(db, "reach", () => ({ state: "up", looking: false }));

/** Whether a database has not answered lately. Costs nothing: whoever knows it need not wait to find out. */
export const isAway = (db: Database): boolean => reachOf(db).state === "away";

/**
 * What is read from a database that a page can do without; null when it is away: after a second at most, and at once
 * while that is known. It is found again in the background.
 */
export async function orUnknown<T>(db: Database, read: () => Promise<T>): Promise<T | null> {
  const reach = reachOf(db);
  if (reach.state !== "up") return null;
  try {
    return await within(read(), PATIENCE_MS);
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    noteFailure(db, error);
    return null;
  }
}

/** Lets others know that a database may be away, where that is what the failure says. */
export function noteFailure(db: Database, error: unknown): void {
  if (!isUnreachable(error)) return;
  const reach = reachOf(db);
  if (reach.state === "up") reach.state = "doubtful";
  lookAt(db);
}

/** Looks in the background whether a database answers; while it does not, again and again. */
export function lookAt(db: Database): void {
  const reach = reachOf(db);
  if (reach.looking) return;
  reach.looking = true;
  void look(db, reach).finally(() => (reach.looking = false));
}

async function look(db: Database, reach: Reach): Promise<void> {
  while (!(await answers(db))) {
    reach.state = "away";
    if (isClosed(db)) return;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS).unref()); // a process that is through need not wait for it
  }
  reach.state = "up";
}

async function answers(db: Database): Promise<boolean> {
  try {
    await within(selectRows(db, { sql: "select 1", params: [] }, PATIENCE_MS), PATIENCE_MS);
    return true;
  } catch {
    return false;
  }
}

/** Also a server that lets nobody in (too many connections, a changed password), and one that is too slow. */
const isUnreachable = (error: unknown): boolean =>
  error instanceof TooLateError ||
  isDatabaseGone(error) ||
  driverError(error)?.fatal === true ||
  toDomainError(error).reason === "DATABASE_UNAVAILABLE";
