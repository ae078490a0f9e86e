import type { Position } from "@/server/kernel/pagination";

/** More rows than this with one and the same microsecond are not followed. */
const TIES_MOST = 10_000;

/** Reads a page by `tm_create` alone, and with it all rows that share the last one's. */
export async function readWithTies<Row extends { id: string; tmCreate: string }>(
  query: { before: string | null; size: number },
  read: (at: Position | null, limit: number) => Promise<Row[]>,
): Promise<Row[]> {
  if (query.size === 0) return [];
  const rows = await read(query.before === null ? null : { value: query.before, id: "", back: false }, query.size + 1);
  const beyond = rows.length > query.size ? rows.pop() : undefined;
  let last = rows.at(-1);
  if (last === undefined || beyond === undefined || beyond.tmCreate !== last.tmCreate) return rows;
  const edge = last.tmCreate;
  while (rows.length < query.size + TIES_MOST) {
    const more: Row[] = await read({ value: last.tmCreate, id: last.id, back: false }, 100);
    for (const row of more) {
      if (row.tmCreate !== edge) return rows;
      rows.push(row);
      last = row;
    }
    if (more.length < 100) break;
  }
  return rows;
}
