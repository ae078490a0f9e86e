import { expect, test } from "vitest";
import { echo, ownAmqp, ownQueue, ready, until, withBroker } from "@/server/testing/amqp";

const HELLO = Buffer.from("hello");

test("a request to a queue that does not exist fails at once", async () => {
  const amqp = ownAmqp();
  await ready(amqp);
  const started = performance.now();
  await expect(amqp.request("test.nowhere", HELLO, { timeoutMs: 600_000, waitMs: 60_000 })).rejects.toMatchObject({
    code: "QUEUE_MISSING",
    sent: false,
  });
  expect(performance.now() - started).toBeLessThan(5_000);
});

test("a request that nobody answers times out, is not executed later, and a late reply harms nobody", async () => {
  const amqp = ownAmqp();
  const queue = ownQueue();
  await withBroker((channel) => channel.assertQueue(queue));
  await ready(amqp);
  await amqp.request("test.nowhere", HELLO, { timeoutMs: 60_000, waitMs: 60_000 }).catch(() => undefined); // can be asked
  await expect(amqp.request(queue, HELLO, { timeoutMs: 50 })).rejects.toMatchObject({ code: "TIMEOUT", sent: true });
  const bodies: string[] = [];
  amqp.consume({
    queue,
    prefetch: 10,
    onDelivery(delivery) {
      bodies.push(delivery.body.toString());
      const answer = () => {
        delivery.reply(delivery.body);
        delivery.ack();
      };
      if (delivery.body.toString() === "slow") void until(() => amqp.requestsInFlight() === 0).then(answer);
      else answer();
    },
  });
  await ready(amqp);
  await expect(amqp.request(queue, Buffer.from("slow"), { timeoutMs: 2_000 })).rejects.toMatchObject({
    code: "TIMEOUT",
  });
  await until(() => amqp.health().queues[0]?.inWork === 0);
  expect((await amqp.request(queue, Buffer.from("quick"), { timeoutMs: 60_000 })).toString()).toBe("quick");
  expect(bodies).toEqual(["slow", "quick"]);
});

test("thousands of requests at once get their own replies, large ones too", async () => {
  const amqp = ownAmqp({ inFlightMost: 2_000 });
  const queue = ownQueue();
  echo(amqp, queue);
  await ready(amqp);
  await amqp.request(queue, HELLO, { timeoutMs: 60_000, waitMs: 60_000 });
  const replies = await Promise.all(
    Array.from({ length: 2_000 }, (_, i) => amqp.request(queue, Buffer.from(String(i)), { timeoutMs: 60_000 })),
  );
  expect(replies.map((reply) => Number(reply.toString()))).toEqual(Array.from({ length: 2_000 }, (_, i) => i));
  const large = Buffer.alloc(10_000_000, "x");
  expect((await amqp.request(queue, large, { timeoutMs: 60_000 })).equals(large)).toBe(true);
});

test("no more requests wait than allowed", async () => {
  const amqp = ownAmqp({ inFlightMost: 1 });
  const queue = ownQueue();
  await withBroker((channel) => channel.assertQueue(queue));
  await ready(amqp);
  const first = amqp.request(queue, HELLO, { timeoutMs: 60_000, waitMs: 60_000 });
  await until(() => amqp.requestsInFlight() === 1);
  await expect(amqp.request(queue, HELLO)).rejects.toMatchObject({ code: "UNAVAILABLE", sent: false });
  echo(amqp, queue);
  expect((await first).toString()).toBe("hello");
});
