import { index, mysqlTable, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { flag } from "../columns";

export const psAsteriskPublications = mysqlTable(
  "ps_asterisk_publications",
  {
    id: varchar("id", { length: 40 }).notNull(),
    devicestatePublish: varchar("devicestate_publish", { length: 40 }),
    mailboxstatePublish: varchar("mailboxstate_publish", { length: 40 }),
    deviceState: flag("device_state"),
    deviceStateFilter: varchar("device_state_filter", { length: 256 }),
    mailboxState: flag("mailbox_state"),
    mailboxStateFilter: varchar("mailbox_state_filter", { length: 256 }),
  },
  (t) => [uniqueIndex("id").on(t.id), index("ps_asterisk_publications_id").on(t.id)],
);
