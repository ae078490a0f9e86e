import { expect, test } from "vitest";
import type { EventHandler } from "./retry";
import { ownAmqp, ownExchange, ownQueue, ready, until, withBroker } from "@/server/testing/amqp";
import { retryQueue } from "./topology";

const LETTER = {
  exchange: "",
  routingKey: "",
  redelivered: false,
  replyTo: undefined,
  correlationId: undefined,
  messageId: undefined,
  headers: {},
};
const POISON = Buffer.from("{not json");

test("a dead letter keeps where it came from and why, and is replayed as it was", async () => {
  const amqp = ownAmqp();
  const queue = ownQueue();
  const copies = ownQueue("copies");
  const seen: object[] = [];
  let poison = true;
  amqp.consume({
    queue,
    prefetch: 10,
    onDelivery(delivery) {
      const { replyTo, correlationId, messageId, headers } = delivery;
      seen.push({ replyTo, correlationId, messageId, trace: headers.trace, text: delivery.body.toString() });
      if (poison) return delivery.deadLetter("not JSON");
      delivery.ack();
    },
  });
  await ready(amqp);
  await withBroker(async (channel) => {
    await channel.assertQueue(copies);
    const properties = { replyTo: "test.nobody", correlationId: "c-1", messageId: "m-1" };
    for (let i = 0; i < 2; i++) {
      channel.sendToQueue(queue, POISON, { ...properties, headers: { trace: "t", CC: [copies] } });
    }
    await channel.checkQueue(queue);
  });
  await until(async () => (await amqp.deadLetters.count()) === 2);
  const [letter, other] = await amqp.deadLetters.peek(10);
  expect(letter).toMatchObject({
    queue,
    exchange: "",
    reason: "not JSON",
    deaths: 1,
    messageId: "m-1",
    size: POISON.length,
    body: POISON,
  });
  expect(Date.parse(letter?.firstDeath ?? "")).toBeGreaterThan(0);
  await until(async () => (await amqp.deadLetters.count()) === 2); // looking at it took nothing away

  poison = false;
  const [id, otherId] = [letter?.id ?? "", other?.id ?? ""];
  expect(await amqp.deadLetters.find(id)).toEqual(letter);
  expect(await amqp.deadLetters.replay({ ids: [id] })).toEqual({ done: [id], refused: [], missing: [] });
  await until(() => seen.length === 3);
  expect(seen[2]).toEqual(seen[0]);
  expect(await amqp.deadLetters.replay({ ids: [id] })).toEqual({ done: [], refused: [], missing: [id] });
  expect(await amqp.deadLetters.discard({ ids: [otherId, id] })).toEqual({
    done: [otherId],
    refused: [],
    missing: [id],
  });
  expect(await amqp.deadLetters.find(otherId)).toBe(null);
  expect(await amqp.deadLetters.count()).toBe(0);
  await withBroker(async (channel) => expect((await channel.checkQueue(copies)).messageCount).toBe(2)); // the sender's alone
});

test("a dead letter whose queue is gone stays", async () => {
  const amqp = ownAmqp();
  const queue = ownQueue();
  const consumer = amqp.consume({ queue, prefetch: 1, onDelivery: () => Promise.reject(new Error("a bug")) });
  await ready(amqp);
  await withBroker((channel) => {
    channel.sendToQueue(queue, POISON);
    return channel.checkQueue(queue);
  });
  await until(async () => (await amqp.deadLetters.count()) === 1);
  const [letter] = await amqp.deadLetters.peek(1);
  expect(letter?.reason).toBe("the handler failed");
  await consumer.drain(1_000);
  await consumer.close();
  await withBroker((channel) => channel.deleteQueue(queue));
  const id = letter?.id ?? "";
  expect(await amqp.deadLetters.replay({ ids: [id] })).toEqual({ done: [], refused: [id], missing: [] });
  await until(async () => (await amqp.deadLetters.count()) === 1);
});

