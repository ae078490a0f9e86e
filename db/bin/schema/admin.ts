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
import { deletedFlag, hash, liveEmail, mediumblob, timeOrNever, timestamp, uuid, varbinary } from "../../columns";

// Tables of ours. Ids are time-ordered, so "newest first" is the primary key backwards, and every index ends in it.

export const adminUsers = mysqlTable(
  "admin_users",
  {
    id: uuid("id").primaryKey(),
    email: varchar("email", { length: 255 }),
    name: varchar("name", { length: 255 }),
    passwordHash: varchar("password_hash", { length: 255 }),
    role: varchar("role", { length: 32 }),
    /** The one customer whose data the admin may see; NULL for all. */
    customerId: uuid("customer_id"),
    tmLastLogin: timestamp("tm_last_login"),
    /** Since when the admin may not sign in; NULL for those who may. */
    tmDisable: timestamp("tm_disable"),
    tmCreate: timestamp("tm_create"),
    tmUpdate: timestamp("tm_update"),
    tmDelete: timestamp("tm_delete"),
    /** The deletion of the customer that disabled the admin, and will enable him should it be taken back. */
    cascadeId: uuid("cascade_id"),
    emailLive: liveEmail("email_live"),
    rowDeleted: deletedFlag("row_deleted"),
    signInOrder: timeOrNever("sign_in_order", "tm_last_login"),
  },
  (t) => [
    // Sign-in; one live admin for each e-mail, ignoring case.
    uniqueIndex("uq_admin_users_email_live").on(t.emailLive),
    // The list, newest first.
    index("idx_admin_users_row_deleted").on(t.rowDeleted),
    // The list by name; the beginning of a name.
    index("idx_admin_users_row_deleted_name").on(t.rowDeleted, t.name),
    // The list by the last sign-in, those who never came among them.
    index("idx_admin_users_row_deleted_sign_in_order").on(t.rowDeleted, t.signInOrder),
    // The list by role; the owners, of whom one has to stay.
    index("idx_admin_users_row_deleted_role").on(t.rowDeleted, t.role),
    // A customer's admins; those whom its deletion disables.
    index("idx_admin_users_customer_id_row_deleted").on(t.customerId, t.rowDeleted),
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
    /** When the admin last proved again who he is, as changes of his account demand. */
    tmConfirm: timestamp("tm_confirm"),
    /** Of the passkey ceremony that is under way; each is good once. */
    challenge: varchar("challenge", { length: 64 }),
    tmChallenge: timestamp("tm_challenge"),
  },
  (t) => [
    // An admin's sessions; ending all of them.
    index("idx_admin_sessions_user_id").on(t.userId),
    // Removing those that ended long ago.
    index("idx_admin_sessions_tm_expire").on(t.tmExpire),
  ],
);

export const adminLinks = mysqlTable(
  "admin_links",
  {
    id: uuid("id").primaryKey(),
    purpose: varchar("purpose", { length: 16 }).notNull(),
    userId: uuid("user_id"),
    tokenHash: hash("token_hash").notNull(),
    tmCreate: timestamp("tm_create").notNull(),
    tmExpire: timestamp("tm_expire").notNull(),
    tmUse: timestamp("tm_use"),
  },
  (t) => [
    // Opening a link.
    uniqueIndex("uq_admin_links_token_hash").on(t.tokenHash),
    // An admin's links: a new one ends those before it.
    index("idx_admin_links_user_id").on(t.userId),
  ],
);

export const adminAudit = mysqlTable(
  "admin_audit",
  {
    id: uuid("id").primaryKey(),
    tmCreate: timestamp("tm_create").notNull(),
    actorType: varchar("actor_type", { length: 16 }),
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
    // What happened to a customer, newest first.
    index("idx_admin_audit_customer_id").on(t.customerId, t.id),
    // The history of one record.
    index("idx_admin_audit_resource_id").on(t.resourceId, t.id),
    // What one admin, key or service did.
    index("idx_admin_audit_actor_id").on(t.actorId, t.id),
    // The list filtered by action.
    index("idx_admin_audit_action").on(t.action, t.id),
    // The list filtered by the kind of record.
    index("idx_admin_audit_resource_type").on(t.resourceType, t.id),
    // What one request did.
    index("idx_admin_audit_request_id").on(t.requestId, t.id),
    // A customer's list filtered by action, by kind of record, by who.
    index("idx_admin_audit_customer_id_action").on(t.customerId, t.action, t.id),
    index("idx_admin_audit_customer_id_resource_type").on(t.customerId, t.resourceType, t.id),
    index("idx_admin_audit_customer_id_actor_id").on(t.customerId, t.actorId, t.id),
    // What one admin, key or service did of one kind.
    index("idx_admin_audit_actor_id_action").on(t.actorId, t.action, t.id),
  ],
);

