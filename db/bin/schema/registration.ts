import { index, int, json, mysqlTable, primaryKey, tinyint, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { sql } from "drizzle-orm";
import { exactText, timestamp, uuid } from "../../columns";

// What samples of ps_contacts have shown (server/domain/registrar/registration/sample.ts). An endpoint is Asterisk's key of a
// number, `1001@<customer-id>.<base>`, in lower case.

/** Each number that was ever registered, as the last sample saw it. */
export const adminRegistrationStates = mysqlTable(
  "admin_registration_states",
  {
    endpoint: exactText("endpoint").primaryKey(),
    isUp: tinyint("is_up").notNull(),
    /** Since when it is so. */
    tmChange: timestamp("tm_change").notNull(),
    /** The day, and how often it has changed on it: what changes too often is written down no more. */
    day: varchar("day", { length: 10 }).notNull(),
    changes: int("changes").notNull(),
    /** Networks and user agents that it was seen with. */
    known: json("known"),
    /** Whose contact was the newest, lately. */
    holders: json("holders"),
  },
  (t) => [
    // Numbers that are registered; removing those that have not been for long.
    index("idx_admin_registration_states_is_up").on(t.isUp, t.endpoint),
    index("idx_admin_registration_states_is_up_tm_change").on(t.isUp, t.tmChange),
  ],
);

/** When a number came and went. */
export const adminRegistrationChanges = mysqlTable(
  "admin_registration_changes",
  {
    endpoint: exactText("endpoint").notNull(),
    tm: timestamp("tm").notNull(),
    isUp: tinyint("is_up").notNull(),
    /** 1 where nothing was known of it before. */
    isFirst: tinyint("is_first").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.endpoint, t.tm] }),
    // Removing old ones.
    index("idx_admin_registration_changes_tm").on(t.tm),
  ],
);

/** When it was looked, and how many numbers were registered then: what lies between two far samples, nobody knows. */
export const adminRegistrationSamples = mysqlTable("admin_registration_samples", {
  /** The minute. */
  tm: timestamp("tm").primaryKey(),
  registered: int("registered").notNull(),
  /** By the clock of Asterisk's database: what was written before it has been looked at. */
  tmUntil: timestamp("tm_until").notNull(),
});

/** How many numbers of a customer were registered, from a sample on. */
export const adminRegistrationTotals = mysqlTable(
  "admin_registration_totals",
  {
    customerId: uuid("customer_id").notNull(),
    tm: timestamp("tm").notNull(),
    registered: int("registered").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.customerId, t.tm] }),
    // Removing old ones.
    index("idx_admin_registration_totals_tm").on(t.tm),
  ],
);

/** What somebody should look at: an account in a new network or with a new user agent, or two phones that push each other out. */
export const adminRegistrationAlarms = mysqlTable(
  "admin_registration_alarms",
  {
    id: uuid("id").primaryKey(),
    customerId: uuid("customer_id"),
    endpoint: exactText("endpoint").notNull(),
    kind: varchar("kind", { length: 16 }).notNull(),
    before: varchar("before", { length: 255 }).notNull(),
    after: varchar("after", { length: 255 }).notNull(),
    /** How often it has come while it was open. */
    times: int("times").notNull(),
    tmCreate: timestamp("tm_create").notNull(),
    tmLast: timestamp("tm_last").notNull(),
    tmAcknowledge: timestamp("tm_acknowledge"),
    acknowledgedBy: varchar("acknowledged_by", { length: 255 }),
    isOpen: tinyint("is_open").generatedAlwaysAs(sql`(case when \`tm_acknowledge\` is null then 1 else 0 end)`, {
      mode: "virtual",
    }),
    openKey: exactText("open_key").generatedAlwaysAs(
      sql`(case when \`tm_acknowledge\` is null then left(concat(\`kind\`,\`endpoint\`),255) else null end)`,
      { mode: "virtual" },
    ),
  },
  (t) => [
    // One open alarm of a kind for each number.
    uniqueIndex("uq_admin_registration_alarms_open_key").on(t.openKey),
    // Open or acknowledged alarms, newest first; of one customer.
    index("idx_admin_registration_alarms_is_open").on(t.isOpen, t.id),
    index("idx_admin_registration_alarms_customer_id_is_open").on(t.customerId, t.isOpen, t.id),
    // A number's alarms, newest first.
    index("idx_admin_registration_alarms_endpoint").on(t.endpoint, t.id),
    // Removing old ones.
    index("idx_admin_registration_alarms_tm_create").on(t.tmCreate),
  ],
);
