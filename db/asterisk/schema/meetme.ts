import { datetime, index, int, mysqlTable, varchar } from "drizzle-orm/mysql-core";

export const meetme = mysqlTable(
  "meetme",
  {
    bookid: int("bookid").autoincrement().primaryKey(),
    confno: varchar("confno", { length: 80 }).notNull(),
    starttime: datetime("starttime", { mode: "string" }),
    endtime: datetime("endtime", { mode: "string" }),
    pin: varchar("pin", { length: 20 }),
    adminpin: varchar("adminpin", { length: 20 }),
    opts: varchar("opts", { length: 20 }),
    adminopts: varchar("adminopts", { length: 20 }),
    recordingfilename: varchar("recordingfilename", { length: 80 }),
    recordingformat: varchar("recordingformat", { length: 10 }),
    maxusers: int("maxusers"),
    members: int("members").notNull(),
  },
  (t) => [index("meetme_confno_start_end").on(t.confno, t.starttime, t.endtime)],
);
