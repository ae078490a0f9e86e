import { authorize } from "@/server/kernel/authorization";
import { addSeconds } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { parseInput } from "@/server/kernel/parse-input";
import { runStatement, selectRows } from "@/server/kernel/statements-run";
import { findCustomer } from "./customer-repository";
import { customerGrowthInput, type CustomerGrowth, type CustomerGrowthInput } from "./schemas";

/** Under which the counts of days that are over are kept. */
const NAME = "customers-created";
/** Rows of the index that one answer reads at most: what is not counted yet then comes with later answers. */
const READ_MOST = 500_000;
const DAY_SECONDS = 86_400;
/** A day is over for good this long after its end: a transaction that began in it has ended. */
const GRACE_SECONDS = 3_600;

/**
 * How many customers were created on each of the last days, deleted ones too. Days that are over are counted once and
 * kept, so that an answer reads little more than today.
 */
export async function customerGrowth(ctx: Context, input: CustomerGrowthInput): Promise<CustomerGrowth> {
  authorize(ctx, "customer:read");
  const { days } = parseInput(customerGrowthInput, input);
  const now = ctx.now();
  const wanted = Array.from({ length: days }, (_, back) => dayOf(addSeconds(now, -back * DAY_SECONDS))).reverse();
  const counts: Map<string, number | null> = ctx.tenant.all
    ? await countDays(ctx, wanted, now)
    : await ownDay(ctx, ctx.tenant.customerId);
  return { days: wanted.map((day) => ({ day, count: counts.has(day) ? (counts.get(day) ?? null) : 0 })) };
}

async function countDays(ctx: Context, wanted: readonly string[], now: string): Promise<Map<string, number | null>> {
  const [first = "", last = ""] = [wanted[0], wanted.at(-1)];
  const kept = await selectRows<[string, number | string]>(ctx.db, {
    sql: "select day, count from admin_daily_counts where name = ? and day between ? and ?",
    params: [NAME, first, last],
  });
  const counts = new Map<string, number | null>(kept.map(([day, count]) => [day, Number(count)]));
  const from = wanted.find((day) => !counts.has(day));
  if (from === undefined) return counts;
  const rows = await selectRows<[string, number | string]>(ctx.db, {
    sql: "select date_format(tm_create, '%Y-%m-%d') as day, count(*) from (select tm_create from customer_customers where tm_create >= ? order by tm_create limit ?) as lately group by day order by day",
    params: [`${from} 00:00:00.000000`, READ_MOST],
  });
  const read = new Map(rows.map(([day, count]) => [day, Number(count)]));
  const cut = [...read.values()].reduce((sum, count) => sum + count, 0) >= READ_MOST ? rows.at(-1)?.[0] : undefined;
  const over = dayOf(addSeconds(now, -GRACE_SECONDS));
  const finished: [string, string, number][] = [];
  for (const day of wanted) {
    if (counts.has(day)) continue;
    const known = cut === undefined || day < cut;
    const count = known ? (read.get(day) ?? 0) : null;
    counts.set(day, count);
    if (count !== null && day < over) finished.push([NAME, day, count]);
  }
  if (finished.length > 0) {
    await runStatement(ctx.db, {
      sql: "insert ignore into admin_daily_counts (name, day, count) values ?",
      params: [finished],
    });
  }
  return counts;
}

/** Whoever belongs to one customer sees that one alone. */
async function ownDay(ctx: Context, customerId: string): Promise<Map<string, number>> {
  const own = await findCustomer(ctx.db, ctx.tenant, customerId);
  return new Map([[dayOf(own?.tmCreate ?? ctx.now()), own === null ? 0 : 1]]);
}

const dayOf = (time: string): string => time.slice(0, 10);
