import { randomBytes } from "node:crypto";
import type { Message } from "amqplib";
import type { Logger } from "../logger";
import type { AmqpConnection } from "./connection";
import { textOrUndefined } from "./message";

export type AmqpRequestErrorCode = "TIMEOUT" | "QUEUE_MISSING" | "UNAVAILABLE";

/** Why a request has no reply. */
export class AmqpRequestError extends Error {
  override readonly name = "AmqpRequestError";
  /**
   * @param sent whether the request left us, so that it may have taken effect although there is no reply
   */
  constructor(
    readonly code: AmqpRequestErrorCode,
    readonly queue: string,
    readonly sent: boolean,
    message: string,
  ) {
    super(message);
  }
}

export interface RequestOptions {
  /** How long to wait for the reply, in milliseconds; the broker drops a request that was not taken up by then. */
  timeoutMs?: number;
  /** Fail at once when the queue does not exist. True by default. */
  mandatory?: boolean;
  /** How long to wait for a connection, in milliseconds; by default not at all. */
  waitMs?: number;
  headers?: Record<string, unknown>;
}

export interface RequestClient {
  /** @throws AmqpRequestError */
  request(queue: string, body: Buffer, options?: RequestOptions): Promise<Buffer>;
  inFlight(): number;
  close(): Promise<void>;
}

export interface RequestClientOptions {
  connection: AmqpConnection;
  log: Logger;
  /** Requests that may wait for a reply at once; those beyond fail with UNAVAILABLE. */
  inFlightMost?: number;
}

/** RabbitMQ's pseudo queue: replies come back on the channel that asked, without a queue of their own. */
const DIRECT_REPLY_TO = "amq.rabbitmq.reply-to";
/** The platform's usual deadline (contract/messaging.md §2.4). */
const TIMEOUT_MS = 3_000;

interface Pending {
  readonly queue: string;
  readonly timer: NodeJS.Timeout;
  resolve(body: Buffer): void;
  reject(error: AmqpRequestError): void;
}

export function createRequestClient({ connection, log, inFlightMost = 1_000 }: RequestClientOptions): RequestClient {
  const pending = new Map<string, Pending>();
  const prefix = randomBytes(6).toString("base64url");
  let counter = 0;

  /** The request that waits under this id, which then waits no more. Late replies find none and are dropped. */
  const take = (message: Message): Pending | undefined => {
    const id = textOrUndefined(message.properties.correlationId) ?? "";
    const waiting = pending.get(id);
    if (waiting === undefined) return undefined;
    pending.delete(id);
    clearTimeout(waiting.timer);
    return waiting;
  };

  const failAll = (message: string) => {
    const lost = [...pending.values()];
    pending.clear();
    for (const { timer, reject, queue } of lost) {
      clearTimeout(timer);
      reject(new AmqpRequestError("UNAVAILABLE", queue, true, message));
    }
  };

  const channel = connection.keepChannel({
    name: "request-client",
    async setUp(opened) {
      opened.on("return", (message) => {
        const waiting = take(message);
        waiting?.reject(
          new AmqpRequestError("QUEUE_MISSING", waiting.queue, false, `There is no queue ${waiting.queue}.`),
        );
      });
      const onReply = (message: Message | null) => {
        if (message !== null) take(message)?.resolve(message.content);
      };
      await opened.consume(DIRECT_REPLY_TO, onReply, { noAck: true });
    },
    onLost: () => failAll("The connection to RabbitMQ was lost before the reply came."),
  });

  return {
    async request(queue, body, { timeoutMs = TIMEOUT_MS, mandatory = true, waitMs = 0, headers } = {}) {
      const started = Date.now();
      const open = channel.current() ?? (waitMs > 0 ? await channel.ready(Math.min(waitMs, timeoutMs)) : null);
      if (open === null || connection.isBlocked()) {
        throw new AmqpRequestError("UNAVAILABLE", queue, false, "RabbitMQ cannot be reached at the moment.");
      }
      if (pending.size >= inFlightMost) {
        throw new AmqpRequestError(
          "UNAVAILABLE",
          queue,
          false,
          `There are ${inFlightMost} requests without a reply already.`,
        );
      }
      const left = Math.max(1, Math.round(timeoutMs - (Date.now() - started)));
      const correlationId = `${prefix}.${(counter++).toString(36)}`;
      return new Promise<Buffer>((resolve, reject) => {
        const timer = setTimeout(() => {
          pending.delete(correlationId);
          reject(new AmqpRequestError("TIMEOUT", queue, true, `No reply from ${queue} within ${timeoutMs} ms.`));
        }, left);
        pending.set(correlationId, { queue, timer, resolve, reject });
        try {
          open.publish("", queue, body, {
            replyTo: DIRECT_REPLY_TO,
            correlationId,
            mandatory,
            expiration: left,
            contentType: "text/plain",
            headers,
          });
        } catch (error) {
          pending.delete(correlationId);
          clearTimeout(timer);
          log.debug({ err: error, queue }, "A request could not be sent");
          reject(new AmqpRequestError("UNAVAILABLE", queue, false, "The request could not be sent."));
        }
      });
    },
    inFlight: () => pending.size,
    async close() {
      failAll("The process is shutting down.");
      await channel.close();
    },
  };
}
