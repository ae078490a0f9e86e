import { index, mysqlTable, tinyint, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { hash, timestamp, uuid } from "../../columns";

/** One-time addresses by which a phone fetches its settings; neither the token nor the password is here. */
export const adminHandovers = mysqlTable(
  "admin_handovers",
  {
    id: uuid("id").primaryKey(),
    /** SHA-256 of the token in the address. */
    tokenHash: hash("token_hash").notNull(),
    extensionId: uuid("extension_id").notNull(),
    customerId: uuid("customer_id").notNull(),
    /** Which password it was made for, under a key that only this installation can derive: with another one it has ended. */
    passwordMac: hash("password_mac").notNull(),
    /** 1 where the phone gets a new password at the moment of use. */
    renew: tinyint("renew").notNull().default(0),
    tmCreate: timestamp("tm_create").notNull(),
    tmExpire: timestamp("tm_expire").notNull(),
    /** When a newer one took its place, or somebody withdrew it. */
    tmEnd: timestamp("tm_end"),
    tmUse: timestamp("tm_use"),
    /** As what it was fetched: `page`, `xml`, `txt` or `sip`. */
    format: varchar("format", { length: 8 }),
    ip: varchar("ip", { length: 45 }),
    userAgent: varchar("user_agent", { length: 255 }),
  },
  (t) => [
    // Whoever holds the address.
    uniqueIndex("uq_admin_handovers_token_hash").on(t.tokenHash),
    // The latest one of an extension; ending those before it.
    index("idx_admin_handovers_extension_id").on(t.extensionId, t.tmCreate),
    // Removing old ones.
    index("idx_admin_handovers_tm_expire").on(t.tmExpire),
  ],
);
