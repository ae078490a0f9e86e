import { index, int, mysqlEnum, mysqlTable, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { flag } from "../columns";

export const psRegistrations = mysqlTable(
  "ps_registrations",
  {
    id: varchar("id", { length: 255 }).notNull(),
    authRejectionPermanent: flag("auth_rejection_permanent"),
    clientUri: varchar("client_uri", { length: 255 }),
    contactUser: varchar("contact_user", { length: 40 }),
    expiration: int("expiration"),
    maxRetries: int("max_retries"),
    outboundAuth: varchar("outbound_auth", { length: 255 }),
    outboundProxy: varchar("outbound_proxy", { length: 255 }),
    retryInterval: int("retry_interval"),
    forbiddenRetryInterval: int("forbidden_retry_interval"),
    serverUri: varchar("server_uri", { length: 255 }),
    transport: varchar("transport", { length: 40 }),
    supportPath: flag("support_path"),
    fatalRetryInterval: int("fatal_retry_interval"),
    line: flag("line"),
    endpoint: varchar("endpoint", { length: 255 }),
    supportOutbound: flag("support_outbound"),
    contactHeaderParams: varchar("contact_header_params", { length: 255 }),
    maxRandomInitialDelay: int("max_random_initial_delay"),
    securityNegotiation: mysqlEnum("security_negotiation", ["no", "mediasec"]),
    securityMechanisms: varchar("security_mechanisms", { length: 512 }),
    userAgent: varchar("user_agent", { length: 255 }),
  },
  (t) => [uniqueIndex("id").on(t.id), index("ps_registrations_id").on(t.id)],
);
