import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, vi } from "vitest";
import { connect, type ChannelModel } from "amqplib";
import type { ServiceName } from "@/server/kernel/outbox";
import { eventExchange, requestQueue } from "@/server/platform/amqp";
import { openAsker, type Answer, type Asker } from "./asker";
import { bundle, type Bundles } from "./bundle";
import { withChannel } from "./channel";
import type { Point } from "./doomed-worker";
import { startProcess, untilConsumed, type TestProcess } from "./process";
import { openSurroundings, type Surroundings } from "./surroundings";

/** How long a request waits for the workers that it needs, in milliseconds. */
export const PATIENCE_MS = 40_000;

type Environment = Record<string, string>;

interface HeardEvent {
  type: string;
  id: string;
  messageId: unknown;
}

/** Workers that are killed while they serve a service, those that come after them, and the sibling who asked. */
export function crashSite(service: ServiceName) {
  const queue = requestQueue(service);
  let surroundings: Surroundings;
  let bundles: Bundles;
  let asker: Asker;
  let listening: ChannelModel;
  let running: TestProcess | null = null;
  /** Every event that reached a sibling: repeats too. */
  const events: HeardEvent[] = [];
  let heardAll: () => Promise<void>;

  beforeAll(async () => {
    [surroundings, bundles] = await Promise.all([
      openSurroundings(),
      bundle({ "worker.mjs": "server/worker.ts", "doomed-worker.mjs": "server/testing/wire/doomed-worker.ts" }),
    ]);
    await withChannel(surroundings.amqpUrl, (channel) => channel.assertQueue(queue, { durable: true }));
    asker = await openAsker(surroundings.amqpUrl, queue);
    listening = await connect(surroundings.amqpUrl);
    heardAll = await hear(listening, service, events);
  }, 300_000);
  afterEach(stopWorker);
  afterAll(async () => {
    await listening?.close();
    await asker?.close();
    bundles?.remove();
    await surroundings?.close();
  });

  /** Starts one that dies at this line, when so much has come there. @param env what it has otherwise */
  function startDoomed(point: Point, most = 1, env: Environment = {}): TestProcess {
    const args = [point, String(most), service];
    running = startProcess(bundles.path("doomed-worker.mjs"), { ...surroundings.env, ...env }, args);
    return running;
  }
  async function runDoomed(point: Point, most = 1, env: Environment = {}): Promise<void> {
    const doomed = startDoomed(point, most, env);
    const timer = setTimeout(() => doomed.kill("SIGTERM"), PATIENCE_MS);
    const how = await doomed.end();
    clearTimeout(timer);
    running = null;
    expect(how, doomed.output()).toBe("SIGKILL");
  }
  async function runWorker(env: Environment = {}): Promise<void> {
    running = startProcess(bundles.path("worker.mjs"), { ...surroundings.env, ...env });
    await untilConsumed(surroundings.amqpUrl, queue, running);
  }
  async function stopWorker(): Promise<void> {
    await running?.stop();
    running = null;
  }
  const eventsOf = (id: string, type: string): HeardEvent[] =>
    events.filter((event) => event.id === id && event.type === type);
  async function allIsHeard(): Promise<void> {
    await vi.waitFor(
      async () => {
        const [row] = await surroundings.rows<{ count: number }>("select count(*) as count from admin_outbox");
        expect(Number(row?.count)).toBe(0);
      },
      { timeout: PATIENCE_MS },
    );
    await heardAll();
  }

  return {
    queue,
    events,
    surroundings: (): Surroundings => surroundings,
    /** Asks for something, and waits as long as it takes until some worker has answered. */
    call: (method: string, uri: string, data?: object, timeoutMs = PATIENCE_MS): Promise<Answer> =>
      asker.call(method, uri, data, timeoutMs),
    /** Rows of a statement in bin_manager. */
    rows: <Row>(sql: string, params?: unknown[]): Promise<Row[]> => surroundings.rows<Row>(sql, params),
    startDoomed,
    /** The same, and waits until it is dead. */
    runDoomed,
    /** Starts a real one, and waits until it serves. */
    runWorker,
    stopWorker,
    eventsOf,
    /** Waits until every event has left, and has been noticed here as often as it was said. */
    allIsHeard,
    /** Waits until each of the answers has come so many times, and always in the same words. */
    areAnswered: (answers: Answer[], times: number): Promise<void> =>
      vi.waitFor(
        () => expect(answers).toMatchObject(answers.map(() => ({ status_code: 200, count: times, faults: [] }))),
        { timeout: PATIENCE_MS },
      ),
    /** Told once, whatever number of times it was said. */
    async isToldOnce(id: string, type: string): Promise<void> {
      await allIsHeard();
      expect(new Set(eventsOf(id, type).map((event) => event.messageId)).size).toBe(1);
    },
  };
}

/**
 * Writes down what a service tells its siblings.
 * @returns what waits until all that the broker has been given so far is written down
 */
async function hear(
  connection: ChannelModel,
  service: ServiceName,
  events: HeardEvent[],
): Promise<() => Promise<void>> {
  const channel = await connection.createChannel();
  const barriers = new Map<unknown, () => void>();
  await channel.assertExchange(eventExchange(service), "fanout", { durable: true });
  const { queue } = await channel.assertQueue("", { exclusive: true });
  await channel.bindQueue(queue, eventExchange(service), "");
  await channel.consume(
    queue,
    (message) => {
      if (message === null) return;
      const passed = barriers.get(message.properties.messageId);
      if (passed !== undefined) return passed();
      const { type, data } = JSON.parse(message.content.toString()) as { type: string; data: { id: string } };
      events.push({ type, id: data.id, messageId: message.properties.messageId as unknown });
    },
    { noAck: true },
  );
  return () =>
    new Promise((resolve) => {
      const messageId = randomUUID();
      barriers.set(messageId, resolve);
      channel.publish("", queue, Buffer.alloc(0), { messageId });
    });
}
