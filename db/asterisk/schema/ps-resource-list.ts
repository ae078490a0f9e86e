import { index, int, mysqlTable, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { flag } from "../columns";

export const psResourceList = mysqlTable(
  "ps_resource_list",
  {
    id: varchar("id", { length: 40 }).notNull(),
    listItem: varchar("list_item", { length: 2048 }),
    event: varchar("event", { length: 40 }),
    fullState: flag("full_state"),
    notificationBatchInterval: int("notification_batch_interval"),
    resourceDisplayName: flag("resource_display_name"),
  },
  (t) => [uniqueIndex("id").on(t.id), index("ps_resource_list_id").on(t.id)],
);
