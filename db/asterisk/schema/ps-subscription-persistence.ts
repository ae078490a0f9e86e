import { index, int, mysqlTable, text, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { flag } from "../columns";

export const psSubscriptionPersistence = mysqlTable(
  "ps_subscription_persistence",
  {
    id: varchar("id", { length: 40 }).notNull(),
    packet: varchar("packet", { length: 2048 }),
    srcName: varchar("src_name", { length: 128 }),
    srcPort: int("src_port"),
    transportKey: varchar("transport_key", { length: 64 }),
    localName: varchar("local_name", { length: 128 }),
    localPort: int("local_port"),
    cseq: int("cseq"),
    tag: varchar("tag", { length: 128 }),
    endpoint: varchar("endpoint", { length: 40 }),
    expires: int("expires"),
    contactUri: varchar("contact_uri", { length: 256 }),
    pruneOnBoot: flag("prune_on_boot"),
    generatorData: text("generator_data"),
  },
  (t) => [uniqueIndex("id").on(t.id), index("ps_subscription_persistence_id").on(t.id)],
);
