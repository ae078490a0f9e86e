import {
  bigint,
  index,
  int,
  json,
  mediumtext,
  mysqlTable,
  primaryKey,
  text,
  tinyint,
  uniqueIndex,
  varchar,
} from "drizzle-orm/mysql-core";
import { exactText, hash, mediumblob, NOT_SET, timestamp, uuid } from "../../columns";
import { liveEmail } from "./expressions";

/** People who sign in to the console. */
export const adminUsers = mysqlTable(
  "admin_users",
  {
    id: uuid("id").primaryKey(),
    email: varchar("email", { length: 255 }).notNull(),
    name: varchar("name", { length: 255 }).notNull().default(""),
    /** argon2id; null until an invitation is accepted. */
    passwordHash: varchar("password_hash", { length: 255 }),
    /** owner, admin, support or customer_admin. */
    role: varchar("role", { length: 32 }).notNull(),
    /** The only customer that a customer_admin sees. */
    customerId: uuid("customer_id"),
    tmLastLogin: timestamp("tm_last_login"),
    tmCreate: timestamp("tm_create").notNull(),
    tmUpdate: timestamp("tm_update").notNull().default(NOT_SET),
    tmDelete: timestamp("tm_delete").notNull().default(NOT_SET),
    emailLive: exactText("email_live", { length: 255 }).generatedAlwaysAs(liveEmail(), { mode: "virtual" }),
  },
  (t) => [
    // guarantee: one live admin per e-mail, case ignored; sign-in: where email_live = ?
    uniqueIndex("uq_admin_users_email_live").on(t.emailLive),
  ],
);

export const adminSessions = mysqlTable(
  "admin_sessions",
  {
    id: uuid("id").primaryKey(),
    userId: uuid("user_id").notNull(),
    ip: varchar("ip", { length: 45 }),
    userAgent: varchar("user_agent", { length: 255 }),
    tmCreate: timestamp("tm_create").notNull(),
    tmLastSeen: timestamp("tm_last_seen"),
    tmExpire: timestamp("tm_expire").notNull(),
    tmRevoke: timestamp("tm_revoke"),
  },
  (t) => [
    // sessions of an admin; revoke all: where user_id = ?
    index("idx_admin_sessions_user_id").on(t.userId),
    // purge: where tm_expire < ?
    index("idx_admin_sessions_tm_expire").on(t.tmExpire),
  ],
);

/** One-time links. The token itself is only in the link. */
export const adminLinks = mysqlTable(
  "admin_links",
  {
    id: uuid("id").primaryKey(),
    /** setup, invite or reset. */
    purpose: varchar("purpose", { length: 16 }).notNull(),
    userId: uuid("user_id"),
    tokenHash: hash("token_hash").notNull(),
    tmCreate: timestamp("tm_create").notNull(),
    tmExpire: timestamp("tm_expire").notNull(),
    tmUse: timestamp("tm_use"),
  },
  (t) => [
    // a link that is opened: where token_hash = ?
    uniqueIndex("uq_admin_links_token_hash").on(t.tokenHash),
  ],
);

/** Who changed what. Ids are time-ordered, so every list is "order by id". */
export const adminAudit = mysqlTable(
  "admin_audit",
  {
    id: uuid("id").primaryKey(),
    tmCreate: timestamp("tm_create").notNull(),
    actorType: varchar("actor_type", { length: 16 }).notNull(),
    actorId: varchar("actor_id", { length: 64 }),
    actorName: varchar("actor_name", { length: 255 }),
    customerId: uuid("customer_id"),
    action: varchar("action", { length: 64 }).notNull(),
    resourceType: varchar("resource_type", { length: 32 }),
    resourceId: varchar("resource_id", { length: 64 }),
    before: json("before"),
    after: json("after"),
    requestId: varchar("request_id", { length: 64 }),
    ip: varchar("ip", { length: 45 }),
    userAgent: varchar("user_agent", { length: 255 }),
  },
  (t) => [
    // entries of a customer: where customer_id = ? order by id
    index("idx_admin_audit_customer_id").on(t.customerId, t.id),
    // entries of a record: where resource_id = ? order by id
    index("idx_admin_audit_resource_id").on(t.resourceId, t.id),
    // what somebody did: where actor_id = ? order by id
    index("idx_admin_audit_actor_id").on(t.actorId, t.id),
    // all of a kind: where action = ? order by id
    index("idx_admin_audit_action").on(t.action, t.id),
  ],
);

