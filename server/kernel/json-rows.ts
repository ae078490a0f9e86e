import { sql, type SQL } from "drizzle-orm";
import type { MySqlColumn, SelectedFields } from "drizzle-orm/mysql-core";
import type { Database } from "@/db/client";
import { NIL_UUID } from "./ids";
import { PreparedReads, type Query, type Sent } from "./prepared";

/**
 * Reads of rows as the JSON objects that siblings are sent, for the lists that they ask for most: making a thousand values
 * of a page, and a text of them again, costs several times what reading it does. The server joins each row to its object
 * as if no text needed an escape, which is cheap; where one turns out to, it is asked again to quote each.
 * Empty texts for NULLs, the nil id for a missing id.
 */
export class JsonRows {
  private readonly reads = new PreparedReads();
  private readonly joined: SelectedFields;
  private readonly quoted: SelectedFields;
  private readonly whole: RegExp;

  /** @param fields what each key holds, in the order of the keys */
  constructor(fields: Record<string, MySqlColumn | SQL>) {
    const entries = Object.entries(fields);
    // Few long arguments: each costs the server as much as a short one.
    const object = (quote: '"' | "", value: (field: MySqlColumn | SQL) => SQL): SelectedFields => {
      const parts = entries.map(
        ([key, field], index) =>
          sql`${sql.raw(`'${index === 0 ? "{" : `${quote},`}"${key}":${quote}'`)}, ${value(field)}`,
      );
      return { row: sql`concat(${sql.join(parts, sql`, `)}, ${sql.raw(`'${quote}}'`)})` };
    };
    this.joined = object('"', asText);
    this.quoted = object("", (field) => sql`json_quote(${asText(field)})`);
    this.whole = new RegExp(`^\\{${entries.map(([key]) => `"${key}":"[^"\\\\\\u0000-\\u001f]*"`).join(",")}\\}$`);
  }

  /** @returns rows as JSON objects, in reading order */
  async rows(
    db: Database,
    shape: string,
    build: (fields: SelectedFields) => Query,
    values: Record<string, unknown>,
    how: Sent = "prepared",
  ): Promise<string[]> {
    const joined = await this.reads.rows<[string]>(db, shape, () => build(this.joined), values, how);
    const rows = joined.map(([row]) => row);
    if (rows.every((row) => this.whole.test(row))) return rows;
    const quoted = await this.reads.rows<[string]>(db, `quoted:${shape}`, () => build(this.quoted), values, how);
    return quoted.map(([row]) => row);
  }
}

const asText = (field: MySqlColumn | SQL): SQL =>
  "getSQLType" in field && field.getSQLType() === "binary(16)" ? dashed(field) : sql`ifnull(${field}, '')`;

/** An id with its dashes; MariaDB has no `bin_to_uuid`. */
const dashed = (field: MySqlColumn): SQL =>
  sql`ifnull(insert(insert(insert(insert(lower(hex(${field})), 21, 0, '-'), 17, 0, '-'), 13, 0, '-'), 9, 0, '-'), ${sql.raw(`'${NIL_UUID}'`)})`;