export const adminOutbox = mysqlTable(
  "admin_outbox",
  {
    seq: bigint("seq", { mode: "number", unsigned: true }).autoincrement().primaryKey(),
    messageId: uuid("message_id").notNull(),
    exchange: varchar("exchange", { length: 255 }).notNull(),
    type: varchar("type", { length: 64 }).notNull(),
    body: mediumtext("body").notNull(),
    cacheKeys: text("cache_keys"),
    /** 0 to be published; 1 published, its caches still to be told. */
    state: tinyint("state").notNull().default(0),
    requestId: varchar("request_id", { length: 64 }),
    tmCreate: timestamp("tm_create").notNull(),
  },
  (t) => [
    // The relay's next batch, in order.
    index("idx_admin_outbox_state").on(t.state, t.seq),
  ],
);

export const adminReceipts = mysqlTable(
  "admin_receipts",
  {
    id: hash("id").primaryKey(),
    reply: mediumblob("reply"),
    tmCreate: timestamp("tm_create").notNull(),
  },
  (t) => [
    // Removing those that nobody can ask for any more.
    index("idx_admin_receipts_tm_create").on(t.tmCreate),
  ],
);

export const adminJobs = mysqlTable(
  "admin_jobs",
  {
    id: uuid("id").primaryKey(),
    type: varchar("type", { length: 64 }).notNull(),
    state: varchar("state", { length: 16 }).notNull(),
    customerId: uuid("customer_id"),
    subjectType: varchar("subject_type", { length: 32 }),
    subjectId: uuid("subject_id"),
    /** Who asked for it, as in the audit trail. */
    ownerType: varchar("owner_type", { length: 16 }),
    ownerId: varchar("owner_id", { length: 64 }),
    ownerName: varchar("owner_name", { length: 255 }),
    payload: json("payload"),
    progress: json("progress"),
    attempts: int("attempts").notNull().default(0),
    dueAt: timestamp("due_at").notNull(),
    lockedUntil: timestamp("locked_until"),
    lockedBy: varchar("locked_by", { length: 64 }),
    error: text("error"),
    requestId: varchar("request_id", { length: 64 }),
    tmCreate: timestamp("tm_create").notNull(),
    tmUpdate: timestamp("tm_update"),
    tmFinish: timestamp("tm_finish"),
  },
  (t) => [
    // The claim of due jobs; counts by state; removing finished ones.
    index("idx_admin_jobs_state_due_at").on(t.state, t.dueAt),
    // The latest job about a record.
    index("idx_admin_jobs_subject_id_tm_create").on(t.subjectId, t.tmCreate),
    // A customer's jobs, newest first.
    index("idx_admin_jobs_customer_id_tm_create").on(t.customerId, t.tmCreate),
    // All jobs, newest first.
    index("idx_admin_jobs_tm_create").on(t.tmCreate),
    // The list filtered by state.
    index("idx_admin_jobs_state_tm_create").on(t.state, t.tmCreate),
    // The list filtered by type.
    index("idx_admin_jobs_type_tm_create").on(t.type, t.tmCreate),
    // What one person has asked for.
    index("idx_admin_jobs_owner_id_tm_create").on(t.ownerId, t.tmCreate),
  ],
);

