import { NIL_UUID, parseUuid } from "@/server/kernel/ids";

/** Values of a command's flags; commander gives texts. */
export type Flags = Record<string, string | undefined>;

/** What is wrong with a command's flags; its text is shown as it is. */
export class FlagError extends Error {
  override readonly name = "FlagError";
}

export function requiredText(value: string | undefined, message: string): string {
  if (value === undefined || value === "") throw new FlagError(message);
  return value;
}

/** A UUID in any of the platform's spellings; the zero one is none (contract/customer.md §9). */
export function requiredUuid(value: string | undefined, failure: string, label: string): string {
  const text = requiredText(value, `${failure}: ${label} is required`);
  const id = parseUuid(text);
  if (id === null || id === NIL_UUID)
    throw new FlagError(`${failure}: invalid format for ${label}: '${text}' is not a valid UUID`);
  return id;
}

export function integerFlag(value: string | undefined, name: string): number {
  if (value === undefined || !/^[+-]?\d{1,15}$/.test(value))
    throw new FlagError(`invalid --${name}: a whole number is needed, e.g. --${name} 100`);
  return Number(value);
}

/** A time as the tables write it; empty = none. */
export function timeFlag(value: string | undefined, name: string): string | null {
  if (value === undefined || value === "") return null;
  if (!/^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d(\.\d{1,9})?)?$/.test(value) || !isMoment(value.slice(0, 19))) {
    throw new FlagError(`invalid --${name}: a time is needed, e.g. --${name} "2026-01-29 04:05:06.763331"`);
  }
  return value;
}

/** Whether the calendar has this time; Date.parse would turn 30 February into 2 March. */
function isMoment(time: string): boolean {
  const at = new Date(`${time.padEnd(19, " 00:00:00").replace(" ", "T")}Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(time.replace(" ", "T"));
}

export interface PageFlags {
  size: number;
  before: string | null;
}

/** `--limit` and `--token` of a list. */
export function pageFlags(flags: Flags): PageFlags {
  const limit = integerFlag(flags.limit, "limit");
  return { size: limit < 0 ? Number.POSITIVE_INFINITY : limit, before: timeFlag(flags.token, "token") };
}

/** Reads page by page, so that a list of any length stays within bounds in the database. */
export async function readAll<Row extends { tmCreate: string }>(
  page: PageFlags,
  read: (part: PageFlags) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let before = page.before;
  while (rows.length < page.size) {
    const size = Math.min(1_000, page.size - rows.length);
    const part = await read({ size, before });
    rows.push(...part);
    before = part.at(-1)?.tmCreate ?? null;
    if (part.length < size || before === null) break;
  }
  return rows.slice(0, page.size);
}
