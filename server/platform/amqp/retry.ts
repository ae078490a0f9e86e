import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "../logger";
import { backOff } from "./back-off";
import type { AmqpConnection } from "./connection";
import { startConsumer, type Consumer, type Delivery } from "./consumer";
import type { DeadLetters } from "./dead-letter";
import { forwardableHeaders } from "./message";
import type { Publisher } from "./publisher";
import { declareRetryQueue, declareSubscribeQueue, retryQueue } from "./topology";

/** An event of a sibling (contract/messaging.md §3.1). */
export interface IncomingEvent {
  type: string;
  publisher: string;
  data: unknown;
  /** The sender's, where it gave one; the platform's Go services give none. */
  messageId: string | undefined;
  /** Whether it may have been handled already. */
  redelivered: boolean;
  /** From 1. */
  attempt: number;
}

/** Has to be idempotent; the event is acked when it is through, and tried again when it throws. */
export type EventHandler = (event: IncomingEvent) => Promise<void>;

export interface SubscriberOptions {
  connection: AmqpConnection;
  publisher: Publisher;
  deadLetters: DeadLetters;
  log: Logger;
  /** The service's inbox. */
  queue: string;
  /** The publishers' event exchanges. */
  exchanges: readonly string[];
  /** By publisher, then by type; everything else is ignored, as the platform does. */
  handlers: Readonly<Record<string, Readonly<Record<string, EventHandler>>>>;
  prefetch: number;
  /** Pauses before each further attempt, in milliseconds; when they are used up, the event is dead-lettered. */
  pausesMs?: readonly number[];
  /** A failure that no further attempt can mend. */
  isPermanent?(error: unknown): boolean;
  onHandled?(publisher: string, type: string, milliseconds: number): void;
  onRedelivered?(queue: string): void;
}

const PAUSES_MS = [1_000, 5_000, 30_000, 120_000];
const ATTEMPT = "x-attempt";

/** Subscribes to events of siblings, with bounded attempts through private queues and the dead-letter queue at the end. */
export function subscribe(options: SubscriberOptions): Consumer {
  const { connection, publisher, deadLetters, log, queue, pausesMs = PAUSES_MS } = options;

  async function onDelivery(delivery: Delivery): Promise<void> {
    const envelope = parseEnvelope(delivery.body);
    if (envelope === null) return delivery.deadLetter("the event is not a JSON object with type and publisher");
    const handlers = own(options.handlers, envelope.publisher);
    const handler = handlers === undefined ? undefined : own(handlers, envelope.type);
    if (handler === undefined) return delivery.ack();
    const attempt = attemptOf(delivery);
    const started = performance.now();
    try {
      await handler({
        ...envelope,
        messageId: delivery.messageId,
        redelivered: delivery.redelivered || attempt > 1,
        attempt,
      });
      options.onHandled?.(envelope.publisher, envelope.type, performance.now() - started);
      delivery.ack();
    } catch (error) {
      const pause = options.isPermanent?.(error) === true ? undefined : pausesMs[attempt - 1];
      log.warn(
        { err: error, queue, type: envelope.type, publisher: envelope.publisher, attempt, pause },
        "An event could not be handled",
      );
      if (pause === undefined) return delivery.deadLetter(`failed after ${attempt} attempts: ${reasonOf(error)}`);
      await postpone(delivery, attempt, pause);
    }
  }

  async function postpone(delivery: Delivery, attempt: number, pauseMs: number): Promise<void> {
    for (let tries = 1; delivery.isLive(); tries++) {
      try {
        await connection.withChannel((channel) => declareRetryQueue(channel, queue, pauseMs));
        await publisher.publishConfirmed([
          {
            exchange: "",
            routingKey: retryQueue(queue, pauseMs),
            body: delivery.body,
            persistent: true,
            messageId: delivery.messageId ?? randomUUID(),
            correlationId: delivery.correlationId,
            headers: {
              "x-original-exchange": delivery.exchange,
              ...forwardableHeaders(delivery.headers),
              [ATTEMPT]: attempt + 1,
            },
          },
        ]);
        break;
      } catch {
        await sleep(backOff(tries + 1));
      }
    }
    delivery.ack();
  }

  return startConsumer({
    connection,
    deadLetters,
    log,
    queue,
    prefetch: options.prefetch,
    declare: (channel) => declareSubscribeQueue(channel, queue, options.exchanges),
    onDelivery,
    onRedelivered: options.onRedelivered,
  });
}

function parseEnvelope(body: Buffer): { type: string; publisher: string; data: unknown } | null {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (typeof value !== "object" || value === null || !("type" in value) || !("publisher" in value)) return null;
    const { type, publisher } = value;
    if (typeof type !== "string" || typeof publisher !== "string") return null;
    return { type, publisher, data: "data" in value ? value.data : undefined };
  } catch {
    return null;
  }
}

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

function attemptOf(delivery: Delivery): number {
  const attempt = delivery.headers[ATTEMPT];
  return typeof attempt === "number" && attempt >= 1 ? Math.floor(attempt) : 1;
}

/** The kind of failure alone: a message could quote values. */
const reasonOf = (error: unknown): string =>
  error instanceof Error && "reason" in error ? String(error.reason) : error instanceof Error ? error.name : "unknown";
