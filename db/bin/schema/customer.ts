import { sql } from "drizzle-orm";
import { index, mysqlTable, text, tinyint, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { exactText, hash, timestamp, uuid } from "../../columns";
import { deletedFlag, liveEmail } from "./expressions";

/** Columns up to `tm_delete` are the original's (contract/customer.md §1.1); the rest is ours and may be left out by others. */
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
    rowDeleted: tinyint("row_deleted").generatedAlwaysAs(deletedFlag(), { mode: "virtual" }),
    emailLive: exactText("email_live", { length: 255 }).generatedAlwaysAs(liveEmail(), { mode: "virtual" }),
  },
  // A secondary index ends with the primary key, so each serves "order by …, id" too.
  (t) => [
    // guarantee: one live customer per e-mail, case ignored
    uniqueIndex("uq_customer_customers_email_live").on(t.emailLive),
    // list, no filter: order by tm_create, id
    index("idx_customer_customers_tm_create").on(t.tmCreate),
    // list of live or of deleted customers: where row_deleted = ? order by tm_create, id
    index("idx_customer_customers_row_deleted_tm_create").on(t.rowDeleted, t.tmCreate),
    // the same list by name: where row_deleted = ? order by name, id
    index("idx_customer_customers_row_deleted_name").on(t.rowDeleted, t.name),
    // list: where name = ?; order by name, id; search: where name like 'x%'
    index("idx_customer_customers_name").on(t.name),
    // list: where email = ? order by tm_create, id; search: where email like 'x%'
    index("idx_customer_customers_email_tm_create").on(t.email, t.tmCreate),
    // list: where phone_number = ? order by tm_create, id ('' is common)
    index("idx_customer_customers_phone_number_tm_create").on(t.phoneNumber, t.tmCreate),
    // list: where billing_account_id = ? order by tm_create, id (the zero UUID is common)
    index("idx_customer_customers_billing_account_id_tm_create").on(t.billingAccountId, t.tmCreate),
  ],
);

/** Columns up to `tm_delete` are the original's (contract/customer.md §1.2). */
export const customerAccesskeys = mysqlTable(
  "customer_accesskeys",
  {
    id: uuid("id").primaryKey(),
    customerId: uuid("customer_id"),
    name: varchar("name", { length: 255 }),
    detail: text("detail"),
    /** The masked beginning, for people to tell keys apart. Plain only in a row that the original has just written. */
    token: varchar("token", { length: 1023 }),
    tmExpire: timestamp("tm_expire"),
    tmCreate: timestamp("tm_create"),
    tmUpdate: timestamp("tm_update"),
    tmDelete: timestamp("tm_delete"),
    /** SHA-256 of the token. */
    tokenHash: hash("token_hash"),
    /** SHA-256 of the token before the last rotation, good until `tm_prev_expire`. */
    prevTokenHash: hash("prev_token_hash"),
    tmPrevExpire: timestamp("tm_prev_expire"),
    tmUsed: timestamp("tm_used"),
    usedIp: varchar("used_ip", { length: 45 }),
    usedAgent: varchar("used_agent", { length: 255 }),
    /** The job that deleted the key along with its customer; a restore of the customer brings back these only. */
    cascadeId: uuid("cascade_id"),
    rowDeleted: tinyint("row_deleted").generatedAlwaysAs(deletedFlag(), { mode: "virtual" }),
  },
  (t) => [
    // the original's; here: keys of a customer that a deletion takes or a restore brings back
    index("idx_customer_accesskeys_customer_id").on(t.customerId),
    // the original's, over the whole column, which does not fit utf8mb4; here: a plain token that was just written
    index("idx_customer_accesskeys_token").on(sql`\`token\`(64)`),
    // key check: where token_hash = ?; migration: where token_hash is null
    uniqueIndex("uq_customer_accesskeys_token_hash").on(t.tokenHash),
    // key check within a rotation's overlap: where prev_token_hash = ?
    uniqueIndex("uq_customer_accesskeys_prev_token_hash").on(t.prevTokenHash),
    // list of a customer: where customer_id = ? order by tm_create, id
    index("idx_customer_accesskeys_customer_id_tm_create").on(t.customerId, t.tmCreate),
    // list of live or of deleted keys: where row_deleted = ? order by tm_create, id
    index("idx_customer_accesskeys_row_deleted_tm_create").on(t.rowDeleted, t.tmCreate),
    // list: where name = ? order by tm_create, id
    index("idx_customer_accesskeys_name_tm_create").on(t.name, t.tmCreate),
    // list, no filter: order by tm_create, id
    index("idx_customer_accesskeys_tm_create").on(t.tmCreate),
  ],
);
