import { mysqlTable, varchar } from "drizzle-orm/mysql-core";

export const alembicVersion = mysqlTable("alembic_version", {
  versionNum: varchar("version_num", { length: 32 }).primaryKey(),
});
