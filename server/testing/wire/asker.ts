import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, type Options } from "amqplib";
import { failureOf } from "./judge";
import { parse } from "./broker";
import type { Reply } from "./vectors";

export interface Answer extends Reply {
  /** From sending to the first answer, in milliseconds. */
  ms: number;
  /** How many answers came so far. */
  count: number;
  /** What is wrong with the answer's form, or with a later one that says otherwise; empty when nothing is. */
  faults: string[];
}

export interface Request {
  body: Buffer | string;
  properties?: Options.Publish;
}

/** A sibling that may send anything, and counts what it gets. */
export interface Asker {
  /** Sends a body as it is, with a reply queue; waits so many milliseconds for the first answer. */
  send(request: Request, timeoutMs?: number): Promise<Answer>;
  /** An envelope of the usual form. */
  call(method: unknown, uri: unknown, data?: unknown, timeoutMs?: number): Promise<Answer>;
  /** Sends without expecting anything. */
  drop(request: Request): void;
  close(): Promise<void>;
}

/** How long a request waits for its answer unless it is said, beside whatever else the machine does. */
const PATIENCE_MS = 20_000;

/** What no text that leaves us may hold. */
const TELLTALE =
  /\b(select|insert|update|delete)\b.+\b(from|into|set|where)\b|\bat .+:\d+:\d+|node:internal|node_modules|\bER_[A-Z_]+|\bE(CONN|TIME)[A-Z]+\b|\bvb_[0-9A-Za-z]{38}/is;

export async function openAsker(amqpUrl: string, queue: string): Promise<Asker> {
  const connection = await connect(`${amqpUrl}?frameMax=131072`, { noDelay: true });
  const channel = await connection.createChannel();
  // One reply queue per request where the correlation id is the caller's affair; one for all of the others.
  const shared = (await channel.assertQueue("", { exclusive: true, autoDelete: true })).queue;
  const waiting = new Map<string, (content: Buffer) => void>();
  await channel.consume(
    shared,
    (message) => message !== null && waiting.get(String(message.properties.correlationId))?.(message.content),
    { noAck: true },
  );

  async function send({ body, properties = {} }: Request, timeoutMs = PATIENCE_MS): Promise<Answer> {
    const content = typeof body === "string" ? Buffer.from(body) : body;
    const started = performance.now();
    let resolveFirst: ((content: Buffer) => void) | null = null;
    let said: Buffer | null = null;
    const came = new Promise<Buffer>((resolve) => (resolveFirst = resolve));
    const answer: Answer = { ms: 0, count: 0, faults: [] };
    const onReply = (reply: Buffer) => {
      answer.count++;
      said ??= reply;
      if (!said.equals(reply)) answer.faults.push(`first ${said.toString()}, later ${reply.toString()}`);
      resolveFirst?.(reply);
    };
    let replyTo = shared;
    if ("correlationId" in properties) {
      replyTo = (await channel.assertQueue("", { exclusive: true, autoDelete: true })).queue;
      await channel.consume(
        replyTo,
        (message) => {
          if (message === null) return;
          if (message.properties.correlationId !== properties.correlationId)
            answer.faults.push(`correlation id ${JSON.stringify(message.properties.correlationId)}`);
          onReply(message.content);
        },
        { noAck: true },
      );
      channel.publish("", queue, content, { replyTo, ...properties });
    } else {
      const correlationId = randomUUID();
      waiting.set(correlationId, onReply);
      channel.publish("", queue, content, { replyTo, correlationId, contentType: "text/plain", ...properties });
    }
    const reply = await Promise.race([came, sleep(timeoutMs, null, { ref: false })]);
    answer.ms = performance.now() - started;
    if (reply === null) return Object.assign(answer, { timeout: true, faults: ["no reply"] });
    Object.assign(answer, parse(reply));
    answer.faults.push(...formFaults(answer));
    return answer;
  }

  return {
    send,
    call: (method, uri, data, timeoutMs) =>
      send(
        { body: JSON.stringify({ uri, method, publisher: "a-sibling", data_type: "application/json", data }) },
        timeoutMs,
      ),
    drop: ({ body, properties }) =>
      void channel.publish("", queue, typeof body === "string" ? Buffer.from(body) : body, properties),
    close: () => connection.close(),
  };
}

function formFaults(reply: Reply): string[] {
  const type = reply.data === undefined ? "" : "application/json";
  if (reply.status_code === 200) return reply.data_type === type ? [] : ["data_type of a success"];
  const out = failureOf(reply);
  const text = JSON.stringify(reply.data) ?? "";
  if (text.length > 1_000) out.push("a message without bounds");
  if (TELLTALE.test(text)) out.push(`a message that tells too much: ${text}`);
  return out;
}
