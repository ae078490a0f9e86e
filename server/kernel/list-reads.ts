import { and, gt, gte, lt, lte, or, sql, type SQL } from "drizzle-orm";
import { QueryBuilder, type MySqlColumn } from "drizzle-orm/mysql-core";
import type { Position } from "@/server/kernel/pagination";
import { bound } from "@/server/kernel/prepared";

// What the reads of all lists have in common.

export const qb = new QueryBuilder();

/** Times as the server writes them: cheaper than the driver's own reading, and always with six digits. */
export const asText = (column: MySqlColumn): SQL<string | null> => sql<string | null>`cast(${column} as char)`;

/** A value given later, by name, as it is. */
export const at = (name: string): SQL => sql`${sql.placeholder(name)}`;

/** Empty texts for NULLs, as the platform reads them (contract/messaging.md §5.6). */
export function filled<View extends object>(row: { [Key in keyof View]: View[Key] | null }): View {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value ?? ""])) as View;
}

/** Rows that a search looks up by each column's beginning, at most. */
export const SEARCH_MOST = 1_000;
/** For `like`: texts that begin so. */
export const startPattern = (text: string): string => `${text.replace(/[\\%_]/g, "\\$&")}%`;

/**
 * The rows past a position, in an order by `column` and then by `id`; values `value` and, where the position names a row,
 * `position`.
 */
export function past(
  position: Position | null,
  { column, id, descending }: { column: MySqlColumn; id: MySqlColumn; descending: boolean },
): SQL | undefined {
  if (position === null) return undefined;
  const [beyond, reaching] = descending ? [lt, lte] : [gt, gte];
  if (position.id === "") return beyond(column, at("value"));
  return and(reaching(column, at("value")), or(beyond(column, at("value")), beyond(id, bound(id, "position"))));
}

/** The part of a statement's name that {@link past} decides. */
export const pastShape = (position: Position | null): string =>
  position === null ? "" : position.id === "" ? "from" : "tied";

export const pastValues = (position: Position | null): { value?: string; position?: string } =>
  position === null ? {} : { value: position.value, position: position.id === "" ? undefined : position.id };
