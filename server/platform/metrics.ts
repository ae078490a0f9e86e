import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { within } from "./amqp/back-off";

/** The services under whose names the platform's dashboards look for figures (contract/messaging.md §8). */
export const METRIC_SERVICES = [
  "customer-manager",
  "number-manager",
  "outdial-manager",
  "registrar-manager",
  "webhook-manager",
] as const;
export type MetricService = (typeof METRIC_SERVICES)[number];

/** A service's figures. Times are in milliseconds, of which the whole part counts. */
export interface ServiceMetrics {
  /** A request that we answered. @param type the route's template, or `notfound` */
  observeReceivedRequest(type: string, method: string, ms: number): void;
  /** A request to a sibling, failed ones too. @param target the queue @param resource e.g. `agent/agents` */
  observeRequest(target: string, resource: string, method: string, ms: number): void;
  /** An event that was published. */
  observeNotify(type: string, ms: number): void;
  /** An event that was not. */
  observeFailedNotify(type: string, ms: number): void;
  /** An event of a sibling that was handled. */
  observeSubscribedEvent(publisher: string, type: string, ms: number): void;
  /** A success of registrar-manager: `extension_create`, `trunk_delete` …; nothing for the others. */
  countSuccess(what: string): void;
}

/** Asked for at each scrape; a source that fails or takes longer than a second leaves its figures out. */
export interface MetricSources {
  queues?(): Promise<ReadonlyMap<string, { messages: number; consumers: number } | null>>;
  deadLetters?(): Promise<number>;
  outbox?(): Promise<{ waiting: number; oldestSeconds: number | null }>;
  jobs?(): Promise<Readonly<Record<string, number>>>;
  receipts?(): Promise<number>;
  /** By pool. */
  pools?(): Readonly<Record<string, { size: number; used: number; idle: number; waiting: number }>>;
  /** Whether each part is up. */
  parts?(): Readonly<Record<string, boolean>>;
  requestsInWork?(): Readonly<Record<string, number>>;
  requestsInFlight?(): number;
}

export interface Metrics {
  readonly registry: Registry;
  readonly contentType: string;
  text(): Promise<string>;
  service(name: MetricService): ServiceMetrics;
  watch(sources: MetricSources): void;
  observeHttp(route: string, method: string, status: number, ms: number): void;
  observeTrpc(procedure: string, ms: number, code?: string): void;
  countCacheLookup(hit: boolean): void;
  countRedelivery(queue: string): void;
  countDeadLetter(queue: string): void;
  /** A repeat that was answered from its receipt. */
  countReceiptAnswer(service: string): void;
  countJob(type: string, outcome: string): void;
}

/** The platform's buckets, milliseconds. */
const PLATFORM_BUCKETS = [50, 100, 500, 1_000, 3_000];
const OUR_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Sets of label values that one metric may have; what comes beyond counts as `other`, so that nobody can fill our memory. */
const LABEL_SETS_MOST = 500;
const SOURCE_MOST_MS = 1_000;

/** Finds a metric's child for label values, once. */
function children<Child>(labels: (...values: string[]) => Child): (...values: string[]) => Child {
  const known = new Map<string, Child>();
  return (...values) => {
    const key = values.length === 1 ? (values[0] ?? "") : values.join("\n");
    const child = known.get(key);
    if (child !== undefined) return child;
    const made = known.size < LABEL_SETS_MOST ? labels(...values) : labels(...values.map(() => "other"));
    if (known.size < LABEL_SETS_MOST) known.set(key, made);
    return made;
  };
}

