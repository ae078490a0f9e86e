import { index, json, mysqlTable, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { exactText, timestamp, uuid } from "../../columns";

/**
 * Differences between the SIP records and what Asterisk and Kamailio read, as the last comparison found them and nobody
 * has mended yet. Bounded: a comparison keeps so many, and counts the rest.
 */
export const adminDriftFindings = mysqlTable(
  "admin_drift_findings",
  {
    id: uuid("id").primaryKey(),
    kind: varchar("kind", { length: 16 }).notNull(),
    /** What is compared: an account, a trunk, a row of Kamailio's, those who share a name, a row that is not ours. */
    target: varchar("target", { length: 16 }).notNull(),
    /** Its key: of Asterisk's rows, or the record's id. */
    subject: exactText("subject").notNull(),
    customerId: uuid("customer_id"),
    /** The extension or trunk, where there is one. */
    recordType: varchar("record_type", { length: 16 }),
    recordId: uuid("record_id"),
    /** Which rows and columns; never a value of a secret one. */
    differences: json("differences").notNull(),
    /** The comparison that saw it last. */
    passId: uuid("pass_id").notNull(),
    tmFound: timestamp("tm_found").notNull(),
    tmSeen: timestamp("tm_seen").notNull(),
  },
  (t) => [
    // Each difference once.
    uniqueIndex("uq_admin_drift_findings_subject").on(t.target, t.subject, t.kind),
    // Findings of one kind, the newest first; how many there are of each.
    index("idx_admin_drift_findings_kind").on(t.kind, t.id),
    // Those of one customer.
    index("idx_admin_drift_findings_customer_id").on(t.customerId, t.id),
    // Those that a comparison has not seen again.
    index("idx_admin_drift_findings_pass_id").on(t.passId),
  ],
);
