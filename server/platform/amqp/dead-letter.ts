import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { ConfirmChannel, GetMessage } from "amqplib";
import type { Logger } from "../logger";
import { backOff, isWorthLogging } from "./back-off";
import type { AmqpConnection } from "./connection";
import { forwardableHeaders, headersOf, textOrUndefined, type ReceivedMessage } from "./message";
import type { Publisher } from "./publisher";
import { DEAD_LETTER_QUEUE, declareQueue } from "./topology";

export interface DeadLetter {
  /** Ours, by which it is replayed. */
  id: string;
  /** The queue it was taken from, and goes back to. */
  queue: string;
  /** The exchange it was published to; `""` for a request. */
  exchange: string;
  reason: string;
  /** When it was dead-lettered first: UTC, ISO 8601. */
  firstDeath: string;
  /** How often it was dead-lettered. */
  deaths: number;
  /** The sender's id of it, where it gave one. */
  messageId: string | undefined;
  size: number;
  /** Its first 16 KiB. It can hold secrets. */
  body: Buffer;
}

export type ReplayResult = "replayed" | "not-found" | "queue-missing";

export interface DeadLetters {
  /**
   * Keeps a message in the dead-letter queue. Tries until the broker has it, as long as `isNeeded`.
   * @returns false when it was given up because it is not needed any more
   */
  send(original: ReceivedMessage & { queue: string }, reason: string, isNeeded?: () => boolean): Promise<boolean>;
  /** The oldest ones; they stay where they are. @throws AmqpUnavailableError */
  peek(limit: number): Promise<DeadLetter[]>;
  /** @throws AmqpUnavailableError */
  count(): Promise<number>;
  /** Puts one back into its queue, as it was (a request is known again by its receipt). @throws AmqpUnavailableError */
  replay(id: string): Promise<ReplayResult>;
  /** Deletes one. @returns whether it was there */
  discard(id: string): Promise<boolean>;
}

export interface DeadLettersOptions {
  connection: AmqpConnection;
  publisher: Publisher;
  log: Logger;
  /** Where they are kept. */
  queue?: string;
  onDeadLetter?(queue: string): void;
}

const BODY_SHOWN = 16_384;
/** How deep `replay` and `discard` look. */
const SEARCHED_MOST = 10_000;

const HEADER = {
  queue: "x-original-queue",
  exchange: "x-original-exchange",
  routingKey: "x-original-routing-key",
  messageId: "x-original-message-id",
  reason: "x-reason",
  firstDeath: "x-first-death",
  deaths: "x-deaths",
} as const;

