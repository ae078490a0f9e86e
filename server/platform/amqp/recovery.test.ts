import { setTimeout as sleep } from "node:timers/promises";
import type { Channel } from "amqplib";
import { expect, test } from "vitest";
import { brokenBroker, echo, ownAmqp, ownExchange, ownQueue, ready, until, withBroker } from "@/server/testing/amqp";

const HELLO = Buffer.from("hello");
/** Longer than a test may take: whatever waits so long fails. */
const NO_END = { timeoutMs: 600_000, waitMs: 60_000 };
/** For what waits for a connection as well, beside whatever else the machine does. */
const PATIENCE = { timeoutMs: 60_000, waitMs: 60_000 };

test("requests are served again after the connection was cut, many times over", async () => {
  const { proxy, address } = await brokenBroker();
  const server = ownAmqp({ address });
  const client = ownAmqp();
  const queue = ownQueue();
  echo(server, queue);
  await ready(server);
  await ready(client);
  for (let i = 0; i < 5; i++) {
    proxy.cut();
    const reply = await client.request(queue, HELLO, PATIENCE);
    expect(reply.toString()).toBe("hello");
  }
});

test("a process starts while the broker is down, and serves within seconds once it is up", async () => {
  const { proxy, address } = await brokenBroker();
  proxy.refuse();
  const amqp = ownAmqp({ address });
  const queue = ownQueue();
  echo(amqp, queue);
  expect(amqp.state()).toBe("down");
  await expect(amqp.request(queue, HELLO)).rejects.toMatchObject({ code: "UNAVAILABLE", sent: false });
  await expect(amqp.publishConfirmed([{ exchange: "", routingKey: queue, body: HELLO }])).rejects.toThrow("RabbitMQ");
  const changes: string[] = [];
  amqp.onChange((state) => changes.push(state));
  proxy.resume();
  await ready(amqp);
  expect(changes).toEqual(["up"]);
  expect((await amqp.request(queue, HELLO, PATIENCE)).toString()).toBe("hello");
});

test("a request that waits for a connection is sent when it comes", async () => {
  const { proxy, address } = await brokenBroker();
  proxy.refuse();
  const server = ownAmqp();
  const queue = ownQueue();
  echo(server, queue);
  await ready(server);
  const client = ownAmqp({ address });
  const reply = client.request(queue, HELLO, PATIENCE);
  proxy.resume();
  expect((await reply).toString()).toBe("hello");
});

test("a request in flight fails at once when the connection is lost", async () => {
  const { proxy, address } = await brokenBroker();
  const queue = ownQueue();
  await withBroker((channel) => channel.assertQueue(queue));
  const client = ownAmqp({ address });
  await ready(client);
  const lost = expect(client.request(queue, HELLO, NO_END)).rejects.toMatchObject({
    code: "UNAVAILABLE",
    sent: true,
  });
  await until(() => client.requestsInFlight() === 1);
  proxy.cut();
  await lost;
});

test("a channel that the broker closed is opened again, and its unsettled message is delivered again", async () => {
  const amqp = ownAmqp();
  const queue = ownQueue();
  let channel: Channel | undefined;
  const seen: boolean[] = [];
  amqp.consume({
    queue,
    prefetch: 10,
    declare: (opened) => Promise.resolve(void (channel = opened)),
    onDelivery(delivery) {
      seen.push(delivery.redelivered);
      if (delivery.redelivered) return delivery.ack();
      const broken = channel;
      // an ack of what was never delivered: the broker closes the channel with 406
      broken?.ack({ fields: { deliveryTag: 999_999 } } as Parameters<Channel["ack"]>[0]);
      broken?.once("close", () => delivery.ack()); // an ack too late
    },
  });
  await ready(amqp);
  await amqp.publishConfirmed([{ exchange: "", routingKey: queue, body: HELLO }]);
  await until(() => seen.length === 2);
  expect(seen).toEqual([false, true]);
  await until(() => amqp.health().queues[0]?.inWork === 0);
  await until(async () => (await amqp.inspectQueues([queue])).get(queue)?.messages === 0);
});

