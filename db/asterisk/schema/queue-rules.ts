import { mysqlTable, varchar } from "drizzle-orm/mysql-core";

export const queueRules = mysqlTable("queue_rules", {
  ruleName: varchar("rule_name", { length: 80 }).notNull(),
  time: varchar("time", { length: 32 }).notNull(),
  minPenalty: varchar("min_penalty", { length: 32 }).notNull(),
  maxPenalty: varchar("max_penalty", { length: 32 }).notNull(),
});
