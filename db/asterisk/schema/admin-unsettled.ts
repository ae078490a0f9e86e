import { index, mysqlTable, varchar } from "drizzle-orm/mysql-core";
import { timestamp, uuid } from "../../columns";

/**
 * Accounts that were written here, and of whose change bin_manager has not been heard to commit: written with the account,
 * removed when the other half has committed. What is left after a moment is compared with bin_manager and mended.
 */
export const adminUnsettled = mysqlTable(
  "admin_unsettled",
  {
    id: uuid("id").primaryKey(),
    endpoint: varchar("endpoint", { length: 255 }).notNull(),
    tmCreate: timestamp("tm_create").notNull(),
  },
  (t) => [
    // Those that have waited long enough, the oldest first.
    index("idx_admin_unsettled_tm_create").on(t.tmCreate),
  ],
);