test("a queue that is deleted is declared and consumed again", async () => {
  const amqp = ownAmqp();
  const queue = ownQueue();
  const consumer = echo(amqp, queue);
  await ready(amqp);
  for (let i = 0; i < 3; i++) {
    await withBroker((channel) => channel.deleteQueue(queue));
    await until(async () => (await amqp.inspectQueues([queue])).get(queue)?.consumers === 1);
    await until(() => consumer.isConsuming()); // the broker knows it a moment before we do
    expect((await amqp.request(queue, HELLO, PATIENCE)).toString()).toBe("hello");
  }
});

test("messages are published in order and confirmed, and a lost connection is told", async () => {
  const { proxy, address } = await brokenBroker();
  const exchange = ownExchange();
  const queue = ownQueue();
  const amqp = ownAmqp({ address, exchanges: [exchange] });
  const batch = (from: number) =>
    Array.from({ length: 500 }, (_, i) => ({
      exchange,
      routingKey: "",
      body: Buffer.from(String(from + i)),
      messageId: String(from + i),
      persistent: true,
    }));
  await until(() =>
    amqp.publishConfirmed([]).then(
      () => true,
      () => false,
    ),
  );
  await withBroker(async (channel) => {
    await channel.assertQueue(queue);
    await channel.bindQueue(queue, exchange, "");
  });
  await amqp.publishConfirmed(batch(0));
  proxy.stall();
  const lost = expect(amqp.publishConfirmed(batch(500))).rejects.toThrow("RabbitMQ");
  proxy.cut();
  await lost;
  proxy.resume();
  await until(() =>
    amqp.publishConfirmed(batch(500)).then(
      () => true,
      () => false,
    ),
  );
  const ids: number[] = [];
  await withBroker(async (channel) => {
    for (
      let message = await channel.get(queue, { noAck: true });
      message !== false;
      message = await channel.get(queue, { noAck: true })
    )
      ids.push(Number(message.content.toString()));
  });
  expect(ids.slice(0, 500)).toEqual(Array.from({ length: 500 }, (_, i) => i));
  expect(ids.slice(-500)).toEqual(Array.from({ length: 500 }, (_, i) => 500 + i));
});

test("publishing to an exchange that does not exist is told, and does no harm to what follows", async () => {
  const amqp = ownAmqp();
  const queue = ownQueue();
  await withBroker((channel) => channel.assertQueue(queue));
  await ready(amqp);
  await until(() =>
    amqp.publishConfirmed([]).then(
      () => true,
      () => false,
    ),
  );
  await expect(amqp.publishConfirmed([{ exchange: "test.missing", routingKey: "", body: HELLO }])).rejects.toThrow(
    "RabbitMQ",
  );
  await until(() =>
    amqp.publishConfirmed([{ exchange: "", routingKey: queue, body: HELLO }]).then(
      () => true,
      () => false,
    ),
  );
});

test("a connection that went silent is given up, and what follows is served", async () => {
  const { proxy, address } = await brokenBroker();
  const queue = ownQueue();
  const amqp = ownAmqp({ address: `${address}?heartbeat=3` });
  echo(amqp, queue);
  await ready(amqp);
  await amqp.request(queue, HELLO, PATIENCE);
  proxy.stall();
  const lost = expect(amqp.request(queue, HELLO, NO_END)).rejects.toMatchObject({
    code: "UNAVAILABLE",
    sent: true,
  });
  await lost;
  proxy.resume();
  await ready(amqp);
  expect((await amqp.request(queue, HELLO, PATIENCE)).toString()).toBe("hello");
});

test("a process may end while it connects, whatever becomes of that connection", async () => {
  const { proxy, address } = await brokenBroker();
  for (let i = 0; i < 40; i++) {
    proxy.stall();
    const amqp = ownAmqp({ address });
    await until(() => proxy.connections() > 0);
    const closed = amqp.close();
    proxy.resume();
    await sleep(i / 4);
    proxy.cut();
    await closed;
  }
});
