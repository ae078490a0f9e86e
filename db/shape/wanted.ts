import { is, SQL } from "drizzle-orm";
import { getTableConfig, MySqlDialect, type MySqlColumn, type MySqlTable } from "drizzle-orm/mysql-core";
import { asteriskTables } from "../asterisk/tables";
import { binTables } from "../bin/tables";
import {
  foldExpression,
  foldType,
  quoteText,
  type ColumnShape,
  type ForeignKeyShape,
  type IndexShape,
  type TableShape,
  type Target,
} from "./table";

const dialect = new MySqlDialect();
const toText = (expression: SQL): string => dialect.sqlToQuery(expression).sql;

/** The tables of a database as the drizzle schema has them. */
export function wantedTables(target: Target): TableShape[] {
  return (target === "bin" ? binTables : asteriskTables).map(tableShape);
}

function tableShape(table: MySqlTable): TableShape {
  const config = getTableConfig(table);
  const indexes: IndexShape[] = config.indexes.map(({ config: index }) => ({
    name: index.name,
    columns: index.columns.map((column) => (is(column, SQL) ? toText(column).replaceAll("`", "") : column.name)),
    unique: index.unique === true,
  }));
  const keyed = config.columns.filter((column) => column.primary).map((column) => column.name);
  const primary = keyed.length > 0 ? keyed : config.primaryKeys[0]?.columns.map((column) => column.name);
  if (primary !== undefined) indexes.push({ name: "PRIMARY", columns: primary, unique: true });
  const foreignKeys: ForeignKeyShape[] = config.foreignKeys.map((key) => {
    const reference = key.reference();
    return {
      name: key.getName(),
      columns: reference.columns.map((column) => column.name),
      table: getTableConfig(reference.foreignTable).name,
      foreignColumns: reference.foreignColumns.map((column) => column.name),
    };
  });
  return {
    name: config.name,
    columns: byName(config.columns.map((column) => columnShape(column, primary?.includes(column.name) ?? false))),
    indexes: byName(indexes),
    foreignKeys: byName(foreignKeys),
  };
}

function columnShape(column: MySqlColumn, primary: boolean): ColumnShape {
  const [whole = "", collation = null] = column.getSQLType().split(/ CHARACTER SET \w+ COLLATE /);
  // A time that the server fills in says so in its type: drizzle has no precision for it.
  const [type = "", automatic] = whole.split(" NULL DEFAULT ");
  const [moment, update] = automatic?.split(" ON UPDATE ") ?? [];
  const as = column.generated?.as;
  const generated = as === undefined ? null : toText(as as SQL);
  const nullable = !column.notNull && !primary;
  const given = column.default === undefined || column.default === null ? null : String(column.default);
  const defaultText = moment ?? given;
  const autoIncrement = "autoIncrement" in column && column.autoIncrement === true;
  return {
    name: column.name,
    type: foldType(update === undefined ? type : `${type} on update ${update}`),
    nullable,
    defaultText,
    autoIncrement,
    generated: generated === null ? null : foldExpression(generated),
    collation,
    declaration: [
      column.getSQLType(),
      generated === null ? "" : `GENERATED ALWAYS AS (${generated}) VIRTUAL`,
      nullable ? "" : "NOT NULL",
      given === null ? "" : `DEFAULT ${typeof column.default === "number" ? given : quoteText(given)}`,
      autoIncrement ? "AUTO_INCREMENT" : "",
    ]
      .filter((part) => part !== "")
      .join(" "),
  };
}

const byName = <T extends { name: string }>(items: readonly T[]): Map<string, T> =>
  new Map(items.map((item) => [item.name, item]));