export function createDeadLetters({
  connection,
  publisher,
  log,
  queue = DEAD_LETTER_QUEUE,
  onDeadLetter,
}: DeadLettersOptions): DeadLetters {
  async function send(
    original: ReceivedMessage & { queue: string },
    reason: string,
    isNeeded = () => true,
  ): Promise<boolean> {
    const headers = forwardableHeaders(original.headers);
    const message = {
      exchange: "",
      routingKey: queue,
      body: original.body,
      persistent: true,
      messageId: randomUUID(),
      correlationId: original.correlationId,
      replyTo: original.replyTo,
      headers: {
        ...headers,
        [HEADER.queue]: original.queue,
        [HEADER.exchange]: headers[HEADER.exchange] ?? original.exchange,
        [HEADER.routingKey]: headers[HEADER.routingKey] ?? original.routingKey,
        [HEADER.reason]: reason.slice(0, 500),
        [HEADER.firstDeath]: headers[HEADER.firstDeath] ?? new Date().toISOString(),
        [HEADER.deaths]: deathsOf(headers) + 1,
        ...(original.messageId === undefined ? {} : { [HEADER.messageId]: original.messageId }),
      },
    };
    for (let attempt = 1; isNeeded(); attempt++) {
      try {
        await connection.withChannel((channel) => declareQueue(channel, queue));
        await publisher.publishConfirmed([message]);
        log.warn(
          { queue: original.queue, reason, id: message.messageId, bytes: original.body.length },
          "A message was dead-lettered",
        );
        onDeadLetter?.(original.queue);
        return true;
      } catch (error) {
        if (isWorthLogging(attempt))
          log.warn({ err: error, queue: original.queue, reason }, "A message could not be dead-lettered; trying again");
        await sleep(backOff(attempt + 1));
      }
    }
    return false;
  }

  /** Goes through the queue from the oldest on. What is not acked is back in its place when the channel closes. */
  const browse = <T>(
    limit: number,
    visit: (message: GetMessage, channel: ConfirmChannel) => Promise<T | undefined>,
  ): Promise<T | undefined> =>
    connection.withChannel(async (channel) => {
      await declareQueue(channel, queue);
      for (let i = 0; i < limit; i++) {
        const message = await channel.get(queue);
        if (message === false) return undefined;
        const result = await visit(message, channel);
        if (result !== undefined) return result;
      }
      return undefined;
    });

  return {
    send,
    async peek(limit) {
      const found: DeadLetter[] = [];
      await browse(limit, (message) => {
        found.push(describe(message));
        return Promise.resolve(undefined);
      });
      return found;
    },
    count: () =>
      connection.withChannel(async (channel) => {
        await declareQueue(channel, queue);
        return (await channel.checkQueue(queue)).messageCount;
      }),
    async replay(id) {
      const result = await browse(SEARCHED_MOST, async (message, channel): Promise<ReplayResult | undefined> => {
        if (message.properties.messageId !== id) return undefined;
        if (!(await putBack(channel, message))) return "queue-missing";
        channel.ack(message);
        return "replayed";
      });
      if (result === "replayed") log.info({ id }, "A dead letter was replayed");
      return result ?? "not-found";
    },
    async discard(id) {
      const result = await browse(SEARCHED_MOST, (message, channel) => {
        if (message.properties.messageId !== id) return Promise.resolve(undefined);
        channel.ack(message);
        return Promise.resolve(true);
      });
      if (result === true) log.info({ id }, "A dead letter was discarded");
      return result ?? false;
    },
  };
}

const deathsOf = (headers: Readonly<Record<string, unknown>>): number => {
  const deaths = headers[HEADER.deaths];
  return typeof deaths === "number" ? deaths : 0;
};

function describe(message: GetMessage): DeadLetter {
  const headers = headersOf(message);
  return {
    id: textOrUndefined(message.properties.messageId) ?? "",
    queue: textOrUndefined(headers[HEADER.queue]) ?? "",
    exchange: textOrUndefined(headers[HEADER.exchange]) ?? "",
    reason: textOrUndefined(headers[HEADER.reason]) ?? "",
    firstDeath: textOrUndefined(headers[HEADER.firstDeath]) ?? "",
    deaths: deathsOf(headers),
    messageId: textOrUndefined(headers[HEADER.messageId]),
    size: message.content.length,
    body: Buffer.from(message.content.subarray(0, BODY_SHOWN)),
  };
}

/** @returns false when the queue does not exist any more */
async function putBack(channel: ConfirmChannel, message: GetMessage): Promise<boolean> {
  const headers = forwardableHeaders(headersOf(message));
  const { [HEADER.queue]: queue, [HEADER.messageId]: messageId, [HEADER.reason]: _reason, ...kept } = headers;
  let returned = false;
  channel.once("return", () => (returned = true)); // comes before the confirm
  channel.publish("", textOrUndefined(queue) ?? "", message.content, {
    mandatory: true,
    persistent: true,
    contentType: "text/plain",
    messageId: textOrUndefined(messageId),
    correlationId: textOrUndefined(message.properties.correlationId),
    replyTo: textOrUndefined(message.properties.replyTo),
    headers: { ...kept, "x-attempt": 0 },
  });
  await channel.waitForConfirms();
  return !returned;
}
