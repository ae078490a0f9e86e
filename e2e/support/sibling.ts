import { randomUUID } from "node:crypto";
import { connect } from "amqplib";
import { environment } from "./environment";

const REQUESTS = "bin-manager.customer-manager.request";
const EVENTS = "bin-manager.customer-manager.event";
const REPLY_TO = "amq.rabbitmq.reply-to";
const PATIENCE_MS = 60_000;

export interface WireReply {
  status_code: number;
  data?: unknown;
}

export interface WireEvent {
  type: string;
  publisher: string;
  data: Record<string, unknown>;
}

/** Another service of the platform: it speaks RabbitMQ as the Go services do, and hears every event from its start on. */
export interface Sibling {
  call(method: string, uri: string, data?: unknown): Promise<WireReply>;
  /** Types of the events about a record so far, in order. */
  heard(id: string): string[];
  events(type: string): WireEvent[];
  close(): Promise<void>;
}

export async function openSibling(): Promise<Sibling> {
  const connection = await connect(environment.rabbitmq(), { noDelay: true });
  const channel = await connection.createChannel();
  const waiting = new Map<string, (reply: WireReply) => void>();
  const events: WireEvent[] = [];
  await channel.consume(
    REPLY_TO,
    (message) => {
      const id = String(message?.properties.correlationId);
      waiting.get(id)?.(JSON.parse(String(message?.content)) as WireReply);
      waiting.delete(id);
    },
    { noAck: true },
  );
  const { queue } = await channel.assertQueue("", { exclusive: true });
  await channel.assertExchange(EVENTS, "fanout", { durable: true });
  await channel.bindQueue(queue, EVENTS, "");
  await channel.consume(queue, (message) => events.push(JSON.parse(String(message?.content)) as WireEvent), {
    noAck: true,
  });
  return {
    call: (method, uri, data) =>
      new Promise((resolve, reject) => {
        const correlationId = randomUUID();
        const timer = setTimeout(() => reject(new Error(`${method} ${uri}: no answer`)), PATIENCE_MS);
        waiting.set(correlationId, (reply) => {
          clearTimeout(timer);
          resolve(reply);
        });
        const request = { uri, method, publisher: "call-manager", data_type: "application/json", data };
        channel.publish("", REQUESTS, Buffer.from(JSON.stringify(request)), {
          contentType: "application/json",
          correlationId,
          replyTo: REPLY_TO,
        });
      }),
    heard: (id) => events.filter(({ data }) => data.id === id).map(({ type }) => type),
    events: (type) => events.filter((event) => event.type === type),
    close: () => connection.close(),
  };
}

/** How the platform's API gateway checks a token. */
export const checkToken = async (sibling: Sibling, token: string): Promise<boolean> => {
  const uri = "/v1/accesskeys?page_token=&page_size=10";
  const reply = await sibling.call("GET", uri, { deleted: false, token });
  return Array.isArray(reply.data) && reply.data.length === 1;
};
