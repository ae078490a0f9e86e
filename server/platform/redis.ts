import { Redis } from "ioredis";
import type { Cache } from "@/server/kernel/cache";
import { backOff, isWorthLogging } from "./amqp/back-off";
import type { Hidden } from "./hidden";
import type { Logger } from "./logger";

export interface RedisOptions {
  host: string;
  port: number;
  password: Hidden<string> | null;
  database: number;
  log: Logger;
  /** How long an answer may take before Redis counts as gone. Milliseconds. */
  timeoutMs?: number;
  /** In front of every key and channel; the version changes with the meaning of what is kept. */
  prefix?: string;
  onLookup?(hit: boolean): void;
}

/**
 * Redis, which may vanish at any time: nothing here throws or waits for it to come back. While it is down every
 * operation is through at once, as a miss or as false.
 */
export interface RedisClient extends Cache {
  /** The value, or null: there is none, it was dropped a moment ago, or Redis is down. */
  get(key: string): Promise<string | null>;
  /** Keeps a value that was read from the database, unless there is one, or the key was dropped a moment ago. */
  fill(key: string, value: string, ttlSeconds: number): Promise<void>;
  /** Forgets keys after a change. @returns false when Redis did not take it, and may still hold the old values */
  drop(keys: readonly string[]): Promise<boolean>;
  /** Counts one more under a key that is forgotten after so many seconds. @returns the count, 0 while Redis is down */
  count(key: string, ttlSeconds: number): Promise<number>;
  /** @returns whether Redis took it */
  publish(channel: string, message: string): Promise<boolean>;
  /** Hears a channel, over reconnects. What was published meanwhile is lost. @returns a function that ends it */
  subscribe(channel: string, listener: (message: string) => void): () => void;
  ping(): Promise<boolean>;
  /** Null while it is down. */
  serverVersion(): Promise<string | null>;
  state(): "up" | "down";
  onChange(listener: (state: "up" | "down") => void): () => void;
  /** Waits until it is up, so many milliseconds at most. @returns whether it is */
  ready(waitMs: number): Promise<boolean>;
  /** The client itself, for what is not a cache (rate limits); it refuses commands while Redis is down. */
  readonly client: Redis;
  close(): Promise<void>;
}

const PREFIX = "vbadm:1:";
/** Stands for a key that was just dropped: a fill with what was read before the change is refused by it. */
const TOMBSTONE = "-";
/** Longer than any read that began before a change can take to fill. Milliseconds. */
const TOMBSTONE_MS = 10_000;
const DROPPED_AT_ONCE = 1_000;

