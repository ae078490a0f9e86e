import { bigint, float, index, int, mysqlTable, text, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { endpointCustomer, flag, madeAt, uriAddress, uriAlias, uriTransport, writtenAt } from "../columns";

export const psContacts = mysqlTable(
  "ps_contacts",
  {
    id: varchar("id", { length: 255 }),
    uri: varchar("uri", { length: 511 }),
    expirationTime: bigint("expiration_time", { mode: "number" }),
    qualifyFrequency: int("qualify_frequency"),
    outboundProxy: varchar("outbound_proxy", { length: 255 }),
    path: text("path"),
    userAgent: varchar("user_agent", { length: 255 }),
    qualifyTimeout: float("qualify_timeout"),
    regServer: varchar("reg_server", { length: 255 }),
    authenticateQualify: flag("authenticate_qualify"),
    viaAddr: varchar("via_addr", { length: 40 }),
    viaPort: int("via_port"),
    callId: varchar("call_id", { length: 255 }),
    endpoint: varchar("endpoint", { length: 255 }),
    pruneOnBoot: flag("prune_on_boot"),
    qualify2xxOnly: flag("qualify_2xx_only"),
    // Of ours.
    adminTmCreate: madeAt("admin_tm_create"),
    adminTmChange: writtenAt("admin_tm_change"),
    adminCustomerId: endpointCustomer("admin_customer_id"),
    adminAddress: uriAddress("admin_address"),
    adminAlias: uriAlias("admin_alias"),
    adminTransport: uriTransport("admin_transport"),
  },
  (t) => [
    uniqueIndex("id").on(t.id),
    uniqueIndex("ps_contacts_uq").on(t.id, t.regServer),
    index("ps_contacts_id").on(t.id),
    // Of ours, Asterisk does without. Who is registered as an endpoint; endpoints that begin so.
    index("admin_ps_contacts_endpoint").on(t.endpoint, t.expirationTime),
    // All registrations, newest first; what has come since the last look.
    index("admin_ps_contacts_created").on(t.adminTmCreate, t.id),
    // What was written since the last sample.
    index("admin_ps_contacts_changed").on(t.adminTmChange, t.id),
    // A customer's registrations, newest first; by number, and how many numbers are registered.
    index("admin_ps_contacts_customer").on(t.adminCustomerId, t.adminTmCreate, t.id),
    index("admin_ps_contacts_customer_endpoint").on(t.adminCustomerId, t.endpoint, t.expirationTime),
    // By transport, and by node, newest first.
    index("admin_ps_contacts_transport").on(t.adminTransport, t.adminTmCreate, t.id),
    index("admin_ps_contacts_node").on(t.regServer, t.adminTmCreate, t.id),
    // Searches by the beginning of an address or of a user agent.
    index("admin_ps_contacts_address").on(t.adminAddress),
    index("admin_ps_contacts_alias").on(t.adminAlias),
    index("admin_ps_contacts_via").on(t.viaAddr),
    index("admin_ps_contacts_user_agent").on(t.userAgent),
    index("ps_contacts_qualifyfreq_exp").on(t.qualifyFrequency, t.expirationTime),
  ],
);
