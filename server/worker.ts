import { closeDatabase, openDatabase, type Database } from "@/db/client";
import { isDomainError } from "@/server/kernel/errors";
import { countJobs } from "@/server/kernel/jobs";
import { isAway, lookAt } from "@/server/kernel/reachability";
import type { ServiceName } from "@/server/kernel/outbox";
import { createRuntime, meteredTransport, NUDGE_CHANNEL, openAsterisk, processName } from "./container";
import { eventHandlers } from "./events/handlers";
import { createRelay } from "./events/relay";
import { readOutbox } from "./health";
import { announceOn } from "./live/hub";
import { jobHandlers } from "./jobs/handlers";
import { createDriftSchedule } from "./jobs/drift-schedule";
import { createHousekeeping } from "./jobs/housekeeping";
import { createRegistrationSampler } from "./jobs/registration-sampler";
import { createJobRunner } from "./jobs/runner";
import { createSettler } from "./jobs/settler";
import { DEAD_LETTER_QUEUE, eventExchange, openAmqp, requestQueue, subscribeQueue } from "./platform/amqp";
import { loadConfig, type WorkerRole } from "./platform/config";
import type { PartHealth } from "./platform/health";
import { createProbeServer } from "./platform/http";
import { createLogger } from "./platform/logger";
import { createMetrics, METRIC_SERVICES } from "./platform/metrics";
import { openRedis } from "./platform/redis";
import { runParts, type Part, type Running } from "./platform/shutdown";
import { createPresence } from "./presence";
import { createListener } from "./rpc/listener";
import type { Route } from "./rpc/router";
import { customerRoutes } from "./rpc/routes/customer";
import { registrarRoutes } from "./rpc/routes/registrar";

/** The services that this worker can answer for, by role. */
const SERVICES: readonly { role: WorkerRole; service: ServiceName; routes: readonly Route[] }[] = [
  { role: "customer", service: "customer-manager", routes: customerRoutes },
  { role: "registrar", service: "registrar-manager", routes: registrarRoutes },
];
/** Repeats of a delivery are counted for this long, in seconds. */
const POISON_SECONDS = 3_600;

const config = loadConfig("worker", undefined, process.argv.slice(2));
const log = createLogger({ level: config.logLevel, process: "worker" });
const name = processName("worker");
const served = SERVICES.filter(({ role }) => config.roles.has(role));

const metrics = createMetrics({ process: "worker" });
const serviceMetrics = new Map(METRIC_SERVICES.map((service) => [eventExchange(service), metrics.service(service)]));
const db = openDatabase(config.database.reveal(), { size: config.databasePoolSize });
const asterisk = openAsterisk(config, config.databasePoolSize);
const redis = openRedis({ ...config.redis, log, onLookup: metrics.countCacheLookup });
const amqp = openAmqp({
  address: config.rabbitmq.reveal(),
  name,
  log,
  exchanges: METRIC_SERVICES.map(eventExchange),
  onRedelivered: metrics.countRedelivery,
  onDeadLetter: metrics.countDeadLetter,
});
const relay = createRelay({
  db,
  cache: redis,
  log,
  publish: (events) => amqp.publishConfirmed(events),
  observe(events, ms) {
    for (const { exchange, type } of events) serviceMetrics.get(exchange)?.observeNotify(type, ms);
  },
});
const runtime = createRuntime({
  db,
  asterisk,
  cache: redis,
  log,
  config,
  transport: meteredTransport(amqp, metrics.service("customer-manager")),
  // One that relays or runs jobs itself need not be told through Redis.
  nudgeRelay: config.roles.has("relay") ? relay.nudge : () => void redis.publish(NUDGE_CHANNEL, ""),
  announce: announceOn(redis),
  countSip: (success) => metrics.service("registrar-manager").countSuccess(success),
  nudgeJobs: config.roles.has("jobs") ? () => jobs.nudge() : () => void redis.publish(NUDGE_CHANNEL, ""),
});
const jobs = createJobRunner({
  runtime,
  worker: name,
  handlers: jobHandlers(runtime.ports),
  observe: metrics.countJob,
});
const housekeeping = createHousekeeping(runtime);
const settler = createSettler(runtime);
const driftSchedule = createDriftSchedule(runtime);
const registrations = createRegistrationSampler(runtime);
const presence = createPresence({ db, log, kind: "worker", name, roles: [...config.roles] });

metrics.watch({
  queues: () => amqp.inspectQueues([...served.map(({ service }) => requestQueue(service)), DEAD_LETTER_QUEUE]),
  outbox: () => readOutbox(runtime),
  jobs: async () => ({ ...(await countJobs(db)) }),
  requestsInWork: () => Object.fromEntries(amqp.health().queues.map(({ queue, inWork }) => [queue, inWork])),
  requestsInFlight: () => amqp.requestsInFlight(),
  parts: () =>
    Object.fromEntries(Object.entries(running.health().parts).map(([part, health]) => [part, health.state !== "down"])),
});
const probes = createProbeServer({
  listen: config.metrics.listen,
  metricsPath: config.metrics.path,
  metrics,
  live: () => true,
  ready: () => running.health(),
  log,
});

