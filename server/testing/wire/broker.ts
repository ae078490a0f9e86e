import { randomUUID } from "node:crypto";
import { connect, type Channel, type ConsumeMessage } from "amqplib";
import { eventExchange, requestQueue } from "@/server/platform/amqp";
import type { Reply, RpcCall, Seen, SiblingAnswer } from "./vectors";

const SIBLINGS = ["agent-manager", "billing-manager", "webhook-manager", "flow-manager"];
const EVENT_SOURCES = ["customer-manager", "number-manager", "outdial-manager", "registrar-manager"];
const BARRIER = "x-barrier";

/** What the played siblings answer unless a scenario says otherwise. The first match wins. */
const DEFAULT_ANSWERS: readonly SiblingAnswer[] = [
  {
    service: "agent-manager",
    match: "^GET /v1/agents",
    reply: { status_code: 200, data_type: "application/json", data: [] },
  },
  {
    service: "billing-manager",
    match: "/is_valid_balance$",
    reply: { status_code: 200, data_type: "application/json", data: { valid: true } },
  },
  {
    service: "webhook-manager",
    match: "^POST /v1/webhooks",
    reply: { status_code: 200, data_type: "application/json" },
  },
];

/** The platform around our services, on a real broker: siblings that ask and answer, and listeners to every event. */
export interface PlayedPlatform {
  events: Seen[];
  siblings: Seen[];
  /** What siblings say from now on, ahead of the defaults. */
  answers: readonly SiblingAnswer[];
  ask(call: RpcCall): Promise<Reply>;
  publishEvent(service: string, body: string): void;
  /** Returns when everything that reached the broker before has been noticed here. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

export async function playPlatform(amqpUrl: string): Promise<PlayedPlatform> {
  const connection = await connect(amqpUrl, { noDelay: true });
  const channel = await connection.createChannel();
  await channel.prefetch(200);
  const barriers = new Map<string, () => void>();
  const waiting = new Map<string, (content: Buffer) => void>();
  /** Places that a barrier has to be sent to, to be sure of what came before it. */
  const places: { exchange: string; routingKey: string }[] = [];

  const listen = async (queue: string, onMessage: (message: ConsumeMessage) => void): Promise<void> => {
    await channel.consume(
      queue,
      (message) => {
        if (message === null) return;
        const barrier: unknown = message.properties.headers?.[BARRIER];
        if (typeof barrier === "string") barriers.get(barrier)?.();
        else onMessage(message);
      },
      { noAck: true },
    );
  };

  const platform: PlayedPlatform = {
    events: [],
    siblings: [],
    answers: [],
    async ask({
      service,
      method,
      uri,
      data,
      publisher = "api_manager",
      data_type = "application/json",
      raw,
      timeoutMs,
    }) {
      const id = randomUUID();
      const body =
        raw ?? JSON.stringify({ uri, method, publisher, data_type, ...(data === undefined ? {} : { data }) });
      let timer: NodeJS.Timeout | undefined;
      const content = await new Promise<Buffer | undefined>((resolve) => {
        waiting.set(id, resolve);
        timer = setTimeout(() => resolve(undefined), timeoutMs ?? 30_000);
        channel.publish("", requestQueue(service), Buffer.from(body), {
          contentType: "text/plain",
          replyTo: replies,
          correlationId: id,
        });
      });
      clearTimeout(timer);
      waiting.delete(id);
      return content === undefined ? { timeout: true } : (parse(content) as Reply);
    },
    publishEvent(service, body) {
      channel.publish(eventExchange(service), "", Buffer.from(body), { contentType: "text/plain" });
    },
    async catchUp() {
      await Promise.all(
        places.map(({ exchange, routingKey }) => {
          const id = randomUUID();
          return new Promise<void>((resolve) => {
            barriers.set(id, () => {
              barriers.delete(id);
              resolve();
            });
            channel.publish(exchange, routingKey, Buffer.alloc(0), { headers: { [BARRIER]: id } });
          });
        }),
      );
    },
    async close() {
      for (const service of SIBLINGS) await channel.deleteQueue(requestQueue(service));
      await connection.close();
    },
  };

  for (const service of [...EVENT_SOURCES, "flow-manager", "webhook-manager"])
    await channel.assertExchange(eventExchange(service), "fanout", { durable: true });
  for (const service of EVENT_SOURCES) {
    const { queue } = await channel.assertQueue("", { exclusive: true, autoDelete: true });
    await channel.bindQueue(queue, eventExchange(service), "");
    await listen(queue, ({ content }) => platform.events.push({ exchange: service, ...(parse(content) as Seen) }));
    places.push({ exchange: "", routingKey: queue });
  }
  for (const service of SIBLINGS) {
    const queue = requestQueue(service);
    await channel.assertQueue(queue, { durable: true });
    await channel.purgeQueue(queue);
    await listen(queue, (message) => {
      const request = parse(message.content) as Seen;
      platform.siblings.push({ service, ...request });
      answerAs(channel, service, `${String(request.method)} ${String(request.uri)}`, message, platform.answers);
    });
    places.push({ exchange: "", routingKey: queue });
  }
  const { queue: replies } = await channel.assertQueue("", { exclusive: true, autoDelete: true });
  await listen(replies, ({ content, properties }) => waiting.get(String(properties.correlationId))?.(content));
  return platform;
}

function answerAs(
  channel: Channel,
  service: string,
  asked: string,
  { properties }: ConsumeMessage,
  answers: readonly SiblingAnswer[],
): void {
  const { replyTo, correlationId } = properties;
  const answer = [...answers, ...DEFAULT_ANSWERS].find(
    (each) => each.service === service && new RegExp(each.match).test(asked),
  );
  if (typeof replyTo !== "string" || answer?.reply === null) return;
  const reply = Buffer.from(JSON.stringify(answer?.reply ?? { status_code: 404, data_type: "" }));
  const send = () => {
    try {
      channel.publish("", replyTo, reply, {
        contentType: "text/plain",
        ...(typeof correlationId === "string" ? { correlationId } : {}),
      });
    } catch {
      // the scenario is over
    }
  };
  if (answer?.delayMs === undefined) send();
  else setTimeout(send, answer.delayMs);
}

export function parse(content: Buffer): unknown {
  const text = content.toString();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return { unparsable: text };
  }
}
