import type { Position } from "@/server/kernel/pagination";

/** More rows than this with one and the same microsecond are not followed. */
const TIES_MOST = 10_000;

/** Where a row stands in a list by creation. */
interface Place {
  id: string;
  tmCreate: string;
}

/** Reads a page by `tm_create` alone, and with it all rows that share the last one's. */
export const readWithTies = <Row extends Place>(
  query: { before: string | null; size: number },
  read: (at: Position | null, limit: number) => Promise<Row[]>,
): Promise<Row[]> => readWithTiesBy(query, (row) => row, read);

/** The same of rows that have to be asked for their place. */
export async function readWithTiesBy<Row>(
  query: { before: string | null; size: number },
  place: (row: Row) => Place,
  read: (at: Position | null, limit: number) => Promise<Row[]>,
): Promise<Row[]> {
  if (query.size === 0) return [];
  const rows = await read(query.before === null ? null : { value: query.before, id: "", back: false }, query.size + 1);
  const beyond = rows.length > query.size ? rows.pop() : undefined;
  const end = rows.at(-1);
  if (end === undefined || beyond === undefined) return rows;
  let last = place(end);
  if (place(beyond).tmCreate !== last.tmCreate) return rows;
  const edge = last.tmCreate;
  while (rows.length < query.size + TIES_MOST) {
    const more: Row[] = await read({ value: last.tmCreate, id: last.id, back: false }, 100);
    for (const row of more) {
      const at = place(row);
      if (at.tmCreate !== edge) return rows;
      rows.push(row);
      last = at;
    }
    if (more.length < 100) break;
  }
  return rows;
}
