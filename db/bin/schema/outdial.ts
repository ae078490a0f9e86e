import { index, int, json, mysqlTable, text, varchar } from "drizzle-orm/mysql-core";
import { timestamp, uuid } from "../../columns";

// As the platform's own migrations left these tables (contract/outdial.md §1); every index is theirs.

export const outdialOutdials = mysqlTable(
  "outdial_outdials",
  {
    id: uuid("id").primaryKey(),
    customerId: uuid("customer_id"),
    campaignId: uuid("campaign_id"),
    name: varchar("name", { length: 255 }),
    detail: text("detail"),
    data: text("data"),
    tmCreate: timestamp("tm_create"),
    tmUpdate: timestamp("tm_update"),
    tmDelete: timestamp("tm_delete"),
  },
  (t) => [
    index("idx_outdial_outdials_customer_id").on(t.customerId),
    index("idx_outdial_outdials_campaign_id").on(t.campaignId),
  ],
);

export const outdialOutdialtargetcalls = mysqlTable(
  "outdial_outdialtargetcalls",
  {
    id: uuid("id").primaryKey(),
    customerId: uuid("customer_id"),
    campaignId: uuid("campaign_id"),
    outdialId: uuid("outdial_id"),
    outdialTargetId: uuid("outdial_target_id"),
    activeflowId: uuid("activeflow_id"),
    referenceType: varchar("reference_type", { length: 255 }),
    referenceId: uuid("reference_id"),
    status: varchar("status", { length: 255 }),
    destination: json("destination"),
    destinationIndex: int("destination_index"),
    tryCount: int("try_count"),
    tmCreate: timestamp("tm_create"),
    tmUpdate: timestamp("tm_update"),
    tmDelete: timestamp("tm_delete"),
  },
  (t) => [
    index("idx_outdial_outdialtargetcalls_customer_id").on(t.customerId),
    index("idx_outdial_outdialtargetcalls_campaign_id").on(t.campaignId),
    index("idx_outdial_outdialtargetcalls_outdial_target_id").on(t.outdialTargetId),
    index("idx_outdial_outdialtargetcalls_activeflow_id").on(t.activeflowId),
    index("idx_outdial_outdialtargetcalls_reference_id").on(t.referenceId),
  ],
);

export const outdialOutdialtargets = mysqlTable(
  "outdial_outdialtargets",
  {
    id: uuid("id").primaryKey(),
    outdialId: uuid("outdial_id"),
    name: varchar("name", { length: 255 }),
    detail: text("detail"),
    data: text("data"),
    status: varchar("status", { length: 255 }),
    destination0: json("destination_0"),
    destination1: json("destination_1"),
    destination2: json("destination_2"),
    destination3: json("destination_3"),
    destination4: json("destination_4"),
    tryCount0: int("try_count_0"),
    tryCount1: int("try_count_1"),
    tryCount2: int("try_count_2"),
    tryCount3: int("try_count_3"),
    tryCount4: int("try_count_4"),
    tmCreate: timestamp("tm_create"),
    tmUpdate: timestamp("tm_update"),
    tmDelete: timestamp("tm_delete"),
  },
  (t) => [index("idx_outdial_outdialtargets_outdial_id").on(t.outdialId)],
);