const whenRole = (role: WorkerRole, part: Part): Part[] => (config.roles.has(role) ? [part] : []);
const parts: Part[] = [
  { name: "probes", start: () => probes.start(), stop: () => probes.stop() },
  { name: "database", start: checkDatabase, stop: () => closeDatabases() },
  ...(asterisk === null ? [] : [{ name: "asterisk", health: asteriskHealth(asterisk) }]),
  { name: "redis", stop: () => redis.close(), health: () => ({ state: redis.state() === "up" ? "ok" : "degraded" }) },
  {
    name: "rabbitmq",
    stop: (leftMs) => amqp.close(leftMs),
    health: () => ({ state: amqp.state() === "up" ? "ok" : "down" }),
  },
  ...whenRole("relay", { name: "relay", start: () => relay.start(), stop: () => relay.stop() }),
  ...whenRole("jobs", { name: "jobs", start: () => jobs.start(), stop: () => jobs.stop() }),
  ...whenRole("jobs", { name: "housekeeping", start: () => housekeeping.start(), stop: () => housekeeping.stop() }),
  ...(asterisk === null
    ? []
    : [
        ...whenRole("jobs", { name: "settler", start: () => settler.start(), stop: () => settler.stop() }),
        ...whenRole("jobs", { name: "drift", start: () => driftSchedule.start(), stop: () => driftSchedule.stop() }),
        ...whenRole("jobs", {
          name: "registrations",
          start: () => registrations.start(),
          stop: () => registrations.stop(),
        }),
      ]),
  { name: "nudges", start: listenToNudges },
  { name: "presence", start: () => presence.start(), stop: () => presence.stop() },
  { name: "events", start: followEvents },
  {
    name: "requests",
    start: answerRequests,
    stop: async (leftMs) => void (await amqp.drain(leftMs)),
    health: () => ({ state: amqp.health().queues.every((queue) => queue.consuming) ? "ok" : "down" }),
  },
];

async function closeDatabases(): Promise<void> {
  await Promise.all([db, asterisk].map((each) => each && closeDatabase(each)));
}

/**
 * Never `down`: a worker without Asterisk's database goes on answering for customers and reading extensions, and refuses
 * what it cannot do in words. Taken out of service it could do neither, and no other worker could do more: the server
 * is one for all, as bin_manager is, which is waited for as well.
 */
function asteriskHealth(database: Database): () => PartHealth {
  return () => {
    lookAt(database); // for a worker that nobody asks for anything in there
    return isAway(database) ? { state: "degraded", detail: "Asterisk's database does not answer" } : { state: "ok" };
  };
}

/** Says early, and in words, when the schema is missing; a database that is merely away is waited for. */
async function checkDatabase(): Promise<void> {
  try {
    await countJobs(db);
  } catch (error) {
    log.warn(
      { err: error },
      "The database does not answer as it should yet; run npm run db:migrate if it was never migrated",
    );
  }
}

function listenToNudges(): void {
  redis.subscribe(NUDGE_CHANNEL, () => {
    relay.nudge();
    jobs.nudge();
  });
}

function answerRequests(): void {
  for (const { service, routes } of served) {
    const figures = metrics.service(service);
    const listener = createListener(service, routes, runtime, {
      observe: (type, method, ms) => figures.observeReceivedRequest(type, method, ms),
      countReceiptAnswer: () => metrics.countReceiptAnswer(service),
      redeliveries: (id) => redis.count(`redelivered:${id}`, POISON_SECONDS),
    });
    amqp.consume({ queue: requestQueue(service), prefetch: config.concurrency, onDelivery: listener });
  }
}

/** What siblings tell of; contract/registrar.md §6. */
function followEvents(): void {
  for (const { service } of served) {
    const handlers = eventHandlers(runtime)[service];
    if (handlers === undefined) continue;
    const figures = metrics.service(service);
    amqp.subscribe({
      queue: subscribeQueue(service),
      exchanges: Object.keys(handlers).map(eventExchange),
      prefetch: config.concurrency,
      handlers,
      isPermanent: (error) => isDomainError(error) && error.code === "INVALID_INPUT",
      onHandled: (publisher, type, ms) => figures.observeSubscribedEvent(publisher, type, ms),
    });
  }
}

const running: Running = runParts({ log, parts });
void running.started().then((started) => {
  if (started)
    log.info({ roles: [...config.roles], services: served.map(({ service }) => service) }, "the worker is ready");
});
