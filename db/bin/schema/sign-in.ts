import { bigint, index, mysqlTable, primaryKey, tinyint, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { hash, timestamp, uuid, varbinary } from "../../columns";

/** Sign-ins that have begun and are not sessions yet: a password that was right, or a passkey that is asked for. */
export const adminSignIns = mysqlTable(
  "admin_sign_ins",
  {
    /** SHA-256 of the token that the browser holds. */
    id: hash("id").primaryKey(),
    /** Whose password it was; NULL where a passkey is to say who it is. */
    userId: uuid("user_id"),
    /** Wrong second steps so far. */
    attempts: tinyint("attempts").notNull().default(0),
    /** What a passkey has to sign; each is good once. */
    challenge: varchar("challenge", { length: 64 }),
    tmCreate: timestamp("tm_create").notNull(),
    tmExpire: timestamp("tm_expire").notNull(),
    /** When it became a session, or was given up. */
    tmUse: timestamp("tm_use"),
  },
  (t) => [
    // Ending those of an admin whose password changes.
    index("idx_admin_sign_ins_user_id").on(t.userId),
    // Removing those that are over.
    index("idx_admin_sign_ins_tm_expire").on(t.tmExpire),
  ],
);

/** The secret of an admin's authenticator app. */
export const adminTotp = mysqlTable("admin_totp", {
  userId: uuid("user_id").primaryKey(),
  /** Encrypted (server/auth/secrets.ts). */
  secret: varbinary("secret", 255).notNull(),
  /** The 30-second step of the last code that was taken: no code is good twice. */
  lastStep: bigint("last_step", { mode: "number" }).notNull().default(0),
  tmCreate: timestamp("tm_create").notNull(),
  /** NULL until a first code has shown that the app has the secret. */
  tmConfirm: timestamp("tm_confirm"),
});

/** What lets an admin in whose phone is gone; each works once. */
export const adminRecoveryCodes = mysqlTable(
  "admin_recovery_codes",
  {
    userId: uuid("user_id").notNull(),
    codeHash: hash("code_hash").notNull(),
    tmCreate: timestamp("tm_create").notNull(),
    tmUse: timestamp("tm_use"),
  },
  // One code of an admin; all of his.
  (t) => [primaryKey({ columns: [t.userId, t.codeHash] })],
);

export const adminPasskeys = mysqlTable(
  "admin_passkeys",
  {
    id: uuid("id").primaryKey(),
    userId: uuid("user_id").notNull(),
    name: varchar("name", { length: 255 }).notNull(),
    credentialId: varbinary("credential_id", 1023).notNull(),
    credentialHash: hash("credential_hash").notNull(),
    publicKey: varbinary("public_key", 2048).notNull(),
    /** Uses as the authenticator counts them; one that goes back tells of a copy. */
    counter: bigint("counter", { mode: "number", unsigned: true }).notNull(),
    /** How browsers reach it, comma separated: internal, hybrid, usb, … */
    transports: varchar("transports", { length: 255 }).notNull(),
    /** 1 where it is kept in sync between devices. */
    synced: tinyint("synced").notNull(),
    tmCreate: timestamp("tm_create").notNull(),
    tmLastUse: timestamp("tm_last_use"),
  },
  (t) => [
    // Signing in; no credential belongs to two admins.
    uniqueIndex("uq_admin_passkeys_credential_hash").on(t.credentialHash),
    // An admin's passkeys.
    index("idx_admin_passkeys_user_id").on(t.userId),
  ],
);
