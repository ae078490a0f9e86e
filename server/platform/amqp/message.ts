import type { Message } from "amqplib";

/** What we read of a message's properties. Anybody may send anything, so types are checked, not believed. */
export interface ReceivedMessage {
  readonly body: Buffer;
  readonly exchange: string;
  readonly routingKey: string;
  readonly redelivered: boolean;
  readonly replyTo: string | undefined;
  readonly correlationId: string | undefined;
  readonly messageId: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
}

const NO_HEADERS: Readonly<Record<string, unknown>> = Object.freeze({});

export const textOrUndefined = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

export const headersOf = (message: Message): Readonly<Record<string, unknown>> =>
  message.properties.headers ?? NO_HEADERS;

/**
 * Headers as they may be sent on: without CC and BCC, by which the broker would deliver copies, and none at all when
 * they are so many that ours would not fit beside them (amqplib encodes 64 KiB at most).
 */
export function forwardableHeaders(headers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  let size = 0;
  for (const [name, value] of Object.entries(headers)) {
    if (name === "CC" || name === "BCC" || name === "x-death") continue;
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") continue;
    size += name.length * 3 + (typeof value === "string" ? value.length * 3 : 8);
    copy[name] = value;
  }
  return size > 32_000 ? {} : copy;
}
