import { parseTime } from "@/server/kernel/clock";
import { newTimeOrderedId } from "@/server/kernel/ids";
import { runStatement, selectRows } from "@/server/kernel/statements-run";
import { endpointKey } from "../contact/repository";
import { addressesOf } from "./registrations";
import { customerOf, idBytes, SAMPLE_BATCH, type Sample, type Sampling } from "./sampling";
import { hostOf, networkOf, readSigns, type Alarm, type Holder, type Known, type Sign } from "./signs";

type ContactRow = [
  id: string,
  endpoint: string,
  uri: string | null,
  userAgent: string | null,
  made: string,
  changed: string,
];
type StateRow = [endpoint: string, known: string | null, holders: string | null];

/**
 * Reads the contacts that were written since the last look, and raises an alarm where one does not fit what is known of
 * its account.
 * @param since "" to read all
 */
export async function noteSigns(sampling: Sampling, since: string): Promise<Sample["alarms"]> {
  const { asterisk, nowSeconds } = sampling;
  const raised: Sample["alarms"] = [];
  let [time, id] = [since === "" ? "1970-01-02 00:00:00.000000" : since, ""];
  for (;;) {
    const rows = await selectRows<ContactRow>(asterisk, {
      sql: "select id, endpoint, uri, user_agent, cast(admin_tm_create as char), cast(admin_tm_change as char) from ps_contacts force index (admin_ps_contacts_changed) where admin_tm_change >= ? and (admin_tm_change > ? or id > ?) and expiration_time > ? order by admin_tm_change, id limit ?",
      params: [time, time, id, nowSeconds, SAMPLE_BATCH],
    });
    const signs = new Map<string, Sign[]>();
    for (const [, endpoint, uri, userAgent, made, changed] of rows) {
      const key = endpointKey(endpoint);
      signs.set(key, [...(signs.get(key) ?? []), toSign(uri ?? "", userAgent ?? "", made, changed)]);
    }
    if (signs.size > 0) raised.push(...(await compare(sampling, signs)));
    const last = rows.at(-1);
    if (last === undefined || rows.length < SAMPLE_BATCH) return raised;
    [time, id] = [last[5], last[0]];
  }
}

function toSign(uri: string, userAgent: string, made: string, changed: string): Sign {
  const { own, address } = addressesOf(uri);
  // Behind NAT many have the proxy's view of their address in common, and everywhere 192.168.0.2 is somebody: it takes both.
  const hosts = [...new Set([hostOf(address), hostOf(own)])];
  return {
    network: networkOf(address),
    userAgent: userAgent.slice(0, 100),
    who: [...hosts, userAgent].join(" ").slice(0, 160),
    made: parseTime(made),
    seen: parseTime(changed),
  };
}

/** How exactly it is known when an account was last seen with something: a write for each renewal would be too much. */
const SEEN_MS = 86_400_000;

async function compare(sampling: Sampling, signs: ReadonlyMap<string, Sign[]>): Promise<Sample["alarms"]> {
  const { connection } = sampling;
  const rows = await selectRows<StateRow>(connection, {
    sql: "select endpoint, known, holders from admin_registration_states where endpoint in (?)",
    params: [[...signs.keys()]],
  });
  const states: [endpoint: string, known: string, holders: string][] = [];
  const alarms: { endpoint: string; alarm: Alarm }[] = [];
  for (const [endpoint, known, holders] of rows) {
    const before = { known: parse<Known>(known), holders: parse<Holder>(holders) };
    const after = readSigns(before, signs.get(endpoint) ?? []);
    alarms.push(...after.alarms.map((alarm) => ({ endpoint, alarm })));
    if (isNews(before, after)) states.push([endpoint, JSON.stringify(after.known), JSON.stringify(after.holders)]);
  }
  if (states.length > 0)
    await runStatement(connection, {
      sql: "insert into admin_registration_states (endpoint, known, holders, is_up, tm_change, day, changes) values ? on duplicate key update known = values(known), holders = values(holders)",
      params: [states.map((state) => [...state, 1, sampling.now, sampling.now.slice(0, 10), 0])],
    });
  return await raise(sampling, alarms);
}

const parse = <Row>(text: unknown): Row[] =>
  typeof text === "string" ? (JSON.parse(text) as Row[]) : ((text as Row[] | null) ?? []);

function isNews(
  before: { known: readonly Known[]; holders: readonly Holder[] },
  after: { known: readonly Known[]; holders: readonly Holder[] },
): boolean {
  if (JSON.stringify(before.holders) !== JSON.stringify(after.holders)) return true;
  if (before.known.length !== after.known.length) return true;
  const seen = new Map(before.known.map(([network, agent, at]) => [`${network} ${agent}`, at]));
  return after.known.some(([network, agent, at]) => at - (seen.get(`${network} ${agent}`) ?? 0) > SEEN_MS);
}

/** An alarm that is open takes what is new into itself, so that there are never more than one of a kind for a number. */
async function raise(
  { connection, now }: Sampling,
  alarms: readonly { endpoint: string; alarm: Alarm }[],
): Promise<Sample["alarms"]> {
  const raised: Sample["alarms"] = [];
  for (const { endpoint, alarm } of alarms) {
    const id = newTimeOrderedId(parseTime(now));
    const customerId = customerOf(endpoint);
    await runStatement(connection, {
      sql: "insert into admin_registration_alarms (id, customer_id, endpoint, kind, `before`, `after`, times, tm_create, tm_last) values (?, ?, ?, ?, ?, ?, 1, ?, ?) on duplicate key update times = times + 1, `before` = if(kind = 'fight', values(`before`), `before`), `after` = values(`after`), tm_last = values(tm_last)",
      params: [
        idBytes(id),
        customerId === null ? null : idBytes(customerId),
        endpoint,
        alarm.kind,
        alarm.before,
        alarm.after,
        now,
        now,
      ],
    });
    raised.push({ id, customerId });
  }
  return raised;
}
