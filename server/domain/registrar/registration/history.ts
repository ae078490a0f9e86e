import { authorize } from "@/server/kernel/authorization";
import { addSeconds, parseTime } from "@/server/kernel/clock";
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

/** So many points a picture has. */
const POINTS = { day: 96, week: 168 } as const;

/** How many numbers were registered over the last day or week: of all, or of one customer. */
export async function registrationsOverTime(
  ctx: Context,
  input: RegistrationsOverTimeInput,
): Promise<RegistrationsOverTime> {
  authorize(ctx, "registration:read");
  const { span, customerId } = parseInput(registrationsOverTimeInput, input);
  const seconds = span === "day" ? DAY : 7 * DAY;
  const step = (seconds / POINTS[span]) * 1_000;
  const now = ctx.now();
  const end = Math.floor(parseTime(now) / step) * step + step;
  const begin = end - seconds * 1_000;
  const whose = ctx.tenant.all ? customerId : ctx.tenant.customerId;
  if (!ctx.tenant.all && customerId !== undefined && customerId !== whose) return { step, points: [] };
  const since = addSeconds(now, -seconds - DAY);
  const samples = await selectRows<[tm: string, registered: number]>(ctx.db, {
    sql: "select cast(tm as char), registered from admin_registration_samples where tm >= ? order by tm",
    params: [since],
  });
  const totals =
    whose === undefined
      ? samples
      : await selectRows<[tm: string, registered: number]>(ctx.db, {
          sql: "select cast(tm as char), registered from admin_registration_totals where customer_id = ? and tm >= ? order by tm",
          params: [idBytes(whose), since],
        });
  return { step, points: toPoints(samples, totals, begin, step, POINTS[span]) };
}

/** The highest count within each step; null where nobody looked. */
function toPoints(
  samples: readonly [string, number][],
  totals: readonly [string, number][],
  begin: number,
  step: number,
  count: number,
): RegistrationsOverTime["points"] {
  const points: RegistrationsOverTime["points"] = Array.from({ length: count }, (_, i) => ({
    at: begin + i * step,
    registered: null,
  }));
  let [next, current] = [0, 0];
  for (const [tm] of samples) {
    for (let total = totals[next]; total !== undefined && total[0] <= tm; total = totals[++next])
      current = Number(total[1]);
    const point = points[Math.floor((parseTime(tm) - begin) / step)];
    if (point !== undefined) point.registered = Math.max(point.registered ?? 0, current);
  }
  return points;
}
