import { CsvError, parse, type Info } from "csv-parse/sync";
import { DomainError, invalidInput } from "@/server/kernel/errors";
import { IMPORT_BYTES_MOST, IMPORT_ROWS_MOST } from "../limits";

/** Characters of one row, its quotes among them: far more than all fields can hold. */
const ROW_CHARACTERS_MOST = 16_384;
const COLUMNS_MOST = 100;
const DELIMITERS = [",", ";", "\t"] as const;

export interface CsvFile {
  encoding: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
  delimiter: (typeof DELIMITERS)[number];
  /** The first line. */
  columns: string[];
  rows: CsvRow[];
}
export interface CsvRow {
  /** Of the file, counted from one; the last one of a row that has more. */
  line: number;
  cells: string[];
}

export const tooLarge = (): DomainError =>
  new DomainError("TOO_LARGE", "FILE_TOO_LARGE", `file: Use a file of at most ${IMPORT_BYTES_MOST / 2 ** 20} MB.`, {
    field: "file",
  });

/**
 * Reads a CSV file as spreadsheets write them: UTF-8, UTF-16 with its mark, or Windows' Western characters; with commas,
 * semicolons or tabs. All of it is bounded before it is read.
 * @throws DomainError INVALID_INPUT that names the line
 */
export function readCsv(bytes: Buffer): CsvFile {
  if (bytes.length > IMPORT_BYTES_MOST) throw tooLarge();
  const { text, encoding } = decode(bytes);
  const zero = text.indexOf("\0");
  if (zero >= 0)
    throw invalidInput(
      "file",
      `Line ${lineAt(text, zero)} has a zero byte: this is no CSV file. Save it as CSV UTF-8.`,
    );
  const delimiter = delimiterOf(text);
  const [head, ...rows] = parseText(withoutEnd(text), delimiter);
  if (head === undefined || rows.length === 0)
    throw invalidInput(
      "file",
      "Use a file with the names of the columns in the first line, and a row for each account.",
    );
  if (head.cells.length > COLUMNS_MOST) throw invalidInput("file", `Use at most ${COLUMNS_MOST} columns.`);
  return { encoding, delimiter, columns: head.cells.map((name) => name.trim().slice(0, 100)), rows };
}

function decode(bytes: Buffer): { text: string; encoding: CsvFile["encoding"] } {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return { text: new TextDecoder("utf-16le").decode(bytes), encoding: "utf-16le" };
  if (a === 0xfe && b === 0xff) return { text: new TextDecoder("utf-16be").decode(bytes), encoding: "utf-16be" };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), encoding: "utf-8" };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), encoding: "windows-1252" };
  }
}

const lineAt = (text: string, index: number): number => text.slice(0, index).split("\n").length;

/** The one that the first line has most of, outside quotes. */
function delimiterOf(text: string): CsvFile["delimiter"] {
  const line = (/^[^\r\n]*/.exec(text.slice(0, ROW_CHARACTERS_MOST))?.[0] ?? "").replaceAll(/"[^"]*"/g, "");
  const count = (each: string): number => line.split(each).length;
  return DELIMITERS.reduce((best, each) => (count(each) > count(best) ? each : best));
}

/** Spreadsheets write thousands of rows of nothing behind the last one, where those were touched once; they are cut off. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && " ,;\t\r\n".includes(text.charAt(end - 1))) end--;
  const line = text.slice(end).search(/[\r\n]/);
  return line === -1 ? text : text.slice(0, end + line);
}

function parseText(text: string, delimiter: string): CsvRow[] {
  try {
    const rows = parse(text, {
      bom: true,
      delimiter,
      info: true,
      max_record_size: ROW_CHARACTERS_MOST,
      relax_column_count: true,
      skip_empty_lines: true,
      // One more than allowed tells that there are too many, and the rest is not looked at.
      to: IMPORT_ROWS_MOST + 2,
    }) as unknown as { info: Info; record: string[] }[];
    // What is behind them was not read: rows of nothing count, so that none is left out unseen.
    if (rows.length > IMPORT_ROWS_MOST + 1)
      throw invalidInput("file", `More than ${IMPORT_ROWS_MOST} rows, with those of nothing. Split the file.`);
    return rows
      .filter(({ record }) => record.some((cell) => cell.trim() !== ""))
      .map(({ info, record }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === "number" ? `Line ${error.lines}: ` : "";
    throw invalidInput("file", `${line}${WORDS[error.code] ?? "This is no CSV that can be read."}`);
  }
}

const WORDS: Readonly<Record<string, string>> = {
  CSV_MAX_RECORD_SIZE: `A row of more than ${ROW_CHARACTERS_MOST} characters. Is a quote missing?`,
  CSV_QUOTE_NOT_CLOSED: "A quote is opened and not closed.",
  INVALID_OPENING_QUOTE: 'A quote within a value. Put the whole value in quotes, and write it twice within: "".',
  CSV_INVALID_CLOSING_QUOTE: "After a closing quote there has to be the next value.",
};
