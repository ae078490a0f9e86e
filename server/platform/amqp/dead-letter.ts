import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { ConfirmChannel, GetMessage } from "amqplib";
import type { Logger } from "../logger";
import { backOff, isWorthLogging } from "./back-off";
import type { AmqpConnection } from "./connection";
import { brokerCode } from "./errors";
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

/** What became of the letters that somebody asked for: `missing` were not there any more, of `refused` the queue is gone. */
export interface DeadLetterOutcome {
  done: string[];
  refused: string[];
  missing: string[];
}

/** Letters by id; or the oldest `most` that come after the oldest `skip`. */
export type WhichLetters = { ids: readonly string[] } | { most: number; skip: number };

export interface DeadLetters {
  /**
   * Keeps a message in the dead-letter queue. Tries until the broker has it, as long as `isNeeded`.
   * @returns false when it was given up because it is not needed any more
   */
  send(original: ReceivedMessage & { queue: string }, reason: string, isNeeded?: () => boolean): Promise<boolean>;
  /** The oldest ones; they stay where they are. @throws AmqpUnavailableError */
  peek(limit: number): Promise<DeadLetter[]>;
  /** One; it stays where it is. @throws AmqpUnavailableError */
  find(id: string): Promise<DeadLetter | null>;
  /** @throws AmqpUnavailableError */
  count(): Promise<number>;
  /** Puts letters back into their queues, as they were (a request is known again by its receipt). @throws AmqpUnavailableError */
  replay(which: WhichLetters): Promise<DeadLetterOutcome>;
  /** Deletes letters for good. @throws AmqpUnavailableError */
  discard(which: WhichLetters): Promise<DeadLetterOutcome>;
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
/** How deep it is looked for a letter. */
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

  /** One at a time goes through the queue: what it holds meanwhile is out of everybody else's sight. */
  let turn: Promise<unknown> = Promise.resolve();

  /**
   * Goes through the queue from the oldest on. What is not acked is back in its place when the channel closes.
   * @param visit ends it with true
   */
  function browse(
    most: number,
    visit: (message: GetMessage, channel: ConfirmChannel) => boolean | Promise<boolean>,
  ): Promise<void> {
    const work = turn.then(() =>
      connection.withChannel(async (channel) => {
        await takeTurn(connection, queue);
        try {
          await declareQueue(channel, queue);
          for (let i = 0; i < most; i++) {
            const message = await channel.get(queue);
            if (message === false || (await visit(message, channel))) return;
          }
        } finally {
          await giveTurnOn(connection, channel, queue);
        }
      }),
    );
    turn = work.catch(() => undefined);
    return work;
  }

  /** Does something with the letters that are asked for; those it does not take stay. */
  async function work(
    which: WhichLetters,
    take: (message: GetMessage, channel: ConfirmChannel) => Promise<boolean>,
  ): Promise<DeadLetterOutcome> {
    const wanted = "ids" in which ? new Set(which.ids) : null;
    const outcome: DeadLetterOutcome = { done: [], refused: [], missing: [] };
    let passed = 0;
    const most = "ids" in which ? SEARCHED_MOST : which.most + which.skip;
    await browse(most, async (message, channel) => {
      const id = idOf(message);
      const asked = wanted === null ? !("ids" in which) && passed++ >= which.skip : wanted.delete(id);
      if (asked) {
        const taken = await take(message, channel);
        if (taken) channel.ack(message);
        outcome[taken ? "done" : "refused"].push(id);
      }
      return wanted?.size === 0;
    });
    outcome.missing.push(...(wanted ?? []));
    return outcome;
  }

  return {
    send,
    async peek(limit) {
      const letters: DeadLetter[] = [];
      await browse(limit, (message) => {
        letters.push(describe(message));
        return false;
      });
      return letters;
    },
    async find(id) {
      let found: DeadLetter | null = null;
      await browse(SEARCHED_MOST, (message) => {
        if (idOf(message) !== id) return false;
        found = describe(message);
        return true;
      });
      return found;
    },
    count: () =>
      connection.withChannel(async (channel) => {
        await declareQueue(channel, queue);
        return (await channel.checkQueue(queue)).messageCount;
      }),
    async replay(which) {
      const outcome = await work(which, (message, channel) => putBack(channel, message));
      if (outcome.done.length > 0) log.info({ ids: outcome.done }, "Dead letters were replayed");
      return outcome;
    },
    async discard(which) {
      const outcome = await work(which, () => Promise.resolve(true));
      if (outcome.done.length > 0) log.info({ ids: outcome.done }, "Dead letters were discarded");
      return outcome;
    },
  };
}

/** A queue of one connection's alone: whoever has it goes through the dead letters. */
const turnQueue = (queue: string): string => `${queue}.turn`;
const TURN_WAIT_MS = 3_000;
const LOCKED = 405;

/** Waits until nobody else, in whatever process, goes through the queue. It ends with our connection at the latest. */
async function takeTurn(connection: AmqpConnection, queue: string): Promise<void> {
  const end = Date.now() + TURN_WAIT_MS;
  for (;;) {
    try {
      // On a channel of its own: a refusal closes it.
      await connection.withChannel((own) => own.assertQueue(turnQueue(queue), { exclusive: true, durable: false }));
      return;
    } catch (error) {
      if (brokerCode(error) !== LOCKED || Date.now() > end) throw error;
      await sleep(25);
    }
  }
}

async function giveTurnOn(connection: AmqpConnection, channel: ConfirmChannel, queue: string): Promise<void> {
  try {
    await channel.recover(); // what was held is back before anybody else looks
  } catch {
    // The channel is closed, and so it is back.
  }
  await connection.withChannel((own) => own.deleteQueue(turnQueue(queue))).catch(() => undefined);
}

const idOf = (message: GetMessage): string => textOrUndefined(message.properties.messageId) ?? "";

const deathsOf = (headers: Readonly<Record<string, unknown>>): number => {
  const deaths = headers[HEADER.deaths];
  return typeof deaths === "number" ? deaths : 0;
};

function describe(message: GetMessage): DeadLetter {
  const headers = headersOf(message);
  return {
    id: idOf(message),
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
  const onReturn = () => (returned = true); // comes before the confirm
  channel.once("return", onReturn);
  channel.publish("", textOrUndefined(queue) ?? "", message.content, {
    mandatory: true,
    persistent: true,
    contentType: "text/plain",
    messageId: textOrUndefined(messageId),
    correlationId: textOrUndefined(message.properties.correlationId),
    replyTo: textOrUndefined(message.properties.replyTo),
    headers: { ...kept, "x-attempt": 0 },
  });
  try {
    await channel.waitForConfirms();
  } finally {
    channel.off("return", onReturn);
  }
  return !returned;
}
