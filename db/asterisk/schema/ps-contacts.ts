import { bigint, float, index, int, mysqlTable, text, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { flag } from "../columns";

export const psContacts = mysqlTable(
  "ps_contacts",
  {
    id: varchar("id", { length: 255 }),
    uri: varchar("uri", { length: 511 }),
    expirationTime: bigint("expiration_time", { mode: "number" }),
    qualifyFrequency: int("qualify_frequency"),
    outboundProxy: varchar("outbound_proxy", { length: 255 }),
    path: text("path"),
    userAgent: varchar("user_agent", { length: 255 }),
    qualifyTimeout: float("qualify_timeout"),
    regServer: varchar("reg_server", { length: 255 }),
    authenticateQualify: flag("authenticate_qualify"),
    viaAddr: varchar("via_addr", { length: 40 }),
    viaPort: int("via_port"),
    callId: varchar("call_id", { length: 255 }),
    endpoint: varchar("endpoint", { length: 255 }),
    pruneOnBoot: flag("prune_on_boot"),
    qualify2xxOnly: flag("qualify_2xx_only"),
  },
  (t) => [
    uniqueIndex("id").on(t.id),
    uniqueIndex("ps_contacts_uq").on(t.id, t.regServer),
    index("ps_contacts_id").on(t.id),
    index("ps_contacts_qualifyfreq_exp").on(t.qualifyFrequency, t.expirationTime),
  ],
);
