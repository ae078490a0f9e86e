import { selectRows } from "@/server/kernel/statements-run";
import type { Database } from "@/db/client";
import { formatTime, parseTime } from "@/server/kernel/clock";
import type { Runtime } from "@/server/kernel/context";
import { countJobs, lateJobSeconds } from "@/server/kernel/jobs";
import { within } from "@/server/kernel/within";
import { DEAD_LETTER_QUEUE, requestQueue, type Amqp, type QueueFigures } from "./platform/amqp";
import { listProcesses } from "./presence";
import type { HealthPart, HealthReport, PartState, RunningProcess } from "./trpc/health-report";

export interface HealthSources {
  runtime: Runtime;
  amqp: Pick<Amqp, "state" | "inspectQueues" | "health" | "broker">;
  redis: { ping(): Promise<boolean>; serverVersion(): Promise<string | null> };
  siblings: readonly string[];
}

/** Services whose requests this installation answers so far. */
const SERVED = ["customer-manager", "registrar-manager"] as const;
/** An event that waits longer than this means that no relay works; a job, that no worker runs jobs. Seconds. */
const OUTBOX_LATE_SECONDS = 10;
const JOB_LATE_SECONDS = 60;
/** Requests that wait although somebody consumes: he does not keep up. */
const BACKLOG = 1_000;
const PATIENCE_MS = 1_500;
/** Whoever asks within this time gets the same report: many open pages cost no more than one. */
const FRESH_MS = 1_000;

type Finding = Omit<HealthPart, "since">;

/** Looks at everything when asked; what does not answer in time counts as down, and holds nothing else up. */
export function createHealthMonitor(sources: HealthSources): () => Promise<HealthReport> {
  const seen = new Map<string, { state: PartState; since: string }>();
  let latest: { at: number; report: Promise<HealthReport> } | null = null;

  const dated = (finding: Finding, now: string): HealthPart => {
    const before = seen.get(finding.name);
    const since = before?.state === finding.state ? before.since : now;
    seen.set(finding.name, { state: finding.state, since });
    return { ...finding, since };
  };

  async function look(): Promise<HealthReport> {
    const { findings, ...rest } = await examine(sources);
    const now = formatTime(Date.now());
    const parts = findings.map((finding) => dated(finding, now));
    return { checkedAt: now, state: worst(parts.map(({ state }) => state)), parts, ...rest };
  }

  return () => {
    const now = performance.now();
    if (latest === null || now - latest.at > FRESH_MS) latest = { at: now, report: look() };
    return latest.report;
  };
}

async function examine({ runtime, amqp, redis, siblings }: HealthSources) {
  const queueNames = [...SERVED.map(requestQueue), DEAD_LETTER_QUEUE];
  const [database, asterisk, cache, queues, outbox, jobs, late, processes] = await Promise.all([
    examineDatabase("database", runtime.db),
    runtime.asterisk === null ? null : examineDatabase("asterisk", runtime.asterisk),
    examineRedis(redis),
    timed(amqp.inspectQueues(queueNames)),
    orNull(readOutbox(runtime)),
    orNull(countJobs(runtime.db)),
    orNull(lateJobSeconds(runtime.db, runtime.now())),
    orNull(listProcesses(runtime.db)),
  ]);
  const figures = queues?.value ?? null;
  const doing = (role: string): RunningProcess[] => processes?.filter(({ roles }) => roles.includes(role)) ?? [];
  return {
    findings: [
      database,
      ...(asterisk === null ? [] : [asterisk]),
      cache,
      brokerPart(amqp, queues?.ms ?? null),
      ...(figures === null ? [] : SERVED.map((service) => servicePart(service, figures.get(requestQueue(service))))),
      relayPart(outbox, doing("relay").length),
      jobsPart(late, doing("jobs").length),
    ],
    queues: queueNames.map((name) => ({
      name,
      messages: figures?.get(name)?.messages ?? null,
      consumers: figures?.get(name)?.consumers ?? null,
    })),
    outbox: outbox ?? { waiting: 0, oldestSeconds: null },
    jobs: { ...(jobs ?? { queued: 0, running: 0, failed: 0 }), lateSeconds: late ?? 0 },
    deadLetters: figures === null ? null : (figures.get(DEAD_LETTER_QUEUE)?.messages ?? 0),
    processes,
    standAlone: siblings.length === 0,
    siblings: [...siblings],
  };
}

