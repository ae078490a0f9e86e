import { customType } from "drizzle-orm/mysql-core";

/** "Not set" of the platform's time columns (contract/messaging.md §5.4). */
export const NOT_SET = "9999-01-01 00:00:00.000000";

/** "Not set" of the platform's id columns. */
export const NIL_UUID = "00000000-0000-0000-0000-000000000000";

const NIL_BYTES = Buffer.alloc(16);

function uuidText(bytes: Buffer): string {
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function uuidBytes(text: string): Buffer {
  if (text === "") return NIL_BYTES;
  const bytes = Buffer.from(text.replaceAll("-", ""), "hex");
  if (bytes.length !== 16) throw new RangeError("not a UUID");
  return bytes;
}

/**
 * binary(16), network byte order, as canonical lower-case text; "" is written as the zero UUID. A column that may be
 * NULL reads as null: callers take it for the zero UUID (contract/messaging.md §5.5).
 */
export const uuid = customType<{ data: string; driverData: Buffer }>({
  dataType: () => "binary(16)",
  toDriver: uuidBytes,
  fromDriver: uuidText,
});

/** datetime(6) as text `YYYY-MM-DD HH:MM:SS.ffffff`, UTC. Needs a connection with `dateStrings`. */
export const timestamp = customType<{ data: string; driverData: string }>({ dataType: () => "datetime(6)" });

/** A SHA-256. */
export const hash = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "binary(32)" });

export const mediumblob = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "mediumblob" });

/** Text that compares byte by byte: a unique index over it tells apart what a case-insensitive collation would not. */
export const exactText = customType<{
  data: string;
  driverData: string;
  config: { length: number };
  configRequired: true;
}>({
  dataType: ({ length }) => `varchar(${length}) character set utf8mb4 collate utf8mb4_bin`,
});

/** A json column as its text: MariaDB gives the text, MySQL what it parsed from it. */
export const jsonText = customType<{ data: string; driverData: unknown }>({
  dataType: () => "json",
  fromDriver: (value) => (typeof value === "string" ? value : JSON.stringify(value)),
});
