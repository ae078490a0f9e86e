import { index, json, mysqlTable, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { deletedFlag, liveText, timestamp, uuid } from "../../columns";

// Columns of ours follow those of the platform (contract/registrar.md §1) and are nullable or computed: its own services go on
// inserting without them. Every index ends in the primary key `id` by itself, which is the tie-break of all lists.

export const registrarExtensions = mysqlTable(
  "registrar_extensions",
  {
    id: uuid("id").primaryKey(),
    customerId: uuid("customer_id"),
    name: varchar("name", { length: 255 }),
    detail: varchar("detail", { length: 255 }),
    endpointId: varchar("endpoint_id", { length: 255 }),
    aorId: varchar("aor_id", { length: 255 }),
    authId: varchar("auth_id", { length: 255 }),
    extension: varchar("extension", { length: 255 }),
    domainName: varchar("domain_name", { length: 255 }),
    realm: varchar("realm", { length: 255 }),
    username: varchar("username", { length: 255 }),
    password: varchar("password", { length: 255 }),
    tmCreate: timestamp("tm_create"),
    tmUpdate: timestamp("tm_update"),
    tmDelete: timestamp("tm_delete"),
    /** The deletion of the customer that took this extension, so that a restore brings back those and no others. */
    cascadeId: uuid("cascade_id"),
    rowDeleted: deletedFlag("row_deleted"),
    extensionLive: liveText("extension_live", "extension"),
  },
  (t) => [
    // One live extension of a number for each customer, ignoring case and spaces behind it.
    uniqueIndex("uq_registrar_extensions_customer_id_extension_live").on(t.customerId, t.extensionLive),
    // All extensions, newest first.
    index("idx_registrar_extensions_tm_create").on(t.tmCreate),
    // Live or deleted extensions, newest first; by number; by name.
    index("idx_registrar_extensions_deleted_tm_create").on(t.rowDeleted, t.tmCreate),
    index("idx_registrar_extensions_deleted_extension").on(t.rowDeleted, t.extension),
    index("idx_registrar_extensions_deleted_name").on(t.rowDeleted, t.name),
    // The same of one customer; what its deletion takes.
    index("idx_registrar_extensions_customer_id_deleted_tm_create").on(t.customerId, t.rowDeleted, t.tmCreate),
    index("idx_registrar_extensions_customer_id_deleted_extension").on(t.customerId, t.rowDeleted, t.extension),
    index("idx_registrar_extensions_customer_id_deleted_name").on(t.customerId, t.rowDeleted, t.name),
    // A customer's number, as call-manager asks, live and deleted.
    index("idx_registrar_extensions_customer_id_extension").on(t.customerId, t.extension, t.tmCreate),
    // Whose a registration or a row of Asterisk's is.
    index("idx_registrar_extensions_endpoint_id").on(t.endpointId, t.tmCreate),
    // Lists filtered by name, newest first.
    index("idx_registrar_extensions_name_tm_create").on(t.name, t.tmCreate),
    // Of the platform.
    index("idx_registrar_extensions_customer_id").on(t.customerId),
    index("idx_registrar_extensions_extension").on(t.extension),
    index("idx_registrar_extensions_domain_name").on(t.domainName),
    index("idx_registrar_extensions_username").on(t.username),
    index("idx_registrar_extensions_realm").on(t.realm),
  ],
);

export const registrarSipAuths = mysqlTable(
  "registrar_sip_auths",
  {
    id: uuid("id").primaryKey(),
    referenceType: varchar("reference_type", { length: 255 }),
    authTypes: json("auth_types"),
    realm: varchar("realm", { length: 255 }),
    username: varchar("username", { length: 255 }),
    password: varchar("password", { length: 255 }),
    allowedIps: json("allowed_ips"),
    tmCreate: timestamp("tm_create"),
    tmUpdate: timestamp("tm_update"),
  },
  (t) => [
    // Of the platform.
    index("idx_registrar_sip_auths_realm").on(t.realm),
    // Kamailio's question at each INVITE.
    index("idx_registrar_sip_auths_realm_username").on(t.realm, t.username),
  ],
);

export const registrarTrunks = mysqlTable(
  "registrar_trunks",
  {
    id: uuid("id").primaryKey(),
    customerId: uuid("customer_id"),
    name: varchar("name", { length: 255 }),
    detail: varchar("detail", { length: 255 }),
    domainName: varchar("domain_name", { length: 255 }),
    authTypes: json("auth_types"),
    realm: varchar("realm", { length: 255 }),
    username: varchar("username", { length: 255 }),
    password: varchar("password", { length: 255 }),
    allowedIps: json("allowed_ips"),
    tmCreate: timestamp("tm_create"),
    tmUpdate: timestamp("tm_update"),
    tmDelete: timestamp("tm_delete"),
    /** The deletion of the customer that took this trunk. */
    cascadeId: uuid("cascade_id"),
    rowDeleted: deletedFlag("row_deleted"),
    domainNameLive: liveText("domain_name_live", "domain_name"),
  },
  (t) => [
    // One live trunk for each domain name, of all customers, ignoring case.
    uniqueIndex("uq_registrar_trunks_domain_name_live").on(t.domainNameLive),
    // All trunks, newest first.
    index("idx_registrar_trunks_tm_create").on(t.tmCreate),
    // Live or deleted trunks, newest first; by domain name; by name.
    index("idx_registrar_trunks_deleted_tm_create").on(t.rowDeleted, t.tmCreate),
    index("idx_registrar_trunks_deleted_domain_name").on(t.rowDeleted, t.domainName),
    index("idx_registrar_trunks_deleted_name").on(t.rowDeleted, t.name),
    // The same of one customer; what its deletion takes.
    index("idx_registrar_trunks_customer_id_deleted_tm_create").on(t.customerId, t.rowDeleted, t.tmCreate),
    index("idx_registrar_trunks_customer_id_deleted_domain_name").on(t.customerId, t.rowDeleted, t.domainName),
    index("idx_registrar_trunks_customer_id_deleted_name").on(t.customerId, t.rowDeleted, t.name),
    // Of the platform.
    index("idx_registrar_trunks_customer_id").on(t.customerId),
    index("idx_registrar_trunks_domain_name").on(t.domainName),
    index("idx_registrar_trunks_realm").on(t.realm),
  ],
);
