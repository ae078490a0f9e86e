import type { Logger } from "../logger";
import type { AmqpConnection } from "./connection";
import { AmqpUnavailableError } from "./errors";
import { declareEventExchange } from "./topology";

export interface OutgoingMessage {
  /** `""` for the default exchange, where the routing key is the queue's name. */
  exchange: string;
  routingKey: string;
  body: Buffer;
  messageId?: string;
  correlationId?: string;
  replyTo?: string;
  persistent?: boolean;
  headers?: Record<string, unknown>;
}

export interface Publisher {
  /**
   * Publishes in order and waits until the broker has taken every message. After a failure any of them may have been
   * taken, so they are to be published again, with the same ids.
   * @throws AmqpUnavailableError when the connection is down, is lost, or the broker refuses or does not confirm in time
   */
  publishConfirmed(messages: readonly OutgoingMessage[]): Promise<void>;
  close(): Promise<void>;
}

export interface PublisherOptions {
  connection: AmqpConnection;
  log: Logger;
  /** Event exchanges that have to exist. */
  exchanges?: readonly string[];
  /** How long a batch may wait for its confirms. Milliseconds. */
  timeoutMs?: number;
}

export function createPublisher({ connection, log, exchanges = [], timeoutMs = 10_000 }: PublisherOptions): Publisher {
  const channel = connection.keepChannel({
    name: "publisher",
    confirm: true,
    async setUp(opened) {
      for (const exchange of exchanges) await declareEventExchange(opened, exchange);
    },
  });

  return {
    publishConfirmed(messages) {
      const open = channel.current();
      if (open === null) return Promise.reject(new AmqpUnavailableError());
      if (messages.length === 0) return Promise.resolve();
      return new Promise((resolve, reject) => {
        let waiting = messages.length;
        let failure: unknown;
        const timer = setTimeout(() => {
          log.warn({ messages: messages.length, waiting }, "RabbitMQ did not confirm in time");
          if (!connection.isBlocked()) channel.renew();
          reject(new AmqpUnavailableError("RabbitMQ did not confirm in time."));
        }, timeoutMs);
        const settle = (error: unknown) => {
          failure ??= error;
          if (--waiting > 0) return;
          clearTimeout(timer);
          if (failure === undefined || failure === null) resolve();
          else reject(new AmqpUnavailableError("RabbitMQ did not take the messages.", { cause: failure }));
        };
        try {
          for (const { exchange, routingKey, body, ...properties } of messages) {
            open.publish(exchange, routingKey, body, { ...properties, contentType: "text/plain" }, settle);
          }
        } catch (error) {
          clearTimeout(timer);
          reject(connection.state() === "down" ? new AmqpUnavailableError(undefined, { cause: error }) : error);
        }
      });
    },
    close: () => channel.close(),
  };
}
