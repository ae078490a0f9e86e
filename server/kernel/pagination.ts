import * as z from "zod";

/** The one list request of the console and the typed clients: closed filters and sorts come from each list's own schema. */
export const PAGE_SIZE_MAX = 200;
export const PAGE_SIZE_DEFAULT = 50;

export const pageInput = z.object({
  /** Opaque; from `next` or `previous` of an earlier page. */
  cursor: z.string().max(2_000).optional(),
  size: z.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE_DEFAULT),
});

/** The one list response. */
export interface Page<Item> {
  items: Item[];
  /** Cursor of the following page, null at the end. */
  next: string | null;
  /** Cursor of the page before, null at the beginning. */
  previous: string | null;
  /** How many match; estimated where counting would cost too much. */
  total: { count: number; estimated: boolean };
}

/** Up to here a list is counted exactly; beyond it only "more than" is said, because counting would cost too much. */
export const COUNTED_EXACTLY = 10_000;

/** @param count counts what matches, up to `most` */
export async function countTotal(count: (most: number) => Promise<number>): Promise<Page<never>["total"]> {
  const counted = await count(COUNTED_EXACTLY + 1);
  return { count: Math.min(counted, COUNTED_EXACTLY), estimated: counted > COUNTED_EXACTLY };
}

/** Where a page begins: the sort value and the id of the row it follows (or, going back, precedes). */
export interface Position {
  value: string;
  id: string;
  back: boolean;
}

const position = z.tuple([z.string().max(300), z.string().max(255), z.boolean()]);

export function encodeCursor(at: Position): string {
  return Buffer.from(JSON.stringify([at.value, at.id, at.back])).toString("base64url");
}

/** Null when the text is no cursor of ours: the list then begins anew, as an old link should. */
export function decodeCursor(cursor: string | undefined): Position | null {
  if (cursor === undefined || cursor === "") return null;
  try {
    const [value, id, back] = position.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
    return { value, id, back };
  } catch {
    return null;
  }
}

/**
 * Cuts the rows that were read (one more than the page holds) to a page with its cursors.
 * @param rows in reading order: away from the position
 */
export function toPage<Row, Item>(
  rows: Row[],
  options: {
    size: number;
    at: Position | null;
    sortValue: (row: Row) => string;
    id: (row: Row) => string;
    view: (row: Row) => Item;
    total: Page<Item>["total"];
  },
): Page<Item> {
  const more = rows.length > options.size;
  const shown = rows.slice(0, options.size);
  const back = options.at?.back ?? false;
  if (back) shown.reverse();
  const first = shown[0];
  const last = shown.at(-1);
  const cursor = (row: Row | undefined, towardsStart: boolean): string | null =>
    row === undefined ? null : encodeCursor({ value: options.sortValue(row), id: options.id(row), back: towardsStart });
  return {
    items: shown.map(options.view),
    next: back || more ? cursor(last, false) : null,
    previous: back ? (more ? cursor(first, true) : null) : options.at === null ? null : cursor(first, true),
    total: options.total,
  };
}
