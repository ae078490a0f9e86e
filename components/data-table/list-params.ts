import { parseAsNumberLiteral, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { NIL_UUID, UUID } from "@/db/uuid";

export const PAGE_SIZES = [25, 50, 100, 200] as const;
/** The longest text a filter takes. */
const TEXT_MOST = 255;

/** What the address of every list says besides its own filters: where the page begins, and which saved view it follows. */
export const pageParams = {
  size: parseAsNumberLiteral(PAGE_SIZES).withDefault(50),
  cursor: parseAsString.withDefault(""),
  saved: parseAsString.withDefault(""),
};

/** The sort in the address, newest first unless it says otherwise. */
export const sortParams = <Name extends string>(names: readonly [Name, ...Name[]]) => ({
  sort: parseAsStringLiteral(names).withDefault(names[0] as NoInfer<Name>),
  direction: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
});

/** A text of the address as requests have it: absent where it is empty. */
export const orNone = (text: string, most = TEXT_MOST): string | undefined =>
  text === "" ? undefined : text.slice(0, most);

/** An id of the address as requests have it: absent where it is empty; what is no id is nobody's. */
export const idOrNone = (text: string): string | undefined =>
  text === "" ? undefined : UUID.test(text) ? text : NIL_UUID;

/** The page part of a list request. */
export const toPageInput = ({ size, cursor }: { size: number; cursor: string }) => ({
  size,
  cursor: orNone(cursor, 2_000),
});

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const isDay = (text: string): boolean => DAY.test(text) && !Number.isNaN(Date.parse(text));

/** A range of days as the address has it, `2026-01-01..2026-01-31`; either end may be absent. Null for anything else. */
export function parseDays(text: string): { from: string; to: string } | null {
  const [from = "", to = "", ...rest] = text.split("..");
  const good = rest.length === 0 && text.includes("..") && [from, to].every((day) => day === "" || isDay(day));
  return good && (from !== "" || to !== "") ? { from, to } : null;
}

/** The two times between which the days lie, in UTC, as list requests take them; the second is no longer within. */
export function daysToTimes(text: string): { from?: string; until?: string } {
  const days = parseDays(text);
  if (days === null) return {};
  return {
    ...(days.from === "" ? {} : { from: `${days.from} 00:00:00.000000` }),
    ...(days.to === "" ? {} : { until: `${nextDay(days.to)} 00:00:00.000000` }),
  };
}

const nextDay = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
