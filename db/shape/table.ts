/** A database's name for the code, and the rules that go with it. */
export type Target = "bin" | "asterisk";

/** A column in terms that MySQL and MariaDB share, so that a wanted and a found one can be compared. */
export interface ColumnShape {
  name: string;
  /** Lower case, without display widths: `varchar(255)`, `int`, `json`, `enum('yes','no')`. */
  type: string;
  nullable: boolean;
  /** The default's plain text; null for none or NULL. */
  defaultText: string | null;
  autoIncrement: boolean;
  /** The expression of a generated column, folded by {@link foldExpression}; null for a plain column. */
  generated: string | null;
  /** Wanted: set where one certain collation is needed. Found: what the column has, null for what is not text. */
  collation: string | null;
  /** What stands behind the column's name in DDL. */
  declaration: string;
}

export interface IndexShape {
  name: string;
  /** In order, with the length where only a beginning is indexed: `token(64)`. */
  columns: readonly string[];
  unique: boolean;
}

export interface ForeignKeyShape {
  name: string;
  columns: readonly string[];
  table: string;
  foreignColumns: readonly string[];
}

export interface TableShape {
  name: string;
  columns: ReadonlyMap<string, ColumnShape>;
  /** By name; the primary key is `PRIMARY`. */
  indexes: ReadonlyMap<string, IndexShape>;
  foreignKeys: ReadonlyMap<string, ForeignKeyShape>;
}

export interface FoundTable extends TableShape {
  collation: string;
  rowFormat: string;
}

export const quoteName = (name: string): string => `\`${name.replaceAll("`", "``")}\``;
export const quoteText = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;

/** Folds what servers write differently: case, display widths, names of one type. */
export function foldType(type: string): string {
  return type
    .replace(/^[a-z]+/i, (word) => word.toLowerCase())
    .replace(/^(tinyint|smallint|mediumint|int|bigint)\(\d+\)/, "$1")
    .replace(/^boolean$/, "tinyint")
    .trim();
}

/** Folds quotes, brackets, spaces, synonyms and character set introducers, which each server prints in its own way. */
export function foldExpression(expression: string): string {
  return expression
    .toLowerCase()
    .replace(/_utf8(mb[34])?(?=\\?')/g, "")
    .replace(/\blcase\b/g, "lower")
    .replace(/[\s()`\\]/g, "");
}

export const isText = (type: string): boolean => /^(char|varchar|(tiny|medium|long)?text|enum|set)\b/.test(type);

/** An index's columns as DDL. */
export const indexColumns = (columns: readonly string[]): string =>
  columns
    .map((column) => {
      const prefix = /^(.*)\((\d+)\)$/.exec(column);
      return prefix === null ? quoteName(column) : `${quoteName(prefix[1] ?? "")}(${prefix[2]})`;
    })
    .join(", ");
