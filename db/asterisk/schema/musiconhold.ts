import { datetime, mysqlEnum, mysqlTable, varchar } from "drizzle-orm/mysql-core";

export const musiconhold = mysqlTable("musiconhold", {
  name: varchar("name", { length: 80 }).primaryKey(),
  mode: mysqlEnum("mode", ["custom", "files", "mp3nb", "quietmp3nb", "quietmp3", "playlist"]),
  directory: varchar("directory", { length: 255 }),
  application: varchar("application", { length: 255 }),
  digit: varchar("digit", { length: 1 }),
  sort: varchar("sort", { length: 10 }),
  format: varchar("format", { length: 10 }),
  stamp: datetime("stamp", { mode: "string" }),
  loopLast: mysqlEnum("loop_last", ["yes", "no"]),
});
