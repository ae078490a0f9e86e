import { sql } from "drizzle-orm";
import { selectRows } from "@/server/kernel/statements-run";
import { formatTime, parseTime } from "@/server/kernel/clock";
import type { Runtime } from "@/server/kernel/context";
import { countJobs } from "@/server/kernel/jobs";
import { DEAD_LETTER_QUEUE, requestQueue, type Amqp } from "./platform/amqp";
import type { HealthReport, PartState } from "./trpc/health-report";

export interface HealthSources {
  runtime: Runtime;
  amqp: Pick<Amqp, "state" | "inspectQueues">;
  redis: { state(): "up" | "down"; ping(): Promise<boolean> };
  siblings: readonly string[];
}

/** Services whose requests this installation answers so far. */
const SERVED = ["customer-manager"] as const;
/** An event that waits longer than this means that no relay works. Seconds. */
const OUTBOX_LATE_SECONDS = 10;

type Part = HealthReport["parts"][number];

/** Looks at everything once; what does not answer in time counts as down, and holds nothing else up. */
export async function createHealthReport({ runtime, amqp, redis, siblings }: HealthSources): Promise<HealthReport> {
  const queueNames = [...SERVED.map(requestQueue), DEAD_LETTER_QUEUE];
  const [database, cache, queues, outbox, jobs] = await Promise.all([
    probe("database", "Database", () => runtime.db.execute(sql`select 1`)),
    probe(
      "redis",
      "Redis",
      async () => {
        if (!(await redis.ping())) throw new Error("no answer");
      },
      "degraded",
    ),
    orNull(amqp.inspectQueues(queueNames)),
    orNull(readOutbox(runtime)),
    orNull(countJobs(runtime.db)),
  ]);
  const broker: Part = {
    name: "rabbitmq",
    label: "RabbitMQ",
    state: amqp.state() === "up" && queues !== null ? "ok" : "down",
    detail: amqp.state() === "up" ? "Connected" : "Cannot be reached; requests of siblings wait, events are kept",
    latencyMs: null,
  };
  const parts = [
    database,
    cache,
    broker,
    ...(queues === null ? [] : SERVED.map((service) => workerPart(service, queues.get(requestQueue(service)) ?? null))),
    relayPart(outbox),
  ];
  return {
    checkedAt: formatTime(Date.now()),
    state: worst(parts.map((part) => part.state)),
    parts,
    queues: queueNames.map((name) => ({
      name,
      messages: queues?.get(name)?.messages ?? null,
      consumers: queues?.get(name)?.consumers ?? null,
    })),
    outbox: outbox ?? { waiting: 0, oldestSeconds: null },
    jobs: jobs ?? { queued: 0, running: 0, failed: 0 },
    deadLetters: queues === null ? null : (queues.get(DEAD_LETTER_QUEUE)?.messages ?? 0),
    standAlone: siblings.length === 0,
    siblings: [...siblings],
  };
}

function workerPart(service: string, queue: { messages: number; consumers: number } | null): Part {
  const consumers = queue?.consumers ?? 0;
  return {
    name: service,
    label: `Worker for ${service}`,
    state: consumers > 0 ? "ok" : "down",
    detail:
      consumers > 0
        ? `${consumers} consuming, ${queue?.messages ?? 0} waiting`
        : "Nobody answers this service's requests; start a worker",
    latencyMs: null,
  };
}

function relayPart(outbox: HealthReport["outbox"] | null): Part {
  const late = (outbox?.oldestSeconds ?? 0) > OUTBOX_LATE_SECONDS;
  const detail =
    outbox === null
      ? "Unknown while the database is down"
      : late
        ? `${outbox.waiting} events wait, the oldest for ${outbox.oldestSeconds} s`
        : "Events go out at once";
  return {
    name: "relay",
    label: "Event relay",
    state: outbox === null ? "down" : late ? "degraded" : "ok",
    detail,
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

async function probe(
  name: string,
  label: string,
  check: () => Promise<unknown>,
  whenGone: PartState = "down",
): Promise<Part> {
  const started = performance.now();
  try {
    await within(check(), 1_500);
    const latencyMs = Math.round((performance.now() - started) * 10) / 10;
    return { name, label, state: "ok", detail: "Answers", latencyMs };
  } catch {
    return {
      name,
      label,
      state: whenGone,
      detail: whenGone === "down" ? "Cannot be reached" : "Cannot be reached; reads are slower, nothing fails",
      latencyMs: null,
    };
  }
}

const worst = (states: readonly PartState[]): PartState =>
  states.includes("down") ? "down" : states.includes("degraded") ? "degraded" : "ok";

async function orNull<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await within(promise, 1_500);
  } catch {
    return null;
  }
}

function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("no answer in time")), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