async function examineDatabase(name: "database" | "asterisk", db: Database): Promise<Finding> {
  const found = await timed(
    Promise.all([
      selectRows<[string, number]>(db, { sql: "select version(), @@max_connections", params: [] }),
      selectRows<[string, string]>(db, { sql: "show global status like 'Threads_connected'", params: [] }),
    ]),
  );
  const [[version, most] = ["", 0], [, connected] = ["", "0"]] = [found?.value[0][0], found?.value[1][0]];
  const full = most > 0 && Number(connected) > most * 0.9;
  return {
    name,
    state: found === null ? "down" : full ? "degraded" : "ok",
    reason: found === null ? "gone" : full ? "full" : "ok",
    facts: { version, connected: Number(connected), most },
    latencyMs: found?.ms ?? null,
  };
}

async function examineRedis(redis: HealthSources["redis"]): Promise<Finding> {
  const [pong, version] = await Promise.all([timed(redis.ping()), orNull(redis.serverVersion())]);
  const up = pong?.value === true;
  return {
    name: "redis",
    state: up ? "ok" : "degraded", // reads are slower without it, and nothing fails
    reason: up ? "ok" : "gone",
    facts: { version: version ?? "" },
    latencyMs: up ? pong.ms : null,
  };
}

function brokerPart(amqp: HealthSources["amqp"], ms: number | null): Finding {
  const up = amqp.state() === "up" && ms !== null;
  const blocked = up && amqp.health().blocked;
  return {
    name: "rabbitmq",
    state: !up ? "down" : blocked ? "degraded" : "ok",
    reason: !up ? "gone" : blocked ? "blocked" : "ok",
    facts: { version: amqp.broker()?.version ?? "" },
    latencyMs: up ? ms : null,
  };
}

function servicePart(service: string, queue: QueueFigures | null | undefined): Finding {
  const { consumers = 0, messages = 0 } = queue ?? {};
  const behind = messages > BACKLOG;
  return {
    name: `service:${service}`,
    state: consumers === 0 ? "down" : behind ? "degraded" : "ok",
    reason: consumers === 0 ? "unserved" : behind ? "behind" : "ok",
    facts: { service, consumers, messages },
    latencyMs: null,
  };
}

function relayPart(outbox: HealthReport["outbox"] | null, workers: number): Finding {
  const seconds = outbox?.oldestSeconds ?? 0;
  const late = seconds > OUTBOX_LATE_SECONDS;
  return {
    name: "relay",
    state: outbox === null ? "down" : late ? "degraded" : "ok",
    reason: outbox === null ? "unknown" : late ? (workers === 0 ? "unserved" : "late") : "ok",
    facts: { waiting: outbox?.waiting ?? 0, seconds, workers },
    latencyMs: null,
  };
}

function jobsPart(lateSeconds: number | null, workers: number): Finding {
  const late = (lateSeconds ?? 0) > JOB_LATE_SECONDS;
  return {
    name: "jobs",
    state: lateSeconds === null ? "down" : late ? "degraded" : "ok",
    reason: lateSeconds === null ? "unknown" : late ? (workers === 0 ? "unserved" : "late") : "ok",
    facts: { seconds: lateSeconds ?? 0, workers },
    latencyMs: null,
  };
}

/** How many events wait to be published, and for how long the oldest has. */
export async function readOutbox(runtime: Runtime): Promise<HealthReport["outbox"]> {
  const [row] = await selectRows<[number | string, string | null]>(runtime.db, {
    sql: "select count(*), min(tm_create) from (select tm_create from admin_outbox where state = 0 order by seq limit 10000) as waiting",
    params: [],
  });
  const oldest = row?.[1] ?? null;
  return {
    waiting: Number(row?.[0] ?? 0),
    oldestSeconds: oldest === null ? null : Math.max(0, Math.round((Date.now() - parseTime(oldest)) / 1_000)),
  };
}

const worst = (states: readonly PartState[]): PartState =>
  states.includes("down") ? "down" : states.includes("degraded") ? "degraded" : "ok";

/** What came, and after how many milliseconds; null when nothing came in time. */
async function timed<T>(promise: Promise<T>): Promise<{ value: T; ms: number } | null> {
  const started = performance.now();
  const value = await orNull(promise);
  return value === null ? null : { value, ms: Math.round((performance.now() - started) * 10) / 10 };
}

async function orNull<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await within(promise, PATIENCE_MS);
  } catch {
    return null;
  }
}
