import { boolean, index, mysqlTable, text, varchar } from "drizzle-orm/mysql-core";
import { timestamp, uuid } from "../../columns";

// As the platform's own migrations left these tables (contract/number.md §1); every index is theirs.

export const numberNumbers = mysqlTable(
  "number_numbers",
  {
    id: uuid("id").primaryKey(),
    customerId: uuid("customer_id"),
    callFlowId: uuid("call_flow_id"),
    messageFlowId: uuid("message_flow_id"),
    name: varchar("name", { length: 255 }).default(""),
    detail: text("detail"),
    number: varchar("number", { length: 255 }),
    tmCreate: timestamp("tm_create"),
    tmUpdate: timestamp("tm_update"),
    tmDelete: timestamp("tm_delete"),
    providerName: varchar("provider_name", { length: 255 }),
    providerReferenceId: varchar("provider_reference_id", { length: 255 }),
    status: varchar("status", { length: 32 }),
    t38Enabled: boolean("t38_enabled"),
    emergencyEnabled: boolean("emergency_enabled"),
    tmPurchase: timestamp("tm_purchase"),
    tmRenew: timestamp("tm_renew"),
  },
  (t) => [
    index("idx_number_numbers_number").on(t.number),
    index("idx_number_numbers_customer_id").on(t.customerId),
    index("idx_number_numbers_call_flow_id").on(t.callFlowId),
    index("idx_number_numbers_message_flow_id").on(t.messageFlowId),
    index("idx_number_numbers_provider_name").on(t.providerName),
    index("idx_number_numbers_tm_renew").on(t.tmRenew),
  ],
);
