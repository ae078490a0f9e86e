import { index, int, mysqlTable, uniqueIndex, varchar } from "drizzle-orm/mysql-core";
import { flag } from "../columns";

export const psSystems = mysqlTable(
  "ps_systems",
  {
    id: varchar("id", { length: 40 }).notNull(),
    timerT1: int("timer_t1"),
    timerB: int("timer_b"),
    compactHeaders: flag("compact_headers"),
    threadpoolInitialSize: int("threadpool_initial_size"),
    threadpoolAutoIncrement: int("threadpool_auto_increment"),
    threadpoolIdleTimeout: int("threadpool_idle_timeout"),
    threadpoolMaxSize: int("threadpool_max_size"),
    disableTcpSwitch: flag("disable_tcp_switch"),
    followEarlyMediaFork: flag("follow_early_media_fork"),
    acceptMultipleSdpAnswers: flag("accept_multiple_sdp_answers"),
    disableRport: flag("disable_rport"),
  },
  (t) => [uniqueIndex("id").on(t.id), index("ps_systems_id").on(t.id)],
);
