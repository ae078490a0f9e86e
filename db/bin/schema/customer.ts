import { sql } from "drizzle-orm";
import { index, mysqlTable, text, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { deletedFlag, firstTime, hash, liveEmail, timestamp, uuid } from "../../columns";

// Columns of ours follow those of the platform and are nullable: its own services go on inserting without them.
// Every index ends in the primary key `id` by itself, which is the tie-break of all lists.

export const customerCustomers = mysqlTable(
  "customer_customers",
  {
    id: uuid("id").primaryKey(),
    name: varchar("name", { length: 255 }),
    detail: text("detail"),
    email: varchar("email", { length: 255 }),
    phoneNumber: varchar("phone_number", { length: 255 }),
    address: varchar("address", { length: 1024 }),
    webhookMethod: varchar("webhook_method", { length: 255 }),
    webhookUri: varchar("webhook_uri", { length: 1023 }),
    billingAccountId: uuid("billing_account_id"),
    tmCreate: timestamp("tm_create"),
    tmUpdate: timestamp("tm_update"),
    tmDelete: timestamp("tm_delete"),
    rowDeleted: deletedFlag("row_deleted"),
    emailLive: liveEmail("email_live"),
  },
  (t) => [
    // One live customer for each e-mail, ignoring case.
    uniqueIndex("uq_customer_customers_email_live").on(t.emailLive),
    // All customers, newest first.
    index("idx_customer_customers_tm_create").on(t.tmCreate),
    // Live or deleted customers, newest first: the default list of every caller.
    index("idx_customer_customers_deleted_tm_create").on(t.rowDeleted, t.tmCreate),
    // Live or deleted customers by name.
    index("idx_customer_customers_deleted_name").on(t.rowDeleted, t.name),
    // All customers by name; search by the beginning of a name.
    index("idx_customer_customers_name").on(t.name),
    // Lists filtered by name, newest first (the empty name is shared by many).
    index("idx_customer_customers_name_tm_create").on(t.name, t.tmCreate),
    // Lists filtered by e-mail, newest first; search by the beginning of an e-mail.
    index("idx_customer_customers_email_tm_create").on(t.email, t.tmCreate),
    // Lists filtered by phone number, newest first.
    index("idx_customer_customers_phone_number_tm_create").on(t.phoneNumber, t.tmCreate),
    // Lists filtered by billing account, newest first.
    index("idx_customer_customers_billing_account_id_tm_create").on(t.billingAccountId, t.tmCreate),
    // The same of live or deleted ones, and their count: without an account are all of them where nobody makes any.
    index("idx_customer_customers_deleted_billing_tm_create").on(t.rowDeleted, t.billingAccountId, t.tmCreate),
    // Live or deleted customers of a billing account by name.
    index("idx_customer_customers_deleted_billing_name").on(t.rowDeleted, t.billingAccountId, t.name),
  ],
);

export const customerAccesskeys = mysqlTable(
  "customer_accesskeys",
  {
    id: uuid("id").primaryKey(),
    customerId: uuid("customer_id"),
    name: varchar("name", { length: 255 }),
    detail: text("detail"),
    /** The masked prefix; plain only in a row that the original service has written since the last migration. */
    token: varchar("token", { length: 1023 }),
    tmExpire: timestamp("tm_expire"),
    tmCreate: timestamp("tm_create"),
    tmUpdate: timestamp("tm_update"),
    tmDelete: timestamp("tm_delete"),
    tokenHash: hash("token_hash"),
    /** Of the token before a rotation, good until `tm_prev_expire`. */
    prevTokenHash: hash("prev_token_hash"),
    tmPrevExpire: timestamp("tm_prev_expire"),
    tmUsed: timestamp("tm_used"),
    usedIp: varchar("used_ip", { length: 45 }),
    usedAgent: varchar("used_agent", { length: 255 }),
    /** Since when it lies idle: its last use; where it was never used, its creation. */
    tmIdle: firstTime("tm_idle", "tm_used", "tm_create"),
    /** The deletion that took this key, so that a restore brings back those and no others. */
    cascadeId: uuid("cascade_id"),
    rowDeleted: deletedFlag("row_deleted"),
  },
  (t) => [
    // Of the platform.
    index("idx_customer_accesskeys_customer_id").on(t.customerId),
    // Of the platform, but for its length: the whole column does not fit an index in utf8mb4. A plain token of the original service.
    index("idx_customer_accesskeys_token").on(sql`\`token\`(64)`),
    // The check of a token; NULLs first: tokens that are still to be hashed.
    uniqueIndex("uq_customer_accesskeys_token_hash").on(t.tokenHash),
    // The check of a token that was rotated away.
    uniqueIndex("uq_customer_accesskeys_prev_token_hash").on(t.prevTokenHash),
    // A customer's keys, newest first.
    index("idx_customer_accesskeys_customer_id_tm_create").on(t.customerId, t.tmCreate),
    // A customer's live or deleted keys, newest first; those that a deletion takes.
    index("idx_customer_accesskeys_customer_id_deleted_tm_create").on(t.customerId, t.rowDeleted, t.tmCreate),
    // All keys, newest first.
    index("idx_customer_accesskeys_tm_create").on(t.tmCreate),
    // Live or deleted keys, newest first.
    index("idx_customer_accesskeys_deleted_tm_create").on(t.rowDeleted, t.tmCreate),
    // Lists filtered by name, newest first.
    index("idx_customer_accesskeys_name_tm_create").on(t.name, t.tmCreate),
    // Live keys by expiry: all, those that expire soon, those that have expired.
    index("idx_customer_accesskeys_deleted_tm_expire").on(t.rowDeleted, t.tmExpire),
    // Live keys by last use (never used counts from creation): all, those that nobody uses any more.
    index("idx_customer_accesskeys_deleted_tm_idle").on(t.rowDeleted, t.tmIdle),
    // Live keys that were used lately, by last use.
    index("idx_customer_accesskeys_deleted_tm_used").on(t.rowDeleted, t.tmUsed),
    // The same three of one customer.
    index("idx_customer_accesskeys_customer_id_deleted_tm_expire").on(t.customerId, t.rowDeleted, t.tmExpire),
    index("idx_customer_accesskeys_customer_id_deleted_tm_idle").on(t.customerId, t.rowDeleted, t.tmIdle),
    index("idx_customer_accesskeys_customer_id_deleted_tm_used").on(t.customerId, t.rowDeleted, t.tmUsed),
  ],
);
