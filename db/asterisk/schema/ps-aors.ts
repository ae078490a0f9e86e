import { float, index, int, mysqlTable, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { flag } from "../columns";

export const psAors = mysqlTable(
  "ps_aors",
  {
    id: varchar("id", { length: 255 }).notNull(),
    contact: varchar("contact", { length: 255 }),
    defaultExpiration: int("default_expiration"),
    mailboxes: varchar("mailboxes", { length: 80 }),
    maxContacts: int("max_contacts"),
    minimumExpiration: int("minimum_expiration"),
    removeExisting: flag("remove_existing"),
    qualifyFrequency: int("qualify_frequency"),
    authenticateQualify: flag("authenticate_qualify"),
    maximumExpiration: int("maximum_expiration"),
    outboundProxy: varchar("outbound_proxy", { length: 255 }),
    supportPath: flag("support_path"),
    qualifyTimeout: float("qualify_timeout"),
    voicemailExtension: varchar("voicemail_extension", { length: 40 }),
    removeUnavailable: flag("remove_unavailable"),
    qualify2xxOnly: flag("qualify_2xx_only"),
  },
  (t) => [
    uniqueIndex("id").on(t.id),
    index("ps_aors_id").on(t.id),
    index("ps_aors_qualifyfreq_contact").on(t.qualifyFrequency, t.contact),
  ],
);
