import { foreignKey, int, mysqlTable, primaryKey, varchar } from "drizzle-orm/mysql-core";
import { musiconhold } from "./musiconhold";

export const musiconholdEntry = mysqlTable(
  "musiconhold_entry",
  {
    name: varchar("name", { length: 80 }).notNull(),
    position: int("position").notNull(),
    entry: varchar("entry", { length: 1024 }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.name, t.position] }),
    foreignKey({
      name: "fk_musiconhold_entry_name_musiconhold",
      columns: [t.name],
      foreignColumns: [musiconhold.name],
    }),
  ],
);
