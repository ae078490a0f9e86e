import type { Channel, ConsumeMessage } from "amqplib";
import type { Logger } from "../logger";
import { within } from "./back-off";
import type { AmqpConnection } from "./connection";
import type { DeadLetters } from "./dead-letter";
import { headersOf, textOrUndefined, type ReceivedMessage } from "./message";

/**
 * A message in work. It is settled once, by `ack`, `requeue` or `deadLetter`; when the channel that delivered it is
 * gone, settling does nothing, because the broker then delivers it again.
 */
export interface Delivery extends ReceivedMessage {
  readonly queue: string;
  /** Whether the broker still waits for us; false when the channel is gone. */
  isLive(): boolean;
  /**
   * Answers on the channel that delivered, so that the broker has the reply before it sees the ack that follows. Does
   * nothing without `replyTo`. @returns whether a reply was written
   */
  reply(body: Buffer): boolean;
  ack(): void;
  /** Gives it back to the queue, to be delivered again at once. */
  requeue(): void;
  /** Keeps it in the dead-letter queue, then acks it. Waits for the broker as long as the delivery is live. */
  deadLetter(reason: string): Promise<void>;
}

export interface ConsumerOptions {
  connection: AmqpConnection;
  deadLetters: DeadLetters;
  log: Logger;
  queue: string;
  /** How many messages may be in work at once. */
  prefetch: number;
  /** Declares the queue, and what else the consumer needs; on every new channel. */
  declare(channel: Channel): Promise<void>;
  /** Has to settle the delivery. One that it throws on is dead-lettered. */
  onDelivery(delivery: Delivery): void | Promise<void>;
  onRedelivered?(queue: string): void;
}

export interface Consumer {
  readonly queue: string;
  isConsuming(): boolean;
  /** Messages in work. */
  inWork(): number;
  /** Takes no more messages, and waits for those in work. @returns whether all were settled within so many milliseconds */
  drain(deadlineMs: number): Promise<boolean>;
  close(): Promise<void>;
}

/** What the deliveries of one channel share. */
interface Session {
  readonly channel: Channel;
  live: boolean;
}

interface Owner {
  readonly queue: string;
  readonly deadLetters: DeadLetters;
  readonly log: Logger;
  settled(): void;
}

class ChannelDelivery implements Delivery {
  private open = true;

  constructor(
    private readonly owner: Owner,
    private readonly session: Session,
    private readonly message: ConsumeMessage,
  ) {}

  get queue(): string {
    return this.owner.queue;
  }
  get body(): Buffer {
    return this.message.content;
  }
  get exchange(): string {
    return this.message.fields.exchange;
  }
  get routingKey(): string {
    return this.message.fields.routingKey;
  }
  get redelivered(): boolean {
    return this.message.fields.redelivered;
  }
  get replyTo(): string | undefined {
    return textOrUndefined(this.message.properties.replyTo);
  }
  get correlationId(): string | undefined {
    return textOrUndefined(this.message.properties.correlationId);
  }
  get messageId(): string | undefined {
    return textOrUndefined(this.message.properties.messageId);
  }
  get headers(): Readonly<Record<string, unknown>> {
    return headersOf(this.message);
  }

  isLive(): boolean {
    return this.session.live;
  }

  reply(body: Buffer): boolean {
    const { replyTo } = this;
    if (replyTo === undefined || !this.session.live) return false;
    try {
      this.session.channel.publish("", replyTo, body, { correlationId: this.correlationId, contentType: "text/plain" });
      return true;
    } catch (error) {
      // its id or address cannot be encoded again, so that nobody can wait for this reply
      this.owner.log.debug({ err: error, queue: this.queue }, "A reply could not be written");
      return false;
    }
  }

  ack(): void {
    this.settle((channel) => channel.ack(this.message));
  }

  requeue(): void {
    this.settle((channel) => channel.nack(this.message, false, true));
  }

  async deadLetter(reason: string): Promise<void> {
    const kept = await this.owner.deadLetters.send(this, reason, () => this.open && this.session.live);
    if (kept) this.ack();
    else this.settle(() => undefined);
  }

  private settle(send: (channel: Channel) => void): void {
    if (!this.open) return;
    this.open = false;
    if (this.session.live) {
      try {
        send(this.session.channel);
      } catch {
        // the channel is closing: the broker delivers the message again
      }
    }
    this.owner.settled();
  }
}

/** Consumes a queue for good: over reconnects, closed channels, cancels and a queue that was deleted. */
export function startConsumer(options: ConsumerOptions): Consumer {
  const { connection, queue, prefetch, log, deadLetters } = options;
  let session: Session | null = null;
  let consumerTag: string | null = null;
  let draining = false;
  let inWork = 0;
  let whenIdle: (() => void)[] = [];

  const owner: Owner = {
    queue,
    deadLetters,
    log,
    settled() {
      if (--inWork === 0) for (const resolve of whenIdle.splice(0)) resolve();
    },
  };

  const failed = (delivery: Delivery, error: unknown) => {
    log.error({ err: error, queue }, "A message's handler failed; the message is dead-lettered");
    void delivery.deadLetter("the handler failed");
  };

  const onMessage = (from: Session, message: ConsumeMessage | null) => {
    if (message === null) {
      log.warn({ queue }, "RabbitMQ cancelled the consumer; consuming again");
      consumerTag = null;
      void consumeOn(from).catch(() => undefined); // a failure closes the channel, which is then opened again
      return;
    }
    inWork++;
    if (message.fields.redelivered) options.onRedelivered?.(queue);
    const delivery = new ChannelDelivery(owner, from, message);
    try {
      const work = options.onDelivery(delivery);
      if (work instanceof Promise) work.catch((error: unknown) => failed(delivery, error));
    } catch (error) {
      failed(delivery, error);
    }
  };

  async function consumeOn(on: Session): Promise<void> {
    if (draining) return;
    await options.declare(on.channel);
    const { consumerTag: tag } = await on.channel.consume(queue, (message) => onMessage(on, message));
    consumerTag = tag;
  }

  const lost = () => {
    if (session !== null) session.live = false;
    session = null;
    consumerTag = null;
  };

  const kept = connection.keepChannel({
    name: queue,
    async setUp(channel) {
      const opened: Session = { channel, live: true };
      channel.on("close", () => (opened.live = false));
      session = opened;
      await channel.prefetch(prefetch);
      await consumeOn(opened);
    },
    onLost: lost,
  });

  return {
    queue,
    isConsuming: () => consumerTag !== null,
    inWork: () => inWork,
    async drain(deadlineMs) {
      draining = true;
      const started = Date.now();
      const tag = consumerTag;
      consumerTag = null;
      if (session !== null && tag !== null) await within(session.channel.cancel(tag), deadlineMs);
      if (inWork === 0) return true;
      const idle = new Promise<void>((resolve) => whenIdle.push(resolve));
      return within(idle, Math.max(0, deadlineMs - (Date.now() - started)));
    },
    close: () => kept.close(),
  };
}
