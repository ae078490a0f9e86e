import { sql, type SQL } from "drizzle-orm";
import type { MySqlColumn, SelectedFields } from "drizzle-orm/mysql-core";
import type { Database } from "@/db/client";
import { PreparedReads, type Query, type Sent } from "./prepared";

/** Between the values of a row; a text that holds it is noticed, because its row then falls into too many parts. */
const SEPARATOR = "\u001f";
const separator = sql.raw("char(31 using utf8mb4)");

/**
 * Reads of rows as texts, where lists are long and calls many. The server joins each row to one text: taking rows of
 * fifteen columns apart is most of what a list costs the driver. Empty texts for NULLs, ids as 32 hexadecimal digits.
 * @returns rows as arrays in the order of the fields
 */
export class TextRows {
  private readonly reads = new PreparedReads();
  private readonly joined: SelectedFields;
  private readonly apart: SelectedFields;
  private readonly width: number;

  constructor(fields: Record<string, MySqlColumn | SQL>) {
    const texts = Object.entries(fields).map(([name, field]): [string, SQL] => [name, asText(field)]);
    this.width = texts.length;
    this.joined = {
      row: sql`concat_ws(${separator}, ${sql.join(
        texts.map(([, text]) => text),
        sql`, `,
      )})`,
    };
    this.apart = Object.fromEntries(texts.map(([name, text]) => [name, text.as(name)]));
  }

  async rows(
    db: Database,
    shape: string,
    build: (fields: SelectedFields) => Query,
    values: Record<string, unknown>,
    how: Sent = "prepared",
  ): Promise<string[][]> {
    const joined = await this.reads.rows<[string]>(db, shape, () => build(this.joined), values, how);
    const rows = joined.map(([row]) => row.split(SEPARATOR));
    if (rows.every((row) => row.length === this.width)) return rows;
    return await this.reads.rows<string[]>(db, `apart:${shape}`, () => build(this.apart), values, how);
  }
}

const asText = (field: MySqlColumn | SQL): SQL =>
  "getSQLType" in field && field.getSQLType() === "binary(16)"
    ? sql`ifnull(lower(hex(${field})), '')`
    : sql`ifnull(${field}, '')`;
