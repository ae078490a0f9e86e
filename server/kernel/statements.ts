import { getTableColumns, getTableName, type Table } from "drizzle-orm";
import type { MySqlColumn } from "drizzle-orm/mysql-core";

/** One statement with its values apart. */
export interface Statement {
  sql: string;
  params: unknown[];
}

interface InsertPlan {
  head: string;
  columns: readonly (readonly [key: string, column: MySqlColumn])[];
}
const plans = new WeakMap<Table, InsertPlan>();

function planOf(table: Table): InsertPlan {
  let plan = plans.get(table);
  if (plan === undefined) {
    const columns = (Object.entries(getTableColumns(table)) as [string, MySqlColumn][]).filter(
      ([, column]) => column.generated === undefined && !("autoIncrement" in column && column.autoIncrement === true),
    );
    const names = columns.map(([, column]) => `\`${column.name}\``).join(", ");
    plan = {
      columns,
      head: `insert into \`${getTableName(table)}\` (${names}) values (${columns.map(() => "?").join(", ")})`,
    };
    plans.set(table, plan);
  }
  return plan;
}

/**
 * The insert of one whole row. The text is made once per table: writes are the hot path, and building them anew costs
 * more than running them.
 */
export function insertRow<T extends Table>(table: T, row: T["$inferInsert"]): Statement {
  const plan = planOf(table);
  const values = row as Record<string, unknown>;
  return {
    sql: plan.head,
    params: plan.columns.map(([key, column]) => {
      const value = values[key];
      if (value !== undefined) return value === null ? null : column.mapToDriverValue(value);
      // An absent value takes the column's own default, as drizzle's insert would.
      return column.default === undefined || column.default === null ? null : column.mapToDriverValue(column.default);
    }),
  };
}

/** The update of given fields of one row by its primary key `id`. */
export function updateRow<T extends Table & { id: MySqlColumn }>(
  table: T,
  id: string,
  fields: Partial<T["$inferInsert"]>,
): Statement {
  const columns = getTableColumns(table) as Record<string, MySqlColumn>;
  const sets: string[] = [];
  const params: unknown[] = [];
  for (const [key, value] of Object.entries(fields)) {
    const column = columns[key];
    if (column === undefined || value === undefined) continue;
    sets.push(`\`${column.name}\` = ?`);
    params.push(value === null ? null : column.mapToDriverValue(value));
  }
  params.push(table.id.mapToDriverValue(id));
  return { sql: `update \`${getTableName(table)}\` set ${sets.join(", ")} where \`${table.id.name}\` = ?`, params };
}

/**
 * The insert of one row with the given columns alone; where its key is taken, these columns of the row that is there are
 * overwritten, or only those that are named in `then`.
 */
export function upsertRow<T extends Table>(
  table: T,
  row: Partial<T["$inferInsert"]>,
  then: readonly (keyof T["$inferInsert"])[] = Object.keys(row) as (keyof T["$inferInsert"])[],
): Statement {
  const columns = getTableColumns(table) as Record<string, MySqlColumn>;
  const names: string[] = [];
  const params: unknown[] = [];
  for (const [key, value] of Object.entries(row)) {
    const column = columns[key];
    if (column === undefined || value === undefined) continue;
    names.push(`\`${column.name}\``);
    params.push(value === null ? null : column.mapToDriverValue(value));
  }
  const updates = then.map(
    (key) => `\`${columns[key as string]?.name ?? ""}\` = values(\`${columns[key as string]?.name ?? ""}\`)`,
  );
  return {
    sql: `insert into \`${getTableName(table)}\` (${names.join(", ")}) values (${names.map(() => "?").join(", ")}) on duplicate key update ${updates.join(", ")}`,
    params,
  };
}
