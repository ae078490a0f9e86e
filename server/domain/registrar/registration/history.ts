import { authorize } from "@/server/kernel/authorization";
import { addSeconds, formatTime, parseTime } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { parseInput } from "@/server/kernel/parse-input";
import { selectRows } from "@/server/kernel/statements-run";
import { endpointKey } from "../contact/repository";
import { getExtension } from "../extension/list";
import { CHANGES_A_DAY } from "./sample";
import { idBytes } from "./sampling";
import {
  registrationHistoryInput,
  registrationsOverTimeInput,
  type RegistrationHistoryInput,
  type RegistrationsOverTime,
  type RegistrationsOverTimeInput,
} from "./schemas";
import { buildStrip, type Strip } from "./strip";

const DAY = 86_400;
/** A look before the first moment says what was then. Seconds. */
const BEFORE = 180;

/** When a number was registered within the last 24 hours. @throws DomainError NOT_FOUND */
export async function registrationHistory(ctx: Context, input: RegistrationHistoryInput): Promise<Strip> {
  authorize(ctx, "registration:read");
  const { id } = parseInput(registrationHistoryInput, input);
  const endpoint = endpointKey((await getExtension(ctx, { id })).endpointId);
  const now = ctx.now();
  const from = addSeconds(now, -DAY);
  const [samples, changes, states] = await Promise.all([
    selectRows<[string]>(ctx.db, {
      sql: "select cast(tm as char) from admin_registration_samples where tm >= ? order by tm",
      params: [addSeconds(from, -BEFORE)],
    }),
    selectRows<[tm: string, up: number, first: number]>(ctx.db, {
      sql: "select cast(tm as char), is_up, is_first from admin_registration_changes where endpoint = ? and tm >= ? order by tm",
      params: [endpoint, from],
    }),
    selectRows<[up: number, since: string, day: string, changes: number]>(ctx.db, {
      sql: "select is_up, cast(tm_change as char), day, changes from admin_registration_states where endpoint = ?",
      params: [endpoint],
    }),
  ]);
  const [state] = states;
  const last = changes.at(-1);
  const unstable = state !== undefined && state[2] === now.slice(0, 10) && Number(state[3]) > CHANGES_A_DAY;
  return buildStrip({
    from: parseTime(from),
    to: parseTime(now),
    samples: samples.map(([tm]) => parseTime(tm)),
    changes: changes.map(([tm, up, first]) => ({
      at: parseTime(tm),
      up: Number(up) === 1,
      first: Number(first) === 1,
    })),
    state: state === undefined ? null : { up: Number(state[0]) === 1, since: parseTime(state[1]) },
    unstableFrom: unstable && last !== undefined ? parseTime(last[0]) : undefined,
  });
}

/** A picture's points, and how far back the looks are read for it. Days. */
const PICTURES = {
  day: { days: 1, points: 96, read: 2 },
  week: { days: 7, points: 168, read: 7 },
} as const;

/** How many numbers were registered over the last day, beside the day before, or over the last week: of all, or of one customer. */
export async function registrationsOverTime(
  ctx: Context,
  input: RegistrationsOverTimeInput,
): Promise<RegistrationsOverTime> {
  authorize(ctx, "registration:read");
  const { span, customerId } = parseInput(registrationsOverTimeInput, input);
  const { days, points, read } = PICTURES[span];
  const step = (days * DAY * 1_000) / points;
  const end = Math.floor(parseTime(ctx.now()) / step) * step + step;
  const begin = end - read * DAY * 1_000;
  const whose = ctx.tenant.all ? customerId : ctx.tenant.customerId;
  if (!ctx.tenant.all && customerId !== undefined && customerId !== whose) return { step, points: [] };
  const samples = await selectRows<[tm: string, registered: number]>(ctx.db, {
    sql: "select cast(tm as char), registered from admin_registration_samples where tm >= ? order by tm",
    params: [formatTime(begin)],
  });
  const totals =
    whose === undefined
      ? samples
      : await selectRows<[tm: string, registered: number]>(ctx.db, {
          sql: "select cast(tm as char), registered from admin_registration_totals where customer_id = ? and tm >= ? order by tm",
          params: [idBytes(whose), formatTime(begin - DAY * 1_000)], // each is written at least once a day
        });
  const counts = countsOf(samples, totals, { begin, step, count: Math.round((end - begin) / step) });
  return {
    step,
    points: counts.slice(-points).map((registered, i) => ({
      at: end - (points - i) * step,
      registered,
      dayBefore: read === days ? null : (counts[i] ?? null),
    })),
  };
}

/** The highest count within each step; null where nobody looked. */
function countsOf(
  samples: readonly [string, number][],
  totals: readonly [string, number][],
  { begin, step, count }: { begin: number; step: number; count: number },
): (number | null)[] {
  const counts = Array.from({ length: count }, (): number | null => null);
  let [next, current] = [0, 0];
  for (const [tm] of samples) {
    for (let total = totals[next]; total !== undefined && total[0] <= tm; total = totals[++next])
      current = Number(total[1]);
    const at = Math.floor((parseTime(tm) - begin) / step);
    if (at >= 0 && at < count) counts[at] = Math.max(counts[at] ?? 0, current);
  }
  return counts;
}