test("many look and act at once, in several processes: each sees every letter, in order, and each is replayed once", async () => {
  const deadLetterQueue = ownQueue("dead-letter");
  const amqps = [ownAmqp({ deadLetterQueue }), ownAmqp({ deadLetterQueue })];
  const [first, second] = amqps;
  const queue = ownQueue();
  await Promise.all(amqps.map(ready));
  await withBroker((channel) => channel.assertQueue(queue, { durable: true }));
  for (let i = 0; i < 20; i++)
    await first?.deadLetters.send({ ...LETTER, queue, body: Buffer.from(String(i)) }, "a reason");
  const looks = await Promise.all([...amqps, ...amqps].map((amqp) => amqp.deadLetters.peek(50)));
  for (const letters of looks)
    expect(letters.map(({ body }) => body.toString())).toEqual(Array.from({ length: 20 }, (_, i) => String(i)));

  const ids = (looks[0] ?? []).map(({ id }) => id);
  const outcomes = await Promise.all([
    first?.deadLetters.replay({ ids: ids.slice(0, 8) }),
    second?.deadLetters.replay({ ids: ids.slice(4, 12) }),
    second?.deadLetters.peek(3),
  ]);
  const replayed = outcomes
    .slice(0, 2)
    .flatMap((outcome) => (outcome !== undefined && "done" in outcome ? outcome.done : []));
  expect(replayed.sort()).toEqual(ids.slice(0, 12).sort());
  await until(async () => (await withBroker((channel) => channel.checkQueue(queue))).messageCount === 12);
  expect((await first?.deadLetters.peek(50))?.map(({ id }) => id)).toEqual(ids.slice(12));
});

test("the oldest are taken in portions, past those that have to stay", async () => {
  const amqp = ownAmqp();
  await ready(amqp);
  const [gone, queue] = [ownQueue("gone"), ownQueue()];
  await withBroker((channel) => channel.assertQueue(queue, { durable: true }));
  for (const to of [gone, queue, gone, queue, queue])
    await amqp.deadLetters.send({ ...LETTER, queue: to, body: POISON }, "a reason");
  const ids = (await amqp.deadLetters.peek(10)).map(({ id }) => id);
  expect(await amqp.deadLetters.replay({ most: 3, skip: 0 })).toEqual({
    done: [ids[1]],
    refused: [ids[0], ids[2]],
    missing: [],
  });
  expect(await amqp.deadLetters.replay({ most: 3, skip: 2 })).toEqual({ done: ids.slice(3), refused: [], missing: [] });
  expect(await amqp.deadLetters.discard({ most: 10, skip: 0 })).toEqual({
    done: [ids[0], ids[2]],
    refused: [],
    missing: [],
  });
  await until(async () => (await amqp.deadLetters.count()) === 0);
});

const event = (type: string, id: number) =>
  Buffer.from(JSON.stringify({ type, publisher: "flow-manager", data_type: "application/json", data: { id } }));

test("an event is tried again after a pause, without holding up the others, and dead-lettered in the end", async () => {
  const amqp = ownAmqp();
  const queue = ownQueue("subscribe");
  const exchange = ownExchange();
  const pausesMs = [20, 40];
  const tries = new Map<unknown, number[]>();
  const handler: EventHandler = ({ data, attempt }) => {
    const id = (data as { id: number }).id;
    tries.set(id, [...(tries.get(id) ?? []), attempt]);
    return id === 1 || (id === 2 && attempt < 3) ? Promise.reject(new Error("not yet")) : Promise.resolve();
  };
  amqp.subscribe({
    queue,
    exchanges: [exchange],
    prefetch: 10,
    pausesMs,
    handlers: { "flow-manager": { flow_deleted: handler } },
  });
  await ready(amqp);
  await withBroker((channel) => {
    for (const id of [1, 2, 3]) channel.publish(exchange, "", event("flow_deleted", id));
    channel.publish(exchange, "", event("flow_created", 4));
    channel.publish(exchange, "", event("toString", 5));
    channel.publish(exchange, "", POISON);
    return channel.checkQueue(queue);
  });
  await until(async () => (await amqp.deadLetters.count()) === 2);
  await until(() => tries.get(2)?.length === 3);
  expect(Object.fromEntries(tries)).toEqual({ 1: [1, 2, 3], 2: [1, 2, 3], 3: [1] });
  const reasons = (await amqp.deadLetters.peek(10)).map((letter) => [letter.reason, letter.exchange, letter.queue]);
  expect(reasons.sort()).toEqual([
    ["failed after 3 attempts: Error", exchange, queue],
    ["the event is not a JSON object with type and publisher", exchange, queue],
  ]);
  await withBroker(async (channel) => {
    for (const pause of pausesMs) await channel.deleteQueue(retryQueue(queue, pause));
  });
});

test("the inbox of a service is bound whether or not its publishers ever ran, and has the platform's flags", async () => {
  const amqp = ownAmqp();
  const queue = ownQueue("subscribe");
  const exchange = ownExchange();
  amqp.subscribe({ queue, exchanges: [exchange], prefetch: 1, handlers: {} });
  await ready(amqp);
  await withBroker(async (channel) => {
    await channel.assertExchange(exchange, "fanout", { durable: true });
    await channel.assertQueue(queue, { durable: true });
  });
});
