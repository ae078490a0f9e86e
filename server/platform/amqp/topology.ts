import { connect, type Channel } from "amqplib";
import { eventExchange } from "@/server/kernel/outbox";
import type { Logger } from "../logger";
import { within } from "./back-off";
import type { AmqpConnection } from "./connection";
import { brokerCode } from "./errors";

/*
 * The platform's names and flags (contract/messaging.md §1). They are fixed: whoever declares one of them with another
 * flag gets 406 PRECONDITION_FAILED, and so does everybody after him.
 */
export const requestQueue = (service: string): string => `bin-manager.${service}.request`;
export const subscribeQueue = (service: string): string => `bin-manager.${service}.subscribe`;
export { eventExchange };
export const DELAY_EXCHANGE = "bin-manager.delay";

/** Ours alone: what could not be worked on, to be looked at and replayed. */
export const DEAD_LETTER_QUEUE = "voipbin-admin.dead-letter";

/** Ours alone: where an event waits for its next attempt. The pause is in the name, because arguments cannot change. */
export const retryQueue = (queue: string, pauseMs: number): string => `voipbin-admin.retry.${queue}.${pauseMs}ms`;

export async function declareEventExchange(channel: Channel, exchange: string): Promise<void> {
  await channel.assertExchange(exchange, "fanout", { durable: true, autoDelete: false, internal: false });
}

/** A queue of the platform's "normal" flavour: durable, no arguments. */
export async function declareQueue(channel: Channel, queue: string): Promise<void> {
  await channel.assertQueue(queue, { durable: true, autoDelete: false, exclusive: false });
}

/** A service's inbox for events. The publishers' exchanges are declared too, so that nobody has to start first. */
export async function declareSubscribeQueue(
  channel: Channel,
  queue: string,
  exchanges: readonly string[],
): Promise<void> {
  await declareQueue(channel, queue);
  for (const exchange of exchanges) {
    await declareEventExchange(channel, exchange);
    await channel.bindQueue(queue, exchange, "");
  }
}

/** Messages wait there for so many milliseconds and then go back to the end of `queue`. */
export async function declareRetryQueue(channel: Channel, queue: string, pauseMs: number): Promise<void> {
  await channel.assertQueue(retryQueue(queue, pauseMs), {
    durable: true,
    messageTtl: pauseMs,
    deadLetterExchange: "",
    deadLetterRoutingKey: queue,
  });
}

/**
 * Binds queues to the delay exchange where RabbitMQ has the delayed-message plugin. It is optional for us
 * (contract/README "Fix" 4).
 * @returns whether there is a delay exchange
 */
export async function bindToDelayExchange(
  connection: AmqpConnection,
  address: string,
  queues: readonly string[],
): Promise<boolean> {
  const exists =
    (await hasExchange(connection, DELAY_EXCHANGE)) ||
    (await declareDelayExchange(address, `${connection.name} (trying the delay exchange)`));
  if (!exists) return false;
  await connection.withChannel(async (channel) => {
    for (const queue of queues) {
      await declareQueue(channel, queue);
      await channel.bindQueue(queue, DELAY_EXCHANGE, queue);
    }
  });
  return true;
}

async function hasExchange(connection: AmqpConnection, exchange: string): Promise<boolean> {
  try {
    await connection.withChannel((channel) => channel.checkExchange(exchange));
    return true;
  } catch (error) {
    if (brokerCode(error) === 404) return false;
    throw error;
  }
}

/** On a connection to throw away, because without the plugin the broker closes it whole (503). */
async function declareDelayExchange(address: string, name: string): Promise<boolean> {
  const connection = await connect(address, {
    noDelay: true,
    timeout: 3_000,
    clientProperties: { connection_name: name },
  });
  let open = true;
  connection.on("error", () => undefined);
  connection.on("close", () => (open = false));
  try {
    const channel = await connection.createChannel();
    channel.on("error", () => undefined);
    await channel.assertExchange(DELAY_EXCHANGE, "x-delayed-message", {
      durable: true,
      autoDelete: false,
      internal: false,
      arguments: { "x-delayed-type": "direct" },
    });
    return true;
  } catch {
    return false;
  } finally {
    if (open) await within(connection.close(), 1_000);
  }
}

/** Keeps queues bound to the delay exchange over reconnects; says in the log, once, where there is none. */
export function keepDelayBindings(
  connection: AmqpConnection,
  address: string,
  log: Logger,
): { add(queue: string): void; stop(): void } {
  const queues = new Set<string>();
  let exists: boolean | undefined;
  let running = false;
  let again = false;

  async function bind(): Promise<void> {
    if (queues.size === 0 || connection.state() === "down") return;
    again = running;
    if (running) return;
    running = true;
    try {
      const found = await bindToDelayExchange(connection, address, [...queues]);
      if (found !== exists && !found)
        log.info({}, `RabbitMQ has no delayed-message plugin: ${DELAY_EXCHANGE} is not used`);
      exists = found;
    } catch (error) {
      log.debug({ err: error }, "Queues could not be bound to the delay exchange; on the next connection again");
    } finally {
      running = false;
      if (again) void bind();
    }
  }

  const stop = connection.onChange((state) => {
    if (state === "up") void bind();
  });
  return {
    add(queue) {
      queues.add(queue);
      void bind();
    },
    stop,
  };
}

export interface QueueFigures {
  messages: number;
  consumers: number;
}

/** How many messages wait in each queue and how many consumers it has; null for a queue that does not exist. */
export async function inspectQueues(
  connection: AmqpConnection,
  queues: readonly string[],
): Promise<Map<string, QueueFigures | null>> {
  const figures = new Map<string, QueueFigures | null>();
  for (const queue of queues) {
    try {
      const found = await connection.withChannel((channel) => channel.checkQueue(queue));
      figures.set(queue, { messages: found.messageCount, consumers: found.consumerCount });
    } catch (error) {
      if (brokerCode(error) !== 404) throw error;
      figures.set(queue, null);
    }
  }
  return figures;
}
