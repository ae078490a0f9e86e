import type { Channel, ChannelModel, ConfirmChannel } from "amqplib";
import type { Logger } from "../logger";
import { backOff, isWorthLogging, within } from "./back-off";

export interface KeepOptions {
  /** For the log. */
  name: string;
  /** Publisher confirms on. */
  confirm?: boolean;
  /** Declares and consumes, on every new channel. When it fails, the channel is opened again after a pause. */
  setUp(channel: ConfirmChannel): Promise<void>;
  /** Called when a channel that had been set up is gone. */
  onLost?(): void;
}

/** A channel that is opened again whenever it, or its connection, is closed. */
export interface KeptChannel<C extends Channel> {
  /** The channel that is set up at the moment, or null. */
  current(): C | null;
  /** The channel, waiting so many milliseconds for it; null when there is none by then. */
  ready(waitMs: number): Promise<C | null>;
  /** Gives the channel up for a new one. */
  renew(): void;
  /** Closes it for good, after all that was written to it has arrived. */
  close(): Promise<void>;
}

interface Source {
  model(): ChannelModel | null;
  onUp(listener: () => void): () => void;
}

/** A channel that lived for less is opened again after a growing pause. Milliseconds. */
const STABLE_AFTER_MS = 1_000;

export function keepChannel(source: Source, options: KeepOptions, log: Logger): KeptChannel<ConfirmChannel> {
  let current: ConfirmChannel | null = null;
  let opening = false;
  let closed = false;
  let attempt = 0;
  let timer: NodeJS.Timeout | null = null;
  let waiters: ((channel: ConfirmChannel | null) => void)[] = [];

  async function open(): Promise<void> {
    const model = source.model();
    if (closed || opening || current !== null || model === null) return;
    opening = true;
    let channel: ConfirmChannel | null = null;
    let alive = true;
    try {
      // without confirms it is a plain channel, which nobody can tell who does not ask for confirms
      channel =
        options.confirm === true
          ? await model.createConfirmChannel()
          : ((await model.createChannel()) as ConfirmChannel);
      const opened = channel;
      let since = 0;
      let failure: Error | undefined;
      opened.on("error", (error) => (failure = error));
      opened.on("handler-error", (error: Error) => log.error({ err: error }, "AMQP listener failed"));
      opened.on("close", () => {
        alive = false;
        if (current !== opened) return;
        current = null;
        if (failure !== undefined) log.warn({ err: failure }, "RabbitMQ closed a channel; opening it again");
        if (Date.now() - since > STABLE_AFTER_MS) attempt = 0;
        options.onLost?.();
        schedule();
      });
      await options.setUp(opened);
      if (!alive || closed) throw failure ?? new Error("The channel was closed while it was set up.");
      since = Date.now();
      current = opened;
      for (const resolve of waiters.splice(0)) resolve(opened);
    } catch (error) {
      if (!closed && source.model() === model && isWorthLogging(attempt + 1))
        log.warn({ err: error }, "An AMQP channel could not be set up; trying again");
      if (channel !== null && alive) await within(channel.close(), 1_000);
      schedule();
    } finally {
      opening = false;
      // the connection may have come back meanwhile, when opening was still in the way
      if (current === null && timer === null) schedule();
    }
  }

  function schedule(): void {
    if (closed || timer !== null || source.model() === null) return;
    timer = setTimeout(() => {
      timer = null;
      void open();
    }, backOff(++attempt));
  }

  const stopListening = source.onUp(() => {
    attempt = 0;
    void open();
  });
  void open();

  return {
    current: () => current,
    ready(waitMs) {
      if (current !== null || closed) return Promise.resolve(current);
      return new Promise((resolve) => {
        const waiter = (channel: ConfirmChannel | null) => {
          clearTimeout(limit);
          resolve(channel);
        };
        const limit = setTimeout(() => {
          waiters = waiters.filter((other) => other !== waiter);
          resolve(null);
        }, waitMs);
        waiters.push(waiter);
      });
    },
    renew() {
      const old = current;
      if (old === null) return;
      current = null;
      options.onLost?.();
      void old.close().catch(() => undefined);
      schedule();
    },
    async close() {
      if (closed) return;
      closed = true;
      stopListening();
      if (timer !== null) clearTimeout(timer);
      for (const resolve of waiters.splice(0)) resolve(null);
      const last = current;
      current = null;
      if (last !== null) {
        await last.close().catch(() => undefined); // it was closed meanwhile
        options.onLost?.();
      }
    },
  };
}
