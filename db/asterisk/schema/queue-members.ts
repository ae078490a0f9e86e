import { int, mysqlTable, primaryKey, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { flag } from "../columns";

export const queueMembers = mysqlTable(
  "queue_members",
  {
    queueName: varchar("queue_name", { length: 80 }).notNull(),
    interface: varchar("interface", { length: 80 }).notNull(),
    membername: varchar("membername", { length: 80 }),
    stateInterface: varchar("state_interface", { length: 80 }),
    penalty: int("penalty"),
    paused: int("paused"),
    uniqueid: int("uniqueid").autoincrement().notNull(),
    wrapuptime: int("wrapuptime"),
    ringinuse: flag("ringinuse"),
    reasonPaused: varchar("reason_paused", { length: 80 }),
  },
  (t) => [primaryKey({ columns: [t.queueName, t.interface] }), uniqueIndex("uniqueid").on(t.uniqueid)],
);