/** Events that wait for the relay. `seq` follows the order of one record's changes: rows are inserted under its lock. */
export const adminOutbox = mysqlTable(
  "admin_outbox",
  {
    seq: bigint("seq", { mode: "number", unsigned: true }).autoincrement().primaryKey(),
    messageId: uuid("message_id").notNull(),
    exchange: varchar("exchange", { length: 255 }).notNull(),
    type: varchar("type", { length: 64 }).notNull(),
    body: mediumtext("body").notNull(),
    /** Cache entries to drop, comma separated. */
    cacheKeys: text("cache_keys"),
    /** 0 to publish, 1 published but caches not yet dropped. */
    state: tinyint("state").notNull().default(0),
    requestId: varchar("request_id", { length: 64 }),
    tmCreate: timestamp("tm_create").notNull(),
  },
  (t) => [
    // relay: where state = ? order by seq
    index("idx_admin_outbox_state").on(t.state, t.seq),
  ],
);

/** Rows that are locked while something may run only once at a time: `relay`. */
export const adminLocks = mysqlTable("admin_locks", { name: varchar("name", { length: 64 }).primaryKey() });

/** Answers to requests that must not take effect twice. */
export const adminReceipts = mysqlTable(
  "admin_receipts",
  {
    id: hash("id").primaryKey(),
    reply: mediumblob("reply"),
    tmCreate: timestamp("tm_create").notNull(),
  },
  (t) => [
    // purge: where tm_create < ?
    index("idx_admin_receipts_tm_create").on(t.tmCreate),
  ],
);

export const adminJobs = mysqlTable(
  "admin_jobs",
  {
    id: uuid("id").primaryKey(),
    type: varchar("type", { length: 64 }).notNull(),
    /** queued, running, done, failed or cancelled. */
    state: varchar("state", { length: 16 }).notNull(),
    customerId: uuid("customer_id"),
    subjectType: varchar("subject_type", { length: 32 }),
    subjectId: uuid("subject_id"),
    payload: json("payload"),
    progress: json("progress"),
    attempts: int("attempts").notNull().default(0),
    dueAt: timestamp("due_at").notNull(),
    lockedUntil: timestamp("locked_until"),
    lockedBy: varchar("locked_by", { length: 64 }),
    error: text("error"),
    requestId: varchar("request_id", { length: 64 }),
    tmCreate: timestamp("tm_create").notNull(),
    tmUpdate: timestamp("tm_update").notNull().default(NOT_SET),
    tmFinish: timestamp("tm_finish"),
  },
  (t) => [
    // claim: where state in (…) and due_at <= ? order by due_at
    index("idx_admin_jobs_state_due_at").on(t.state, t.dueAt),
    // jobs of a record: where subject_id in (…) order by tm_create
    index("idx_admin_jobs_subject_id_tm_create").on(t.subjectId, t.tmCreate),
    // jobs of a customer: where customer_id = ? order by tm_create
    index("idx_admin_jobs_customer_id_tm_create").on(t.customerId, t.tmCreate),
  ],
);

/** What somebody set up on a page: columns, density, saved views. */
export const adminPreferences = mysqlTable(
  "admin_preferences",
  {
    userId: uuid("user_id").notNull(),
    name: varchar("name", { length: 64 }).notNull(),
    value: json("value"),
  },
  (t) => [primaryKey({ columns: [t.userId, t.name] })],
);

/** Migrations that ran here, see db/README.md. */
export const adminMigrations = mysqlTable("admin_migrations", {
  name: varchar("name", { length: 64 }).primaryKey(),
  tmCreate: timestamp("tm_create").notNull(),
});
