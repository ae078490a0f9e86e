import { NOT_SET } from "@/server/kernel/clock";
import { oneLine } from "./command";

/** What a cell takes of a terminal's width at most, in characters. */
const WIDEST = 60;

type Row = Readonly<Record<string, unknown>>;

/**
 * Records as people read them in a terminal: one below the other with these columns, or a single one with all its fields.
 * @param columns of a list, in this order
 */
export function renderTable(result: Row | readonly Row[], columns: readonly string[]): string {
  if (!isList(result)) return grid(Object.entries(result).map(([name, value]) => [name, textOf(value)]));
  if (result.length === 0) return "none";
  return grid([
    columns.map((name) => name.toUpperCase()),
    ...result.map((row) => columns.map((name) => cut(textOf(row[name])))),
  ]);
}

const isList = (result: Row | readonly Row[]): result is readonly Row[] => Array.isArray(result);

function grid(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => [...(row[i] ?? "")].length)));
  const pad = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - [...text].length));
  return rows
    .map((row) =>
      row
        .map((cell, i) => pad(cell, widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function textOf(value: unknown): string {
  const text = Array.isArray(value) ? value.join(", ") : String(value ?? "");
  return text === "" || text === NOT_SET ? "-" : oneLine(text);
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length <= WIDEST ? text : `${characters.slice(0, WIDEST - 1).join("")}…`;
}