export function openRedis(options: RedisOptions): RedisClient {
  const { log, timeoutMs = 100, prefix = PREFIX, onLookup } = options;
  const listeners = new Set<(state: "up" | "down") => void>();
  const subscriptions = new Map<string, Set<(message: string) => void>>();
  let subscriber: Redis | null = null;
  let closed = false;
  let isUp = false;

  const connect = (purpose: string, automaticPipelines: boolean): Redis => {
    const client = new Redis({
      host: options.host,
      port: options.port,
      password: options.password?.reveal(),
      db: options.database,
      connectionName: `voipbin-admin:${purpose}`,
      enableAutoPipelining: automaticPipelines,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false, // an old fill must not arrive after a drop
      maxRetriesPerRequest: 0,
      connectTimeout: 1_000,
      commandTimeout: timeoutMs,
      retryStrategy: (times) => (closed ? null : backOff(times)),
      reconnectOnError: (error) => error.message.startsWith("READONLY"),
    });
    let failures = 0;
    client.on("error", (error: Error) => {
      if (isWorthLogging(++failures))
        log.warn({ err: error, connection: purpose, failures }, "Redis cannot be reached; trying again");
    });
    client.on("ready", () => {
      if (failures > 0) log.info({ connection: purpose }, "Redis is reached again");
      failures = 0;
    });
    return client;
  };

  /** Of the server that answers, in front of every key: what an earlier run of it, or a replica, still holds was not told of our changes. */
  let run = "0";
  const keyed = (key: string): string => `${prefix}${run}:${key}`;

  const client = connect("commands", true);
  const change = (up: boolean) => {
    if (isUp === up) return;
    isUp = up;
    for (const listener of [...listeners]) listener(up ? "up" : "down");
  };
  let connectionId: number | null = null;
  client.on("ready", () => void welcome());

  /** Keys whose drop did not arrive. They are dropped before anything is read again. */
  const undropped = new Set<string>();
  const tombstones = (keys: readonly string[]): Promise<unknown> =>
    Promise.all(keys.map((key) => client.set(keyed(key), TOMBSTONE, "PX", TOMBSTONE_MS)));

  async function welcome(): Promise<void> {
    try {
      run = /run_id:(\w{8})/.exec(await client.info("server"))?.[1] ?? "0";
      while (undropped.size > 0) {
        const keys = [...undropped].slice(0, DROPPED_AT_ONCE);
        await tombstones(keys);
        for (const key of keys) undropped.delete(key);
      }
    } catch (error) {
      failed(error);
      if (client.status === "ready") client.disconnect(true);
      return;
    }
    change(true);
    await endFormerConnection();
  }
  client.on("close", () => change(false));

  /** What a connection that went silent still holds must not arrive when the tombstones are gone. */
  async function endFormerConnection(): Promise<void> {
    const former = connectionId;
    connectionId = await attempt(() => client.client("ID"), null);
    if (former !== null && connectionId !== null) await attempt(() => client.client("KILL", "ID", former), null);
  }

  let answers = 0;
  const failed = (error: unknown): void => {
    if (!(error instanceof Error)) return;
    if (error.message !== "Command timed out") {
      log.debug({ err: error }, "A Redis command failed");
      return;
    }
    // Perhaps it was us who were busy; then answers are waiting to be read.
    const before = answers;
    setTimeout(() => {
      if (!isUp || answers !== before) return;
      log.warn({ timeoutMs }, "Redis does not answer in time; connecting anew");
      change(false);
      client.disconnect(true);
    }, 5);
  };

  /** Runs a command unless Redis is down; whatever goes wrong is `otherwise`. */
  async function attempt<T, Else>(command: () => Promise<T>, otherwise: Else): Promise<T | Else> {
    if (!isUp) return otherwise;
    try {
      const result = await command();
      answers++;
      return result;
    } catch (error) {
      failed(error);
      return otherwise;
    }
  }

  function subscriberClient(): Redis {
    if (subscriber !== null) return subscriber;
    const opened = connect("subscriptions", false);
    opened.on("message", (channel: string, message: string) => {
      for (const listener of [...(subscriptions.get(channel) ?? [])]) listener(message);
    });
    opened.on("ready", () => {
      const channels = [...subscriptions.keys()];
      if (channels.length > 0) opened.subscribe(...channels).catch(failed);
    });
    return (subscriber = opened);
  }

  return {
    client,
    async get(key) {
      const value = await attempt(() => client.get(keyed(key)), null);
      const hit = value !== null && value !== TOMBSTONE;
      onLookup?.(hit);
      return hit ? value : null;
    },
    async fill(key, value, ttlSeconds) {
      await attempt(() => client.set(keyed(key), value, "EX", ttlSeconds, "NX"), null);
    },
    async drop(keys) {
      if (keys.length === 0) return true;
      if ((await attempt(() => tombstones(keys), null)) !== null) return true;
      for (const key of keys) undropped.add(key);
      return false;
    },
    async count(key, ttlSeconds) {
      const counted = await attempt(
        () => Promise.all([client.incr(keyed(key)), client.expire(keyed(key), ttlSeconds)]),
        null,
      );
      return counted?.[0] ?? 0;
    },
    async publish(channel, message) {
      return (await attempt(() => client.publish(prefix + channel, message), null)) !== null;
    },
    subscribe(channel, listener) {
      const name = prefix + channel;
      const on = subscriberClient();
      const others = subscriptions.get(name);
      if (others === undefined) {
        subscriptions.set(name, new Set([listener]));
        if (on.status === "ready") on.subscribe(name).catch(failed);
      } else {
        others.add(listener);
      }
      return () => {
        const left = subscriptions.get(name);
        if (left?.delete(listener) !== true || left.size > 0) return;
        subscriptions.delete(name);
        if (on.status === "ready") on.unsubscribe(name).catch(failed);
      };
    },
    ping: async () => (await attempt(() => client.ping(), null)) === "PONG",
    async serverVersion() {
      const info = await attempt(() => client.info("server"), null);
      return info === null ? null : (/^(?:redis|valkey)_version:(\S+)/m.exec(info)?.[1] ?? "");
    },
    state: () => (isUp ? "up" : "down"),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    ready(waitMs) {
      if (isUp) return Promise.resolve(true);
      return new Promise((resolve) => {
        const done = (up: boolean) => {
          clearTimeout(timer);
          listeners.delete(onState);
          resolve(up);
        };
        const onState = (state: "up" | "down") => {
          if (state === "up") done(true);
        };
        const timer = setTimeout(() => done(false), waitMs);
        listeners.add(onState);
      });
    },
    async close() {
      closed = true;
      isUp = false;
      listeners.clear();
      subscriber?.disconnect();
      // what was written has arrived when QUIT is answered
      if (client.status === "ready") await client.quit().catch(() => undefined);
      client.disconnect();
    },
  };
}
