import { index, mysqlTable, uniqueIndex, varchar } from "drizzle-orm/mysql-core";

export const psInboundPublications = mysqlTable(
  "ps_inbound_publications",
  {
    id: varchar("id", { length: 255 }).notNull(),
    endpoint: varchar("endpoint", { length: 255 }),
    eventAsteriskDevicestate: varchar("event_asterisk-devicestate", { length: 40 }),
    eventAsteriskMwi: varchar("event_asterisk-mwi", { length: 40 }),
  },
  (t) => [uniqueIndex("id").on(t.id), index("ps_inbound_publications_id").on(t.id)],
);
