import { adminUnsettled } from "@/db/asterisk/schema/admin-unsettled";
import type { Database } from "@/db/client";
import { uuidText } from "@/server/kernel/ids";
import { runStatement, selectRows } from "@/server/kernel/statements-run";

/** Notes whose changes have committed wait this long to be taken away together, in milliseconds. */
const PAUSE_MS = 500;
const PAGE = 500;

const settled = new WeakMap<Database, string[]>();

/** Takes a note away soon, with others. One that stays, because the process ends, is looked at and found to be right. */
export function settleSoon(asterisk: Database, id: string): void {
  const waiting = settled.get(asterisk);
  if (waiting !== undefined) return void waiting.push(id);
  settled.set(asterisk, [id]);
  setTimeout(() => {
    const ids = settled.get(asterisk) ?? [];
    settled.delete(asterisk);
    void takeAway(asterisk, ids).catch(() => undefined);
  }, PAUSE_MS).unref();
}

/** Removes notes. */
export async function takeAway(asterisk: Database, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += PAGE) {
    const page = ids.slice(from, from + PAGE).map((id) => adminUnsettled.id.mapToDriverValue(id));
    await runStatement(asterisk, { sql: "delete from admin_unsettled where id in (?)", params: [page] });
  }
}

/** An account that was written, and of whose other half nobody has said that it committed. */
export interface Note {
  id: string;
  endpoint: string;
  tmCreate: string;
}

/** One page of the notes from before a time, the oldest first. */
export async function readNotes(asterisk: Database, before: string, after: Note | null, most: number): Promise<Note[]> {
  const past = after === null ? "" : "tm_create >= ? and (tm_create > ? or id > ?) and ";
  const position = after === null ? [] : [after.tmCreate, after.tmCreate, adminUnsettled.id.mapToDriverValue(after.id)];
  const rows = await selectRows<[Buffer, string, string]>(asterisk, {
    sql: `select id, endpoint, cast(tm_create as char) from admin_unsettled where ${past}tm_create < ? order by tm_create, id limit ?`,
    params: [...position, before, most],
  });
  return rows.map(([id, endpoint, tmCreate]) => ({ id: uuidText(id), endpoint, tmCreate }));
}
