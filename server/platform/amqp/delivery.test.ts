import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { testServers } from "../config/test-servers";
import { ownAmqp, ownQueue, ready, until, withBroker } from "@/server/testing/amqp";

const HELLO = Buffer.from("hello");

test("a process that is killed leaves no acked request without its reply", async () => {
  const REQUESTS = 2_000;
  const queue = ownQueue("request");
  const replies = ownQueue("reply");
  await withBroker(async (channel) => {
    await channel.assertQueue(queue);
    await channel.assertQueue(replies);
    for (let i = 0; i < REQUESTS; i++)
      channel.sendToQueue(queue, HELLO, { replyTo: replies, correlationId: String(i) });
    await channel.checkQueue(queue);
  });
  const child = fileURLToPath(new URL("../../testing/killed-consumer.ts", import.meta.url));
  const waiting = () => withBroker(async (channel) => (await channel.checkQueue(queue)).messageCount);
  let kills = 0;
  while ((await waiting()) > 0) {
    expect(++kills).toBeLessThan(20);
    const running = spawn(
      process.execPath,
      ["--import", "tsx", child, testServers().rabbitmq, queue, String(100 + kills * 37)],
      { stdio: "inherit" },
    );
    const exited = once(running, "exit");
    while (running.signalCode === null && running.exitCode === null) {
      await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, 100))]);
      if ((await waiting()) === 0) running.kill("SIGKILL");
    }
    await until(async () => (await withBroker((channel) => channel.checkQueue(queue))).consumerCount === 0);
  }
  expect(kills).toBeGreaterThan(3);
  const answered = new Set<string>();
  await withBroker(async (channel) => {
    for (
      let message = await channel.get(replies, { noAck: true });
      message !== false;
      message = await channel.get(replies, { noAck: true })
    ) {
      answered.add(String(message.properties.correlationId));
    }
  });
  expect(answered.size).toBe(REQUESTS);
}, 600_000);

test("draining takes no more messages and waits for those in work", async () => {
  const amqp = ownAmqp();
  const queue = ownQueue();
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const consumer = amqp.consume({
    queue,
    prefetch: 1,
    async onDelivery(delivery) {
      await finished;
      delivery.ack();
    },
  });
  await ready(amqp);
  await until(() =>
    amqp.publishConfirmed([]).then(
      () => true,
      () => false,
    ),
  );
  await amqp.publishConfirmed([HELLO, HELLO].map((body) => ({ exchange: "", routingKey: queue, body })));
  await until(() => consumer.inWork() === 1);
  expect(await consumer.drain(50)).toBe(false);
  const drained = consumer.drain(60_000);
  finish();
  expect(await drained).toBe(true);
  await amqp.close();
  await withBroker(async (channel) => expect((await channel.checkQueue(queue)).messageCount).toBe(1));
});

test("a message without an address for the reply is answered by nobody and acked", async () => {
  const amqp = ownAmqp();
  const queue = ownQueue();
  const answered: boolean[] = [];
  amqp.consume({
    queue,
    prefetch: 1,
    onDelivery(delivery) {
      answered.push(delivery.reply(HELLO));
      delivery.ack();
      delivery.ack();
      delivery.requeue();
    },
  });
  await ready(amqp);
  await withBroker((channel) => {
    channel.sendToQueue(queue, HELLO);
    channel.sendToQueue(queue, HELLO, { replyTo: "test.nobody" });
    channel.sendToQueue(queue, HELLO, { replyTo: "amq.rabbitmq.reply-to.nobody", correlationId: "\u0000 \ufffd" });
    channel.sendToQueue(queue, Buffer.alloc(0), {
      replyTo: "é".repeat(127),
      headers: {
        deep: { a: [{ b: null }] },
        number: 1.5,
        bytes: Buffer.from([0xff]),
        when: { "!": "timestamp", value: 1 },
      },
    });
    return channel.checkQueue(queue);
  });
  await until(() => answered.length === 4);
  expect(answered).toEqual([false, true, true, true]);
  await until(() => amqp.health().queues[0]?.inWork === 0);
  expect(amqp.state()).toBe("up");
});
