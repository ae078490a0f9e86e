import type { Channel } from "amqplib";
import type { Logger } from "../logger";
import { openAmqpConnection, type AmqpConnection, type Broker, type ConnectionState } from "./connection";
import { startConsumer, type Consumer, type Delivery } from "./consumer";
import { createDeadLetters, type DeadLetters } from "./dead-letter";
import { createPublisher, type OutgoingMessage } from "./publisher";
import { createRequestClient, type RequestOptions } from "./request-client";
import { subscribe, type SubscriberOptions } from "./retry";
import { declareQueue, inspectQueues, keepDelayBindings, type QueueFigures } from "./topology";

export { AmqpUnavailableError } from "./errors";
export { AmqpRequestError, type AmqpRequestErrorCode, type RequestOptions } from "./request-client";
export { DEAD_LETTER_QUEUE, eventExchange, requestQueue, subscribeQueue, type QueueFigures } from "./topology";
export type { ConnectionState } from "./connection";
export type { Consumer, Delivery } from "./consumer";
export type { DeadLetter, DeadLetterOutcome, DeadLetters, WhichLetters } from "./dead-letter";
export type { EventHandler, IncomingEvent } from "./retry";
export type { OutgoingMessage } from "./publisher";

export interface AmqpOptions {
  address: string;
  /** Which process this is; its connections are called `<name> (consuming)` and `<name> (publishing)`. */
  name: string;
  log: Logger;
  /** Event exchanges that we publish to. */
  exchanges?: readonly string[];
  /** Requests to siblings that may wait for a reply at once. */
  inFlightMost?: number;
  /** Where messages are kept that could not be worked on. */
  deadLetterQueue?: string;
  onRedelivered?(queue: string): void;
  onDeadLetter?(queue: string): void;
}

export interface ConsumeOptions {
  queue: string;
  prefetch: number;
  onDelivery(delivery: Delivery): void | Promise<void>;
  /** What has to exist besides the queue, which is declared as the platform does; on every new channel. */
  declare?(channel: Channel): Promise<void>;
}

export interface AmqpHealth {
  /** Null while nothing is consumed. */
  consuming: ConnectionState | null;
  publishing: ConnectionState;
  /** The broker takes no messages (memory or disk alarm). */
  blocked: boolean;
  queues: { queue: string; consuming: boolean; inWork: number }[];
}

/** A process's messaging: one connection to consume, one to publish. */
export interface Amqp {
  consume(options: ConsumeOptions): Consumer;
  subscribe(
    options: Pick<
      SubscriberOptions,
      "queue" | "exchanges" | "handlers" | "prefetch" | "pausesMs" | "isPermanent" | "onHandled"
    >,
  ): Consumer;
  publishConfirmed(messages: readonly OutgoingMessage[]): Promise<void>;
  /** @throws AmqpRequestError */
  request(queue: string, body: Buffer, options?: RequestOptions): Promise<Buffer>;
  requestsInFlight(): number;
  readonly deadLetters: DeadLetters;
  inspectQueues(queues: readonly string[]): Promise<Map<string, QueueFigures | null>>;
  /** Which broker this is; null while there is no connection. */
  broker(): Broker | null;
  /** Up when every connection that is in use is. */
  state(): ConnectionState;
  onChange(listener: (state: ConnectionState) => void): () => void;
  health(): AmqpHealth;
  /** Takes no more messages and waits for those in work. @returns whether all were settled in time */
  drain(deadlineMs: number): Promise<boolean>;
  close(deadlineMs?: number): Promise<void>;
}

export function openAmqp(options: AmqpOptions): Amqp {
  const { address, name, log } = options;
  const publishing = openAmqpConnection({ address, name: `${name} (publishing)`, log });
  const publisher = createPublisher({ connection: publishing, log, exchanges: options.exchanges });
  const requests = createRequestClient({ connection: publishing, log, inFlightMost: options.inFlightMost });
  const deadLetters = createDeadLetters({
    connection: publishing,
    publisher,
    log,
    queue: options.deadLetterQueue,
    onDeadLetter: options.onDeadLetter,
  });
  const consumers: Consumer[] = [];
  const listeners = new Set<(state: ConnectionState) => void>();
  let consumption: { connection: AmqpConnection; delays: ReturnType<typeof keepDelayBindings> } | null = null;

  const state = (): ConnectionState =>
    publishing.state() === "up" && (consumption === null || consumption.connection.state() === "up") ? "up" : "down";
  let known: ConnectionState = "down";
  const watch = (connection: AmqpConnection) =>
    connection.onChange(() => {
      if (state() === known) return;
      known = state();
      for (const listener of [...listeners]) listener(known);
    });
  watch(publishing);

  function consuming() {
    if (consumption === null) {
      const connection = openAmqpConnection({ address, name: `${name} (consuming)`, log });
      watch(connection);
      consumption = { connection, delays: keepDelayBindings(connection, address, log) };
    }
    return consumption;
  }

  function add(start: (connection: AmqpConnection) => Consumer): Consumer {
    const { connection, delays } = consuming();
    const consumer = start(connection);
    consumers.push(consumer);
    delays.add(consumer.queue);
    return consumer;
  }

  const shared = { log, deadLetters, onRedelivered: options.onRedelivered };

  return {
    consume: ({ queue, prefetch, onDelivery, declare }) =>
      add((connection) =>
        startConsumer({
          ...shared,
          connection,
          queue,
          prefetch,
          onDelivery,
          async declare(channel) {
            await declareQueue(channel, queue);
            await declare?.(channel);
          },
        }),
      ),
    subscribe: (subscription) => add((connection) => subscribe({ ...shared, ...subscription, connection, publisher })),
    publishConfirmed: (messages) => publisher.publishConfirmed(messages),
    request: (queue, body, requestOptions) => requests.request(queue, body, requestOptions),
    requestsInFlight: () => requests.inFlight(),
    deadLetters,
    inspectQueues: (queues) => inspectQueues(publishing, queues),
    broker: () => publishing.broker(),
    state,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    health: () => ({
      consuming: consumption?.connection.state() ?? null,
      publishing: publishing.state(),
      blocked: publishing.isBlocked(),
      queues: consumers.map((each) => ({ queue: each.queue, consuming: each.isConsuming(), inWork: each.inWork() })),
    }),
    async drain(deadlineMs) {
      const drained = await Promise.all(consumers.map((consumer) => consumer.drain(deadlineMs)));
      return drained.every(Boolean);
    },
    async close(deadlineMs = 2_000) {
      consumption?.delays.stop();
      await consumption?.connection.close(deadlineMs);
      await requests.close();
      await publishing.close(deadlineMs);
    },
  };
}
