import { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, type Channel, type ChannelModel, type ConfirmChannel } from "amqplib";
import type { Logger } from "../logger";
import { backOff, isWorthLogging, within } from "./back-off";
import { AmqpUnavailableError } from "./errors";
import { keepChannel, type KeptChannel, type KeepOptions } from "./kept-channel";

export type ConnectionState = "up" | "down";

export interface AmqpConnectionOptions {
  /** `amqp://user:password@host:5672/vhost` */
  address: string;
  /** Shown by RabbitMQ beside the connection. */
  name: string;
  log: Logger;
}

export interface Broker {
  product: string;
  version: string;
}

/**
 * A connection that is made, and made again, in the background: opening it needs no broker that is up. What is declared
 * and consumed belongs to its kept channels, which set themselves up anew on every connection.
 */
export interface AmqpConnection {
  readonly name: string;
  state(): ConnectionState;
  /** Whether the broker takes no messages at the moment (memory or disk alarm). */
  isBlocked(): boolean;
  /** Which broker it is connected to; null while it is not. */
  broker(): Broker | null;
  /** @returns a function that ends the listening */
  onChange(listener: (state: ConnectionState) => void): () => void;
  keepChannel(options: KeepOptions & { confirm: true }): KeptChannel<ConfirmChannel>;
  keepChannel(options: KeepOptions & { confirm?: false }): KeptChannel<Channel>;
  /**
   * Does something on a channel of its own, for work that may break it or is rare.
   * @throws AmqpUnavailableError while there is no connection, else what the work throws
   */
  withChannel<T>(work: (channel: ConfirmChannel) => Promise<T>): Promise<T>;
  /** Closes kept channels and the connection, so that what was written has arrived. Milliseconds at most. */
  close(deadlineMs?: number): Promise<void>;
}

const HEARTBEAT_SECONDS = 10;
/** What RabbitMQ and the platform's Go services use. */
const FRAME_MOST_BYTES = 131_072;
const HANDSHAKE_MOST_MS = 3_000;

