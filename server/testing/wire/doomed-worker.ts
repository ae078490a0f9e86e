import { openDatabase, type Database } from "@/db/client";
import { createRuntime, openAsterisk } from "@/server/container";
import {
  accessKeyDeletionStep,
  DELETION_JOB,
  RESTORATION_JOB,
  runCustomerDeletion,
  runCustomerRestoration,
} from "@/server/domain/customer";
import { createRelay } from "@/server/events/relay";
import { createJobRunner } from "@/server/jobs/runner";
import type { Runtime } from "@/server/kernel/context";
import type { ServiceName } from "@/server/kernel/outbox";
import { eventExchange, openAmqp, requestQueue, type Delivery } from "@/server/platform/amqp";
import { loadConfig } from "@/server/platform/config";
import { createLogger } from "@/server/platform/logger";
import { openRedis } from "@/server/platform/redis";
import { createListener } from "@/server/rpc/listener";
import { route, type Route } from "@/server/rpc/router";
import { customerRoutes } from "@/server/rpc/routes/customer";
import { registrarRoutes } from "@/server/rpc/routes/registrar";
import { inPlaceOf } from "../intercept";

/**
 * A worker that kills itself at one line of its work, once so much of its work has come there; what comes there before
 * stays there. Made of the same parts as the real one.
 */
export const POINTS = ["write", "asterisk", "bin", "reply", "ack", "publish", "confirmed", "page", "poison"] as const;
export type Point = (typeof POINTS)[number];

const [point = "", most = "1", served = "customer-manager"] = process.argv.slice(2);
let left = Number(most);

/** Never comes back when this is the line. */
function reach(line: Point): Promise<void> {
  if (line !== point) return Promise.resolve();
  if (--left <= 0) process.kill(process.pid, "SIGKILL");
  return new Promise(() => undefined);
}

const SERVICE: ServiceName = served === "registrar-manager" ? served : "customer-manager";
const ROUTES = { "customer-manager": customerRoutes, "registrar-manager": registrarRoutes }[SERVICE];
const config = loadConfig("worker");
const log = createLogger({ level: "silent", process: "doomed" });
const db = openDatabase(config.database.reveal(), { size: config.databasePoolSize });
const redis = openRedis({ ...config.redis, log });
const amqp = openAmqp({
  address: config.rabbitmq.reveal(),
  name: "doomed",
  log,
  exchanges: [eventExchange(SERVICE)],
});

/** Reaches a line in place of sending a statement that matches. */
function watchStatements(of: Database | null, line: Point, matches: (sql: string) => boolean): void {
  if (point === line) inPlaceOf(of, matches, () => void reach(line));
}
const asterisk = openAsterisk(config, config.databasePoolSize);
// A change's writes leave together, its receipt among them; with the commit, unless there is a second database.
watchStatements(db, "write", (sql) => sql.includes("insert into `admin_receipts`"));
watchStatements(asterisk, "asterisk", (sql) => sql.endsWith("commit") && sql.includes("admin_unsettled"));
// By itself it is sent only where a second database has committed just now.
watchStatements(db, "bin", (sql) => sql === "commit");

const relay = createRelay({
  db,
  cache: redis,
  log,
  async publish(events) {
    await reach("publish");
    await amqp.publishConfirmed(events);
    await reach("confirmed");
  },
});
const runtime: Runtime = createRuntime({
  db,
  asterisk,
  cache: redis,
  log,
  config,
  transport: null,
  countSip: undefined,
  nudgeRelay: relay.nudge,
  nudgeJobs: () => jobs.nudge(),
  announce: () => undefined,
});
runtime.ports.customerDeletion = [
  {
    ...accessKeyDeletionStep,
    async deletePage(ctx, customerId, jobId) {
      const deleted = await accessKeyDeletionStep.deletePage(ctx, customerId, jobId);
      await reach("page");
      return deleted;
    },
  },
];
const jobs = createJobRunner({
  runtime,
  worker: "doomed",
  handlers: { [DELETION_JOB]: runCustomerDeletion, [RESTORATION_JOB]: runCustomerRestoration },
});

/** What no real route does: it takes the process with it. */
const poison: Route = route("POST", "/v1/poison", "poison", () => reach("poison"), String);
const listener = createListener(SERVICE, [...ROUTES, poison], runtime, {
  observe: () => undefined,
  redeliveries: (id) => redis.count(`redelivered:${id}`, 60),
});

/** The same delivery, whose reply or ack is the line. */
function watched(delivery: Delivery): Parameters<typeof listener>[0] {
  const { body, replyTo, correlationId, redelivered } = delivery;
  return {
    body,
    replyTo,
    correlationId,
    redelivered,
    reply: (answer) => {
      if (point !== "reply") return delivery.reply(answer);
      void reach("reply");
      return true;
    },
    ack() {
      if (point === "reply") return;
      if (point === "ack")
        setTimeout(() => void reach("ack"), 200); // the reply has left by then
      else delivery.ack();
    },
    deadLetter: (reason) => delivery.deadLetter(reason),
  };
}

// Else what it has told and done by the time it dies would be a matter of chance.
if (point === "publish" || point === "confirmed") relay.start();
if (point === "page") jobs.start();
void redis.ready(20_000).then(() =>
  amqp.consume({
    queue: requestQueue(SERVICE),
    prefetch: config.concurrency,
    onDelivery: (delivery) => listener(watched(delivery)),
  }),
);