/** All figures of a process, in Prometheus' text form. */
export function createMetrics({
  process: processName,
  services = METRIC_SERVICES,
}: {
  process: string;
  services?: readonly MetricService[];
}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: "voipbin_admin_process_info",
    help: "Which process this is",
    labelNames: ["process"],
    registers,
  }).set({ process: processName }, 1);

  const byService = new Map(services.map((name) => [name, createServiceMetrics(name, registers)]));
  const counter = (name: string, help: string, labelNames: string[]) => {
    const metric = new Counter({ name: `voipbin_admin_${name}`, help, labelNames, registers });
    return children((...values) => metric.labels(...values));
  };
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name: `voipbin_admin_${name}`, help, labelNames, registers });
  const seconds = (name: string, help: string, labelNames: string[]) => {
    const metric = new Histogram({ name: `voipbin_admin_${name}`, help, labelNames, buckets: OUR_BUCKETS, registers });
    return children((...values) => metric.labels(...values));
  };

  const http = seconds("http_request_duration_seconds", "Web requests", ["route", "method", "status"]);
  const trpc = seconds("trpc_duration_seconds", "Calls of tRPC procedures", ["procedure", "code"]);
  const lookups = counter("cache_lookups_total", "Cache lookups; result is hit or miss", ["result"]);
  const hits = lookups("hit");
  const misses = lookups("miss");
  const redeliveries = counter("amqp_redeliveries_total", "Messages that had been delivered before", ["queue"]);
  const deadLettered = counter("amqp_dead_letters_total", "Messages that were dead-lettered", ["queue"]);
  const receiptAnswers = counter("receipt_answers_total", "Repeats that were answered from their receipt", ["service"]);
  const jobOutcomes = counter("jobs_total", "Jobs that ended, by outcome", ["type", "outcome"]);

  const gauges = {
    messages: gauge("queue_messages", "Messages that wait in a queue", ["queue"]),
    consumers: gauge("queue_consumers", "Consumers of a queue", ["queue"]),
    deadLetters: gauge("dead_letters", "Messages in the dead-letter queue"),
    outbox: gauge("outbox_waiting", "Events that are not published yet"),
    outboxAge: gauge("outbox_oldest_seconds", "Age of the oldest event that is not published yet"),
    jobs: gauge("jobs", "Jobs by state", ["state"]),
    receipts: gauge("receipts", "Receipts that are kept"),
    pool: gauge("database_connections", "Connections of a pool; waiting are callers without one", ["pool", "state"]),
    parts: gauge("part_up", "Whether a part of the process works", ["part"]),
    inWork: gauge("requests_in_work", "Messages in work", ["queue"]),
    inFlight: gauge("requests_in_flight", "Requests to siblings without a reply yet"),
  };
  const sources: MetricSources[] = [];

  return {
    registry,
    contentType: registry.contentType,
    async text() {
      await Promise.all(sources.map((source) => sample(source, gauges)));
      return registry.metrics();
    },
    service(name) {
      const found = byService.get(name);
      if (found === undefined) throw new Error(`There are no metrics for ${name} in this process.`);
      return found;
    },
    watch: (source) => void sources.push(source),
    observeHttp: (route, method, status, ms) => http(route, knownMethod(method), String(status)).observe(ms / 1_000),
    observeTrpc: (procedure, ms, code = "") => trpc(procedure.slice(0, 100), code).observe(ms / 1_000),
    countCacheLookup: (hit) => (hit ? hits : misses).inc(),
    countRedelivery: (queue) => redeliveries(queue).inc(),
    countDeadLetter: (queue) => deadLettered(queue).inc(),
    countReceiptAnswer: (service) => receiptAnswers(service).inc(),
    countJob: (type, outcome) => jobOutcomes(type, outcome).inc(),
  };
}

type Gauges = Record<"messages" | "consumers" | "inWork", Gauge<"queue">> &
  Record<"deadLetters" | "outbox" | "outboxAge" | "receipts" | "inFlight", Gauge> &
  Record<"jobs", Gauge<"state">> &
  Record<"pool", Gauge<"pool" | "state">> &
  Record<"parts", Gauge<"part">>;

