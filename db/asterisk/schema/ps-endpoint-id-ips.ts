import { index, mysqlTable, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { flag } from "../columns";

export const psEndpointIdIps = mysqlTable(
  "ps_endpoint_id_ips",
  {
    id: varchar("id", { length: 255 }).notNull(),
    endpoint: varchar("endpoint", { length: 255 }),
    match: varchar("match", { length: 80 }),
    srvLookups: flag("srv_lookups"),
    matchHeader: varchar("match_header", { length: 255 }),
    matchRequestUri: varchar("match_request_uri", { length: 255 }),
  },
  (t) => [uniqueIndex("id").on(t.id), index("ps_endpoint_id_ips_id").on(t.id)],
);
