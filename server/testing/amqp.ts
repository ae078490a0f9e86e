import { randomBytes } from "node:crypto";
import { connect, type Channel } from "amqplib";
import { afterEach, vi } from "vitest";
import { openAmqp, type Amqp, type AmqpOptions } from "@/server/platform/amqp";
import { testServers } from "@/server/platform/config/test-servers";
import { createLogger } from "@/server/platform/logger";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy";

const closings: (() => Promise<unknown>)[] = [];
const deletions: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
  for (const remove of deletions.splice(0)) await remove();
});

export const quiet = createLogger({ level: "silent", process: "test" });

/** Does something on a connection that has nothing to do with what is tested. */
export async function withBroker<T>(work: (channel: Channel) => Promise<T>): Promise<T> {
  const connection = await connect(testServers().rabbitmq, { noDelay: true });
  connection.on("error", () => undefined);
  const channel = await connection.createChannel();
  channel.on("error", () => undefined);
  try {
    return await work(channel);
  } finally {
    await connection.close();
  }
}

/** A queue's name of the test's own; it, and what belongs to it, is deleted afterwards. */
export function ownQueue(purpose = "queue"): string {
  const name = `test.${purpose}.${randomBytes(6).toString("hex")}`;
  deletions.push(() => withBroker((channel) => channel.deleteQueue(name)));
  return name;
}

export function ownExchange(): string {
  const name = `test.event.${randomBytes(6).toString("hex")}`;
  deletions.push(() => withBroker((channel) => channel.deleteExchange(name)));
  return name;
}

/** Messaging as a process has it, but with a dead-letter queue of its own. */
export function ownAmqp(options: Partial<AmqpOptions> = {}): Amqp {
  const amqp = openAmqp({
    address: testServers().rabbitmq,
    name: "test",
    log: quiet,
    deadLetterQueue: ownQueue("dead-letter"),
    ...options,
  });
  closings.push(() => amqp.close());
  return amqp;
}

/** A proxy in front of the broker, and the address through it. */
export async function brokenBroker(): Promise<{ proxy: TcpProxy; address: string }> {
  const url = new URL(testServers().rabbitmq);
  const proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port || 5672) });
  closings.push(() => proxy.close());
  url.hostname = "127.0.0.1";
  url.port = String(proxy.port);
  return { proxy, address: url.toString() };
}

export const until = (condition: () => unknown, timeout = 60_000): Promise<void> =>
  vi.waitFor(
    async () => {
      if (!(await condition())) throw new Error(`This did not come true: ${condition.toString()}`);
    },
    { timeout, interval: 10 },
  );

export const echo = (amqp: Amqp, queue: string) =>
  amqp.consume({
    queue,
    prefetch: 10,
    onDelivery(delivery) {
      delivery.reply(delivery.body);
      delivery.ack();
    },
  });

export const ready = (amqp: Amqp): Promise<void> =>
  until(() => amqp.state() === "up" && amqp.health().queues.every((queue) => queue.consuming));
