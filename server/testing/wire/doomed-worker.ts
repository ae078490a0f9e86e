import { openDatabase } from "@/db/client";
import { createRuntime } from "@/server/container";
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
import { eventExchange, openAmqp, requestQueue, type Delivery } from "@/server/platform/amqp";
import { loadConfig } from "@/server/platform/config";
import { createLogger } from "@/server/platform/logger";
import { openRedis } from "@/server/platform/redis";
import { createListener } from "@/server/rpc/listener";
import { route, type Route } from "@/server/rpc/router";
import { customerRoutes } from "@/server/rpc/routes/customer";

/**
 * A worker that kills itself at one line of its work, once so much of its work has come there; what comes there before
 * stays there. Made of the same parts as the real one.
 */
export const POINTS = ["commit", "reply", "ack", "publish", "confirmed", "page", "poison"] as const;
export type Point = (typeof POINTS)[number];

const [point = "", most = "1"] = process.argv.slice(2);
let left = Number(most);

/** Never comes back when this is the line. */
function reach(line: Point): Promise<void> {
  if (line !== point) return Promise.resolve();
  if (--left <= 0) process.kill(process.pid, "SIGKILL");
  return new Promise(() => undefined);
}

const SERVICE = "customer-manager";
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

if (point === "commit") {
  db.$client.on("connection", (connection) => {
    const query = connection.query.bind(connection) as (...args: unknown[]) => unknown;
    const watched = (...args: unknown[]): unknown => {
      const [statement] = args;
      const sql = typeof statement === "object" && statement !== null && "sql" in statement ? statement.sql : statement;
      return typeof sql === "string" && sql.endsWith("commit") && sql.includes("admin_receipts")
        ? void reach("commit")
        : query(...args);
    };
    Object.assign(connection, { query: watched });
  });
}

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
  cache: redis,
  log,
  config,
  transport: null,
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
const listener = createListener(SERVICE, [...customerRoutes, poison], runtime, {
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

if (point !== "commit") relay.start();
if (point !== "commit") jobs.start();
void redis.ready(1_000).then(() =>
  amqp.consume({
    queue: requestQueue(SERVICE),
    prefetch: config.concurrency,
    onDelivery: (delivery) => listener(watched(delivery)),
  }),
);