async function sample(source: MetricSources, gauges: Gauges): Promise<void> {
  const pending: Promise<unknown>[] = [];
  const ask = <T>(question: (() => Promise<T>) | undefined, targets: readonly Gauge[], set: (answer: T) => void) => {
    if (question === undefined) return;
    for (const target of targets) target.reset();
    pending.push(question().then(set, () => undefined));
  };
  ask(source.queues?.bind(source), [gauges.messages, gauges.consumers], (queues) => {
    for (const [queue, figures] of queues) {
      if (figures === null) continue;
      gauges.messages.set({ queue }, figures.messages);
      gauges.consumers.set({ queue }, figures.consumers);
    }
  });
  ask(source.deadLetters?.bind(source), [gauges.deadLetters], (count) => gauges.deadLetters.set(count));
  ask(source.outbox?.bind(source), [gauges.outbox, gauges.outboxAge], ({ waiting, oldestSeconds }) => {
    gauges.outbox.set(waiting);
    gauges.outboxAge.set(oldestSeconds ?? 0);
  });
  ask(source.jobs?.bind(source), [gauges.jobs], (jobs) => {
    for (const [state, count] of Object.entries(jobs)) gauges.jobs.set({ state }, count);
  });
  ask(source.receipts?.bind(source), [gauges.receipts], (count) => gauges.receipts.set(count));
  for (const [pool, { size, used, idle, waiting }] of Object.entries(source.pools?.() ?? {})) {
    for (const [state, count] of Object.entries({ size, used, idle, waiting })) gauges.pool.set({ pool, state }, count);
  }
  for (const [part, up] of Object.entries(source.parts?.() ?? {})) gauges.parts.set({ part }, up ? 1 : 0);
  for (const [queue, count] of Object.entries(source.requestsInWork?.() ?? {})) gauges.inWork.set({ queue }, count);
  const inFlight = source.requestsInFlight?.();
  if (inFlight !== undefined) gauges.inFlight.set(inFlight);
  await within(Promise.all(pending), SOURCE_MOST_MS);
}

const METHODS = new Set(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]);
const knownMethod = (method: string): string => (METHODS.has(method) ? method : "other");

/** The platform's figures of one service, by its names and with its labels. */
function createServiceMetrics(service: MetricService, registers: Registry[]): ServiceMetrics {
  const prefix = service.replaceAll("-", "_");
  const histogram = (name: string, help: string, labelNames: string[]) => {
    const metric = new Histogram({ name: `${prefix}_${name}`, help, labelNames, buckets: PLATFORM_BUCKETS, registers });
    return children((...values) => metric.labels(...values));
  };
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name: `${prefix}_${name}`, help, labelNames, registers });

  const received = histogram("receive_request_process_time", "Process time of received requests, in milliseconds", [
    "type",
    "method",
  ]);
  const requests = histogram("request_process_time", "Process time of sent requests, in milliseconds", [
    "target",
    "resource",
    "method",
  ]);
  const notifyTime = histogram("notify_process_time", "Process time of published events, in milliseconds", ["type"]);
  const notifyTotal = counter("notify_total", "Published events", ["type"]);
  const notified = children((...values) => notifyTotal.labels(...values));
  counter("event_publish_total", "Events published to a queue directly", ["event_type"]);
  const subscribed =
    service === "number-manager" || service === "registrar-manager"
      ? histogram("receive_subscribe_event_process_time", "Process time of received events, in milliseconds", [
          "publisher",
          "type",
        ])
      : null;
  const successes = new Map<string, Counter>();
  if (service === "registrar-manager") {
    for (const what of ["extension_create", "extension_delete", "trunk_create", "trunk_delete"]) {
      successes.set(what, counter(`${what}_total`, `Successes of ${what.replace("_", " ")}`));
    }
  }
  if (service === "number-manager") {
    for (const what of ["number_create", "telnyx_number_create", "twilio_number_create"]) {
      counter(`${what}_total`, `Successes of ${what.replaceAll("_", " ")}`, ["type"]);
    }
    histogram("request_external_process_time", "Process time of requests to providers, in milliseconds", [
      "target",
      "resource",
      "method",
    ]);
  }

  return {
    observeReceivedRequest: (type, method, ms) => received(type, knownMethod(method)).observe(Math.trunc(ms)),
    observeRequest: (target, resource, method, ms) => requests(target, resource, method).observe(Math.trunc(ms)),
    observeNotify(type, ms) {
      notifyTime(type).observe(Math.trunc(ms));
      notified(type).inc();
    },
    observeFailedNotify: (type, ms) => notifyTime(type).observe(Math.trunc(ms)),
    observeSubscribedEvent: (publisher, type, ms) => subscribed?.(publisher, type).observe(Math.trunc(ms)),
    countSuccess: (what) => successes.get(what)?.inc(),
  };
}
