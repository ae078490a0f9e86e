import type { CsvFile } from "./import-text";
import { EXTENSION_COLUMNS, TRUNK_COLUMNS, type ImportField, type ImportKind } from "../limits";

// Which column of a file is which field, and what its cells mean.

export type ImportMapping = Partial<Record<ImportField, number>>;
/** What a row says; a field without a column is absent. */
export type RowFields = Partial<Record<ImportField, string>>;

export const fieldsOf = (kind: ImportKind): readonly ImportField[] =>
  kind === "extensions" ? EXTENSION_COLUMNS : TRUNK_COLUMNS;

/** What people call the fields, in letters alone. */
const CALLED: Readonly<Record<ImportField, readonly string[]>> = {
  customerId: ["customerid", "customer", "kunde", "kundenid"],
  extension: ["extension", "number", "ext", "nebenstelle", "durchwahl", "nummer"],
  domainName: ["domainname", "domain", "trunk"],
  name: ["name", "displayname", "label"],
  detail: ["detail", "details", "description", "note", "beschreibung", "bemerkung"],
  authTypes: ["authtypes", "authtype", "auth", "authentication"],
  username: ["username", "user", "login", "benutzername", "benutzer"],
  password: ["password", "secret", "pass", "passwort", "kennwort"],
  allowedIps: ["allowedips", "allowedip", "ips", "ip", "addresses", "address", "adressen"],
};

/** Columns that are called like a field, the first of each. */
export function suggestMapping(kind: ImportKind, columns: readonly string[]): ImportMapping {
  const names = columns.map((name) => name.toLowerCase().replaceAll(/[^a-z]/g, ""));
  const found: ImportMapping = {};
  for (const field of fieldsOf(kind)) {
    const index = names.findIndex((name) => CALLED[field].includes(name));
    if (index >= 0) found[field] = index;
  }
  return found;
}

/** Exported files have a quote in front of what a spreadsheet would run; passwords are exported nowhere. */
const withoutQuote = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])/, "");

export function readFields(mapping: ImportMapping, { cells }: CsvFile["rows"][number]): RowFields {
  const fields: RowFields = {};
  for (const [field, index] of Object.entries(mapping) as [ImportField, number][]) {
    const cell = cells[index] ?? "";
    fields[field] = field === "password" ? cell : withoutQuote(cell).trim();
  }
  return fields;
}
