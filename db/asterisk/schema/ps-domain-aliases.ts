import { index, mysqlTable, uniqueIndex, varchar } from "drizzle-orm/mysql-core";

export const psDomainAliases = mysqlTable(
  "ps_domain_aliases",
  {
    id: varchar("id", { length: 255 }).notNull(),
    domain: varchar("domain", { length: 255 }),
  },
  (t) => [uniqueIndex("id").on(t.id), index("ps_domain_aliases_id").on(t.id)],
);