export function openAmqpConnection({ address, name, log }: AmqpConnectionOptions): AmqpConnection {
  const listeners = new Set<(state: ConnectionState) => void>();
  const kept = new Set<KeptChannel<Channel>>();
  const ended = new AbortController();
  let model: ChannelModel | null = null;
  let blocked = false;

  const change = (state: ConnectionState) => {
    for (const listener of [...listeners]) listener(state);
  };

  /** amqplib's own recovery leaves a connection without a listener for errors where it is closed while it connects. */
  async function stayConnected(): Promise<void> {
    let attempt = 0;
    let failures = 0;
    while (!ended.signal.aborted) {
      try {
        const connected = await connect(withDefaults(address), {
          noDelay: true, // without it a round trip takes 42 ms
          keepAlive: true,
          timeout: HANDSHAKE_MOST_MS,
          clientProperties: { connection_name: name },
        });
        const since = Date.now();
        failures = 0;
        await useUntilLost(connected);
        // the first attempt at once, but not over and over at a broker that accepts and then closes
        attempt = Date.now() - since < 1_000 ? 1 : 0;
      } catch (error) {
        if (isWorthLogging(++failures))
          log.warn({ err: error, connection: name, failures }, "RabbitMQ cannot be reached; trying again");
      }
      await sleep(backOff(++attempt), undefined, { signal: ended.signal }).catch(() => undefined);
    }
  }

  async function useUntilLost(connected: ChannelModel): Promise<void> {
    const lost = new Promise<unknown>((resolve) => connected.on("close", resolve));
    connected.on("error", (error) => log.debug({ err: error, connection: name }, "AMQP connection error"));
    connected.on("handler-error", (error: Error) =>
      log.error({ err: error, connection: name }, "AMQP listener failed"),
    );
    if (ended.signal.aborted) {
      await within(connected.close(), HANDSHAKE_MOST_MS);
      return abandon(connected, 0);
    }
    connected.on("blocked", (reason) => {
      blocked = true;
      log.warn({ connection: name, reason }, "RabbitMQ takes no messages at the moment");
    });
    connected.on("unblocked", () => {
      blocked = false;
      log.info({ connection: name }, "RabbitMQ takes messages again");
    });
    writeTogether(connected);
    model = connected;
    blocked = false;
    log.info({ connection: name }, "Connected to RabbitMQ");
    change("up");
    const error = await lost;
    abandon(connected);
    if (ended.signal.aborted) return;
    model = null;
    log.warn({ err: error, connection: name }, "Lost the connection to RabbitMQ; reconnecting");
    change("down");
  }

  stayConnected().catch((error: unknown) =>
    log.error({ err: error, connection: name }, "The AMQP connection could not be set up"),
  );

  const source = {
    model: () => model,
    onUp: (listener: () => void) => {
      const onState = (state: ConnectionState) => {
        if (state === "up") listener();
      };
      listeners.add(onState);
      return () => void listeners.delete(onState);
    },
  };

  function keep(options: KeepOptions & { confirm?: boolean }): KeptChannel<ConfirmChannel> {
    const channel = keepChannel(source, options, log.child({ connection: name, channel: options.name }));
    kept.add(channel);
    return channel;
  }

  return {
    name,
    state: () => (model === null ? "down" : "up"),
    isBlocked: () => blocked,
    broker: () => (model === null ? null : brokerOf(model)),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    keepChannel: keep,
    async withChannel(work) {
      if (model === null) throw new AmqpUnavailableError();
      const channel = await model.createConfirmChannel();
      let open = true;
      let failure: Error | undefined;
      channel.on("error", (error) => (failure = error));
      channel.on("close", () => (open = false));
      try {
        return await work(channel);
      } catch (error) {
        throw failure ?? error;
      } finally {
        if (open) await within(channel.close(), 1_000);
      }
    },
    async close(deadlineMs = 2_000) {
      ended.abort();
      const last = model;
      const closing = (async () => {
        await Promise.all([...kept].map((channel) => channel.close()));
        await last?.close();
      })();
      if (!(await within(closing, deadlineMs)) && last !== null) abandon(last, 0);
      model = null;
      change("down");
      listeners.clear();
    },
  };
}

/** What the broker said of itself when we connected. */
function brokerOf(model: ChannelModel): Broker {
  const properties: unknown = Reflect.get(model.connection, "serverProperties");
  const read = (name: string): string => {
    const value: unknown = typeof properties === "object" && properties !== null ? Reflect.get(properties, name) : "";
    return typeof value === "string" ? value : "";
  };
  return { product: read("product"), version: read("version") };
}

function withDefaults(address: string): string {
  const url = new URL(address);
  // amqplib's own default is 4,096, which cuts a page of a list into half a dozen frames
  if (!url.searchParams.has("frameMax")) url.searchParams.set("frameMax", String(FRAME_MOST_BYTES));
  if (!url.searchParams.has("heartbeat")) url.searchParams.set("heartbeat", String(HEARTBEAT_SECONDS));
  return url.toString();
}

/**
 * amqplib writes each frame by itself, and a system call for each is what an answer costs most. What it writes in one
 * go, a reply and its ack say, leaves together.
 */
function writeTogether(model: ChannelModel): void {
  const stream: unknown = Reflect.get(model.connection, "stream");
  if (!(stream instanceof Duplex)) return;
  const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
  let corked = false;
  stream.write = (...args: unknown[]) => {
    if (!corked) {
      corked = true;
      stream.cork();
      process.nextTick(() => {
        corked = false;
        stream.uncork();
      });
    }
    return write(...args);
  };
}

/** amqplib only half-closes a socket that went silent, which would then linger for minutes. */
function abandon(model: ChannelModel, afterMs = 500): void {
  const stream: unknown = Reflect.get(model.connection, "stream");
  if (stream instanceof Duplex) setTimeout(() => stream.destroy(), afterMs).unref();
}
