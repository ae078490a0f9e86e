// A sibling as the platform has them: requests over RabbitMQ, replies on a queue of its own.
import { createRequire } from "node:module";
const amqp = createRequire(import.meta.url)("amqplib");

export const QUEUE = "bin-manager.customer-manager.request";
export const REGISTRAR_QUEUE = "bin-manager.registrar-manager.request";

/** @param {string} amqpUrl @param {{ timeoutMs?: number, target?: string }} options @returns `call(method, uri, data)` resolving to the parsed reply, or null after `timeoutMs` */
export async function openClient(amqpUrl, { timeoutMs = 5_000, target = QUEUE } = {}) {
  const connection = await amqp.connect(`${amqpUrl}?frameMax=131072`, { noDelay: true }); // as the platform's Go services
  const channel = await connection.createChannel();
  await channel.assertQueue(target, { durable: true });
  const { queue } = await channel.assertQueue("", { exclusive: true, autoDelete: true });
  const waiting = new Map();
  let counter = 0;
  await channel.consume(
    queue,
    (message) => message && waiting.get(message.properties.correlationId)?.(message.content),
    { noAck: true },
  );

  return {
    call(method, uri, data) {
      const id = String(counter++);
      const body = Buffer.from(
        JSON.stringify({
          uri,
          method,
          publisher: "bench",
          data_type: "application/json",
          ...(data === undefined ? {} : { data }),
        }),
      );
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          waiting.delete(id);
          resolve(null);
        }, timeoutMs);
        waiting.set(id, (content) => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(JSON.parse(content.toString()));
        });
        channel.publish("", target, body, { replyTo: queue, correlationId: id, contentType: "text/plain" });
      });
    },
    /** Plays agent-manager: no agent has any name. */
    async playAgents() {
      const agents = "bin-manager.agent-manager.request";
      await channel.assertQueue(agents, { durable: true });
      const reply = Buffer.from('{"status_code":200,"data_type":"application/json","data":[]}');
      await channel.consume(
        agents,
        (message) =>
          message &&
          channel.publish("", message.properties.replyTo, reply, { correlationId: message.properties.correlationId }),
        { noAck: true },
      );
    },
    close: () => connection.close(),
  };
}

/** Runs `work` from `concurrency` loops for `seconds`; latencies in milliseconds. */
export async function load(work, { concurrency, seconds }) {
  const latencies = [];
  let failed = 0;
  const started = performance.now();
  const end = started + seconds * 1000;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() < end) {
        const at = performance.now();
        const reply = await work();
        if (reply === null || reply.status_code !== 200) failed++;
        latencies.push(performance.now() - at);
      }
    }),
  );
  const elapsed = (performance.now() - started) / 1000;
  latencies.sort((a, b) => a - b);
  return { calls: latencies.length, rate: latencies.length / elapsed, latencies, failed };
}
