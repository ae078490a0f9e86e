import {
  indexColumns,
  isText,
  quoteName,
  type ColumnShape,
  type FoundTable,
  type IndexShape,
  type TableShape,
  type Target,
} from "./table";

/** One thing in which a database differs from the schema. */
export interface Difference {
  table: string;
  /** For people, with the table's name. */
  text: string;
  /** The clauses of ALTER TABLE that mend it; none where that could lose something or is not ours to decide. */
  fix: readonly string[];
}

/** Tables that the product added: it may change them as it likes. */
const isOurs = (table: string): boolean => table.startsWith("admin_");

/** Compares a table that exists with what the schema wants. */
export function compareTable(target: Target, wanted: TableShape, found: FoundTable): Difference[] {
  const differences: Difference[] = [];
  const add = (what: string, ...fix: string[]): void => {
    differences.push({ table: wanted.name, text: `${wanted.name}${what}`, fix });
  };

  for (const column of wanted.columns.values()) {
    const other = found.columns.get(column.name);
    if (other === undefined) {
      add(`.${column.name} is missing`, `ADD COLUMN ${quoteName(column.name)} ${column.declaration}`);
      continue;
    }
    for (const [what, mended] of compareColumn(target, column, other)) {
      const declaration = isOurs(wanted.name) || column.generated !== null ? column.declaration : mended;
      add(
        `.${column.name}: ${what}`,
        ...(declaration === undefined ? [] : [`MODIFY COLUMN ${quoteName(column.name)} ${declaration}`]),
      );
    }
  }
  for (const name of found.columns.keys()) if (!wanted.columns.has(name)) add(`.${name} is not in the schema`);

  for (const index of wanted.indexes.values()) {
    const other = found.indexes.get(index.name);
    if (other === undefined) add(`: index ${index.name} is missing`, addIndex(index));
    else if (describe(index) !== describe(other)) {
      const mend = target === "bin" && index.name !== "PRIMARY";
      add(
        `: index ${index.name} is ${describe(other)}, should be ${describe(index)}`,
        ...(mend ? [`DROP INDEX ${quoteName(index.name)}`, addIndex(index)] : []),
      );
    }
  }
  for (const name of found.indexes.keys()) if (!wanted.indexes.has(name)) add(`: index ${name} is not in the schema`);

  for (const key of wanted.foreignKeys.values()) {
    const other = found.foreignKeys.get(key.name);
    const references = `(${indexColumns(key.columns)}) REFERENCES ${quoteName(key.table)} (${indexColumns(key.foreignColumns)})`;
    if (other === undefined)
      add(`: foreign key ${key.name} is missing`, `ADD CONSTRAINT ${quoteName(key.name)} FOREIGN KEY ${references}`);
    else if (JSON.stringify({ ...other, name: "" }) !== JSON.stringify({ ...key, name: "" }))
      add(`: foreign key ${key.name} should be ${references}`);
  }
  for (const name of found.foreignKeys.keys())
    if (!wanted.foreignKeys.has(name)) add(`: foreign key ${name} is not in the schema`);

  if (target === "bin" && !found.collation.startsWith("utf8mb4_")) {
    const format = /^(compact|redundant)$/.test(found.rowFormat) ? [" ROW_FORMAT=DYNAMIC"] : []; // their indexes end at 767 bytes
    add(
      `: default collation is ${found.collation}, should be of utf8mb4`,
      "DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci",
      ...format,
    );
  }
  return differences;
}

/** What differs; each with the declaration that mends it where the data itself asks for no decision. */
function compareColumn(target: Target, wanted: ColumnShape, found: ColumnShape): [string, string?][] {
  const differences: [string, string?][] = [];
  const expect = (what: string, is: string, should: string, mended?: string): void => {
    if (is !== should) differences.push([`${what} is ${is}, should be ${should}`, mended]);
  };
  expect("type", found.type, wanted.type);
  expect("it", found.nullable ? "nullable" : "not null", wanted.nullable ? "nullable" : "not null");
  const byDefault = (shape: ColumnShape): string => (shape.defaultText === null ? "none" : `"${shape.defaultText}"`);
  expect("default", byDefault(found), byDefault(wanted));
  const increment = (shape: ColumnShape): string => (shape.autoIncrement ? "auto_increment" : "not auto_increment");
  expect("it", increment(found), increment(wanted));
  expect("generated expression", found.generated ?? "none", wanted.generated ?? "none");
  if (found.collation === null || !isText(wanted.type)) return differences;
  if (wanted.collation !== null) expect("collation", found.collation, wanted.collation);
  else if (target === "bin" && !/^utf8mb4_.*_ci$/.test(found.collation))
    expect("collation", found.collation, "one of utf8mb4 that ignores case", found.declaration);
  else if (target === "asterisk" && !/^utf8(mb3|mb4)_.*_ci$/.test(found.collation))
    expect("collation", found.collation, "one of utf8 that ignores case"); // Asterisk's own: whatever it was made with stays
  return differences;
}

const describe = (index: IndexShape): string => `${index.unique ? "unique " : ""}(${index.columns.join(", ")})`;

function addIndex(index: IndexShape): string {
  if (index.name === "PRIMARY") return `ADD PRIMARY KEY (${indexColumns(index.columns)})`;
  return `ADD ${index.unique ? "UNIQUE INDEX" : "INDEX"} ${quoteName(index.name)} (${indexColumns(index.columns)})`;
}
