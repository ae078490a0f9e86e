"use client";

import { useState } from "react";
import { useOwnChanges } from "../lib/own-changes";

interface Held<Row> {
  /** The request that the rows answer. */
  of: string;
  rows: readonly Row[];
  /** Rows as they came last, whatever is shown of them. */
  latest: readonly Row[];
  /** Rows that somebody else has changed since. */
  changed: ReadonlySet<string>;
  /** How many changes of his own the reader had made. */
  own: number;
}

/** Rows in the order in which the reader has them. */
export interface HeldRows<Row> {
  rows: readonly Row[] | undefined;
  changed: ReadonlySet<string>;
  /** Rows that the list no longer has. */
  left: ReadonlySet<string>;
  /** How many rows wait to come or to go, because showing that would move others. */
  waiting: number;
  showLatest: () => void;
}

const NOTHING: ReadonlySet<string> = new Set();
const whole = (row: unknown): unknown => row;

/**
 * Keeps a list still while it is read: what others change shows in its row at once, marked; what would move rows waits
 * until it is asked for, or until the reader changes something himself.
 * @param of the request, as a text; another request is shown as it comes
 * @param noted what of a row is marked when it changes; the rest, such as a time that moves on, just shows
 */
export function useHeldRows<Row>(
  of: string,
  latest: readonly Row[] | undefined,
  rowId: (row: Row) => string,
  noted: (row: Row) => unknown = whole,
): HeldRows<Row> {
  const own = useOwnChanges();
  const [held, setHeld] = useState<Held<Row> | null>(null);
  const show = (rows: readonly Row[]): Held<Row> => ({ of, rows, latest: rows, changed: NOTHING, own });
  let next = held;
  if (latest !== undefined && (held === null || held.latest !== latest)) {
    const free = held === null || held.of !== of || held.own !== own || held.rows.length === 0;
    next = free ? show(latest) : merge(held, latest, rowId, noted);
    setHeld(next);
  }
  const showLatest = () => {
    if (latest !== undefined) setHeld(show(latest));
  };
  if (latest === undefined || next === null)
    return { rows: latest, changed: NOTHING, left: NOTHING, waiting: 0, showLatest };
  return { rows: next.rows, changed: next.changed, ...compare(next, rowId), showLatest };
}

function merge<Row>(
  held: Held<Row>,
  latest: readonly Row[],
  rowId: (row: Row) => string,
  noted: (row: Row) => unknown,
): Held<Row> {
  const fresh = new Map(latest.map((row) => [rowId(row), row]));
  const changed = new Set(held.changed);
  const rows = held.rows.map((row) => {
    const now = fresh.get(rowId(row));
    if (now === undefined) return row;
    if (JSON.stringify(noted(now)) !== JSON.stringify(noted(row))) changed.add(rowId(row));
    return now;
  });
  return { ...held, rows, latest, changed };
}

function compare<Row>(
  { rows, latest }: Held<Row>,
  rowId: (row: Row) => string,
): { waiting: number; left: ReadonlySet<string> } {
  if (rows === latest) return { waiting: 0, left: NOTHING };
  const shown = new Set(rows.map(rowId));
  const present = new Set(latest.map(rowId));
  const coming = [...present].filter((id) => !shown.has(id)).length;
  const missing = [...shown].filter((id) => !present.has(id));
  // On a full page each row that comes pushes one out; only where none comes has a missing one certainly gone.
  return { waiting: Math.max(coming, missing.length), left: coming === 0 ? new Set(missing) : NOTHING };
}