/** The rows that a bulk job works on, and what became of each. */
export const adminJobResults = mysqlTable(
  "admin_job_results",
  {
    jobId: uuid("job_id").notNull(),
    /** In the order in which they are worked. */
    seq: int("seq", { unsigned: true }).notNull(),
    itemId: uuid("item_id").notNull(),
    customerId: uuid("customer_id"),
    /** What people call the row. */
    label: varchar("label", { length: 255 }),
    state: varchar("state", { length: 16 }).notNull(),
    /** A machine word, where it was skipped or failed. */
    reason: varchar("reason", { length: 64 }),
    message: varchar("message", { length: 255 }),
    tmUpdate: timestamp("tm_update").notNull(),
  },
  (t) => [
    // A job's rows in order.
    primaryKey({ columns: [t.jobId, t.seq] }),
    // No row is worked twice.
    uniqueIndex("uq_admin_job_results_item_id").on(t.jobId, t.itemId),
    // The next rows to work; the list of those that failed.
    index("idx_admin_job_results_state").on(t.jobId, t.state, t.seq),
    // Removing those that nobody asks for any more.
    index("idx_admin_job_results_tm_update").on(t.tmUpdate),
  ],
);

/**
 * Of a job whose rows come to new passwords: they are sealed to the public key, and the private key, itself sealed with
 * AUTH_SECRET, is removed when the one who asked has fetched them.
 */
export const adminJobKeys = mysqlTable(
  "admin_job_keys",
  {
    jobId: uuid("job_id").primaryKey(),
    publicKey: varbinary("public_key", 64).notNull(),
    privateKey: varbinary("private_key", 255).notNull(),
    tmCreate: timestamp("tm_create").notNull(),
  },
  (t) => [
    // Removing those that nobody fetched in time.
    index("idx_admin_job_keys_tm_create").on(t.tmCreate),
  ],
);

/**
 * What is still to be made of an uploaded file's rows. The worker has to read the passwords in them, as it writes them to
 * registrar_extensions and registrar_trunks in the clear; so each row is removed together with the writing of its result.
 */
export const adminImportRows = mysqlTable(
  "admin_import_rows",
  {
    id: uuid("id").primaryKey(),
    jobId: uuid("job_id").notNull(),
    customerId: uuid("customer_id").notNull(),
    fields: json("fields").notNull(),
    /** Apart from the other fields, and empty where one is to be made up. */
    password: varchar("password", { length: 255 }).notNull(),
    tmCreate: timestamp("tm_create").notNull(),
  },
  (t) => [
    // Removing those of a job that was cancelled.
    index("idx_admin_import_rows_job_id").on(t.jobId),
    // Removing what no job came to.
    index("idx_admin_import_rows_tm_create").on(t.tmCreate),
  ],
);

/** Rows that exist to be locked: whoever holds one does what only one process may do at a time. */
export const adminLocks = mysqlTable("admin_locks", { name: varchar("name", { length: 64 }).primaryKey() });

/** Web processes and workers that run; each says so every few seconds. */
export const adminProcesses = mysqlTable(
  "admin_processes",
  {
    id: uuid("id").primaryKey(),
    kind: varchar("kind", { length: 16 }).notNull(),
    /** Kind, host and process id. */
    name: varchar("name", { length: 64 }).notNull(),
    /** What a worker does, as a comma list. */
    roles: varchar("roles", { length: 255 }).notNull(),
    version: varchar("version", { length: 64 }).notNull(),
    node: varchar("node", { length: 32 }).notNull(),
    tmStart: timestamp("tm_start").notNull(),
    tmBeat: timestamp("tm_beat").notNull(),
  },
  (t) => [
    // Those that are alive; removing those that are not.
    index("idx_admin_processes_tm_beat").on(t.tmBeat),
  ],
);

/** Counts of days that are over, so that no page counts them again. */
export const adminDailyCounts = mysqlTable(
  "admin_daily_counts",
  {
    /** What was counted. */
    name: varchar("name", { length: 32 }).notNull(),
    /** `YYYY-MM-DD`, UTC. */
    day: varchar("day", { length: 10 }).notNull(),
    count: bigint("count", { mode: "number", unsigned: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.name, t.day] })],
);

/** What an admin chose for the console: columns, saved views. */
export const adminPreferences = mysqlTable(
  "admin_preferences",
  {
    userId: uuid("user_id").notNull(),
    name: varchar("name", { length: 64 }).notNull(),
    value: json("value"),
  },
  (t) => [primaryKey({ columns: [t.userId, t.name] })],
);
