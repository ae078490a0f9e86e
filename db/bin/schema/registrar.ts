import { index, json, mysqlTable, varchar } from "drizzle-orm/mysql-core";
import { timestamp, uuid } from "../../columns";

// As the platform's own migrations left these tables (contract/registrar.md §1); every index is theirs.

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
  },
  (t) => [
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
  (t) => [index("idx_registrar_sip_auths_realm").on(t.realm)],
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
  },
  (t) => [
    index("idx_registrar_trunks_customer_id").on(t.customerId),
    index("idx_registrar_trunks_domain_name").on(t.domainName),
    index("idx_registrar_trunks_realm").on(t.realm),
  ],
);
