import type { Connection, RowDataPacket } from "mysql2/promise";
import {
  foldExpression,
  foldType,
  isText,
  quoteText,
  type ColumnShape,
  type ForeignKeyShape,
  type FoundTable,
  type IndexShape,
} from "./table";

type Row = Record<string, string | number | null>;

/** Reads the shapes of the named tables, of those that there are, from the connection's database. */
export async function foundTables(connection: Connection, names: readonly string[]): Promise<Map<string, FoundTable>> {
  const select = async (sql: string): Promise<Row[]> => {
    const [rows] = await connection.query<RowDataPacket[]>(sql, [names]);
    return rows as Row[];
  };
  const isMariaDb = text((await select("select version() as v"))[0]?.v).includes("MariaDB");
  const where = (schema = "table_schema"): string => `where ${schema} = database() and table_name in (?)`;
  const tables = await select(
    `select table_name as t, table_collation as c, row_format as f from information_schema.tables ${where()}`,
  );
  const columns = await select(
    `select table_name as t, column_name as n, column_type as type, is_nullable as nullable, column_default as d, extra as e,
       collation_name as c, generation_expression as g, column_comment as comment from information_schema.columns ${where()} order by table_name, ordinal_position`,
  );
  const indexes = await select(
    `select table_name as t, index_name as n, non_unique as nu, column_name as c, sub_part as p from information_schema.statistics ${where()} order by table_name, index_name, seq_in_index`,
  );
  const keys = await select(
    `select table_name as t, constraint_name as n, column_name as c, referenced_table_name as rt, referenced_column_name as rc
       from information_schema.key_column_usage ${where()} and referenced_table_name is not null order by table_name, constraint_name, ordinal_position`,
  );
  // MariaDB's json is a longtext with a check.
  const checks = isMariaDb
    ? await select(
        `select table_name as t, check_clause as k from information_schema.check_constraints ${where("constraint_schema")}`,
      )
    : [];
  const jsonColumns = new Set(
    checks.flatMap((row) => {
      const column = /^json_valid\(`(.+)`\)$/i.exec(text(row.k))?.[1];
      return column === undefined ? [] : [`${text(row.t)}.${column}`];
    }),
  );

  const found = new Map<string, FoundTable>();
  for (const row of tables) {
    const name = text(row.t);
    const own = (rows: Row[]): Row[] => rows.filter((other) => other.t === row.t);
    found.set(name, {
      name,
      collation: text(row.c),
      rowFormat: text(row.f).toLowerCase(),
      columns: new Map(
        own(columns).map((column) => {
          const json = jsonColumns.has(`${name}.${text(column.n)}`);
          return [text(column.n), columnShape(column, isMariaDb, json)];
        }),
      ),
      indexes: indexShapes(own(indexes)),
      foreignKeys: foreignKeyShapes(own(keys)),
    });
  }
  return found;
}

const text = (value: string | number | null | undefined): string => String(value ?? "");

function columnShape(row: Row, isMariaDb: boolean, json: boolean): ColumnShape {
  const extra = text(row.e).toLowerCase();
  const update = /on update \S+/.exec(extra)?.[0];
  const type = json ? "json" : foldType(update === undefined ? text(row.type) : `${text(row.type)} ${update}`);
  const expression = text(row.g);
  const given = row.d === null || row.d === undefined ? null : text(row.d);
  // MariaDB gives defaults as SQL, MySQL as plain text.
  const isNull = given === null || (isMariaDb && given.toUpperCase() === "NULL");
  const plain = isNull
    ? null
    : /^current_timestamp/i.test(given)
      ? given.toLowerCase()
      : isMariaDb
        ? given.replace(/^'(.*)'$/s, "$1").replaceAll("''", "'")
        : given;
  const sql =
    isNull || expression !== ""
      ? null
      : isMariaDb
        ? given
        : extra.includes("default_generated")
          ? `(${given})`
          : quoteText(given);
  const collation = json || !isText(type) || row.c === null ? null : text(row.c).replace(/^utf8_/, "utf8mb3_");
  const nullable = row.nullable === "YES";
  return {
    name: text(row.n),
    type,
    nullable,
    defaultText: expression === "" ? plain : null,
    autoIncrement: extra.includes("auto_increment"),
    generated: expression === "" ? null : foldExpression(expression),
    collation,
    // For a change of the character set alone, so everything else is said again.
    declaration: [
      text(row.type),
      collation === null ? "" : `CHARACTER SET utf8mb4 COLLATE ${inUtf8mb4(collation)}`,
      nullable ? "NULL" : "NOT NULL",
      sql === null ? "" : `DEFAULT ${sql}`,
      text(row.comment) === "" ? "" : `COMMENT ${quoteText(text(row.comment))}`,
    ]
      .filter((part) => part !== "")
      .join(" "),
  };
}

/** The collation of utf8mb4 that compares as this one does. */
function inUtf8mb4(collation: string): string {
  const rest = /^utf8(?:mb[34])?_(.*)$/.exec(collation)?.[1];
  return rest === undefined ? "utf8mb4_general_ci" : `utf8mb4_${rest}`;
}

function indexShapes(rows: Row[]): Map<string, IndexShape> {
  const shapes = new Map<string, IndexShape & { columns: string[] }>();
  for (const row of rows) {
    const name = text(row.n);
    const shape = shapes.get(name) ?? { name, columns: [], unique: Number(row.nu) === 0 };
    shape.columns.push(row.p === null ? text(row.c) : `${text(row.c)}(${row.p})`);
    shapes.set(name, shape);
  }
  return shapes;
}

function foreignKeyShapes(rows: Row[]): Map<string, ForeignKeyShape> {
  const shapes = new Map<string, ForeignKeyShape & { columns: string[]; foreignColumns: string[] }>();
  for (const row of rows) {
    const name = text(row.n);
    const shape = shapes.get(name) ?? { name, columns: [], table: text(row.rt), foreignColumns: [] };
    shape.columns.push(text(row.c));
    shape.foreignColumns.push(text(row.rc));
    shapes.set(name, shape);
  }
  return shapes;
}
