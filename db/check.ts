import type { RowDataPacket } from "mysql2/promise";
import { connect } from "./connection";
import type { MySqlDsn } from "./dsn";
import { compareTable } from "./shape/compare";
import { foundTables } from "./shape/found";
import type { Target } from "./shape/table";
import { wantedTables } from "./shape/wanted";

/** Names of tables of ours; everything else in the database is somebody else's. */
const OURS = { bin: /^(customer|number|outdial|registrar|admin)_/, asterisk: /^admin_/ } as const;

/**
 * Lists in what a live database differs from the schema: tables, columns, indexes, types, defaults, collations and
 * generated expressions, missing and extra. Changes nothing, and knows nothing of the siblings' tables.
 */
export async function checkDatabase({ target, dsn }: { target: Target; dsn: MySqlDsn }): Promise<string[]> {
  const connection = await connect(dsn);
  try {
    const wanted = wantedTables(target);
    const names = new Set(wanted.map((table) => table.name));
    const found = await foundTables(connection, [...names]);
    const [tables] = await connection.query<RowDataPacket[]>(
      "select table_name as name from information_schema.tables where table_schema = database() order by table_name",
    );
    const extra = tables.map((row) => String(row.name)).filter((name) => OURS[target].test(name) && !names.has(name));
    return [
      ...wanted.flatMap((table) => {
        const present = found.get(table.name);
        return present === undefined
          ? [`${table.name} is missing`]
          : compareTable(target, table, present).map(({ text }) => text);
      }),
      ...extra.map((name) => `${name} is not in the schema`),
    ];
  } finally {
    await connection.end();
  }
}
