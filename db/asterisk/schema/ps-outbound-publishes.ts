import { index, int, mysqlTable, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { flag } from "../columns";

export const psOutboundPublishes = mysqlTable(
  "ps_outbound_publishes",
  {
    id: varchar("id", { length: 255 }).notNull(),
    expiration: int("expiration"),
    outboundAuth: varchar("outbound_auth", { length: 255 }),
    outboundProxy: varchar("outbound_proxy", { length: 256 }),
    serverUri: varchar("server_uri", { length: 256 }),
    fromUri: varchar("from_uri", { length: 256 }),
    toUri: varchar("to_uri", { length: 256 }),
    event: varchar("event", { length: 40 }),
    maxAuthAttempts: int("max_auth_attempts"),
    transport: varchar("transport", { length: 40 }),
    multiUser: flag("multi_user"),
    body: varchar("@body", { length: 40 }),
    context: varchar("@context", { length: 256 }),
    exten: varchar("@exten", { length: 256 }),
  },
  (t) => [uniqueIndex("id").on(t.id), index("ps_outbound_publishes_id").on(t.id)],
);
