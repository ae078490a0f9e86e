import * as z from "zod";
import { DomainError } from "@/server/kernel/errors";

/** How siblings are asked; the AMQP request client implements it. */
export interface RequestTransport {
  /** @throws an error with code TIMEOUT, QUEUE_MISSING or UNAVAILABLE */
  request(
    queue: string,
    body: Buffer,
    options: { timeoutMs: number; resource: string; method: string },
  ): Promise<Buffer>;
}

/** Siblings give up on us after this, so we do on them (contract/messaging.md §2.4). Milliseconds. */
const TIMEOUT_MS = 3_000;

const replySchema = z.object({ status_code: z.number().optional(), data: z.unknown().optional() });

export interface SiblingCall {
  /** Who is asked, e.g. `agent-manager`. */
  service: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  uri: string;
  /** The metrics' `resource` label (contract/messaging.md §6). */
  resource: string;
  /** In whose name we ask. */
  publisher: string;
  data: unknown;
}

/**
 * Asks a sibling (contract/messaging.md §2). @returns the reply's `data`, undefined when it has none
 * @throws DomainError SIBLING_REFUSED (status ≥ 300 or no envelope), TIMEOUT, UNAVAILABLE (its queue or the broker is missing)
 */
export async function askSibling(transport: RequestTransport, call: SiblingCall): Promise<unknown> {
  const body = Buffer.from(
    JSON.stringify({
      uri: call.uri,
      method: call.method,
      publisher: call.publisher,
      data_type: "application/json",
      data: call.data,
    }),
  );
  let answer: Buffer;
  try {
    answer = await transport.request(`bin-manager.${call.service}.request`, body, {
      timeoutMs: TIMEOUT_MS,
      resource: call.resource,
      method: call.method,
    });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === "TIMEOUT")
      throw new DomainError(
        "TIMEOUT",
        "SIBLING_TIMEOUT",
        `${call.service} did not answer in time. Try again.`,
        {},
        { cause: error },
      );
    throw new DomainError(
      "UNAVAILABLE",
      "SIBLING_UNAVAILABLE",
      `${call.service} is not available at the moment. Try again.`,
      {},
      { cause: error },
    );
  }
  const reply = parseReply(answer);
  if (reply === null) throw refused(call.service, "an answer that cannot be read");
  if ((reply.status_code ?? 0) >= 300) throw refused(call.service, `status ${reply.status_code}`);
  return reply.data;
}

function parseReply(answer: Buffer): z.infer<typeof replySchema> | null {
  try {
    return replySchema.parse(JSON.parse(answer.toString("utf8")));
  } catch {
    return null;
  }
}

export const refused = (service: string, what: string): DomainError =>
  new DomainError("SIBLING_REFUSED", "SIBLING_REFUSED", `${service} answered with ${what}.`);
