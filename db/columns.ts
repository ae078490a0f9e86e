import { sql } from "drizzle-orm";
import { customType, tinyint } from "drizzle-orm/mysql-core";
import { dashed } from "./uuid";

/** "Not set" of the platform's time columns (contract/messaging.md §5.4). */
export const NOT_SET = "9999-01-01 00:00:00.000000";

function uuidText(bytes: Buffer): string {
  return dashed(bytes.toString("hex"));
}

const NIL_BYTES = Buffer.alloc(16);

function uuidBytes(text: string): Buffer {
  if (text === "") return NIL_BYTES;
  const bytes = Buffer.from(text.replaceAll("-", ""), "hex");
  if (bytes.length !== 16) throw new RangeError("not a UUID");
  return bytes;
}

/**
 * binary(16), network byte order, as canonical lower-case text; "" is written as the zero UUID. NULL reads as null:
 * callers take it for the zero UUID (contract/messaging.md §5.5).
 */
export const uuid = customType<{ data: string; driverData: Buffer }>({
  dataType: () => "binary(16)",
  toDriver: uuidBytes,
  fromDriver: uuidText,
});

/** datetime(6) as text `YYYY-MM-DD HH:MM:SS.ffffff`, UTC. */
export const timestamp = customType<{ data: string; driverData: string }>({ dataType: () => "datetime(6)" });

/** A SHA-256. */
export const hash = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "binary(32)" });

/** Up to so many bytes. */
export const varbinary = (name: string, length: number) =>
  customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => `varbinary(${length})` })(name);

export const mediumblob = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "mediumblob" });

/** Up to 255 characters compared byte by byte: what a unique index over folded text needs. */
export const exactText = customType<{ data: string; driverData: string }>({
  dataType: () => "varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
});

/** 1 for a deleted row, else 0: a list of either kind is one range of an index. */
export const deletedFlag = (name: string) =>
  tinyint(name).generatedAlwaysAs(sql`(case when \`tm_delete\` < '9999-01-01 00:00:00.000000' then 1 else 0 end)`, {
    mode: "virtual",
  });

/** The first of two times that is there. */
export const firstTime = (name: string, time: string, otherwise: string) =>
  timestamp(name).generatedAlwaysAs(sql.raw(`(coalesce(\`${time}\`,\`${otherwise}\`))`), { mode: "virtual" });

/** A time, or one before all others where there is none: what a list sorted by it can be paged by. */
export const timeOrNever = (name: string, column: string) =>
  timestamp(name).generatedAlwaysAs(sql.raw(`(ifnull(\`${column}\`, '1000-01-01 00:00:00.000000'))`), {
    mode: "virtual",
  });

/** The e-mail of a live row in lower case, else NULL: what a unique index over live rows needs. */
export const liveEmail = (name: string) =>
  exactText(name).generatedAlwaysAs(
    sql`(case when \`tm_delete\` < '9999-01-01 00:00:00.000000' or \`email\` = '' then null else lower(\`email\`) end)`,
    { mode: "virtual" },
  );

/** A text of a live row in lower case and without spaces behind it, else NULL: what a unique index over live rows needs. */
export const liveText = (name: string, column: string) =>
  exactText(name).generatedAlwaysAs(
    sql.raw(
      `(case when \`tm_delete\` < '9999-01-01 00:00:00.000000' or \`${column}\` = '' then null else lower(rtrim(\`${column}\`)) end)`,
    ),
    { mode: "virtual" },
  );
