import { type DomainError, type ErrorCode } from "@/server/kernel/errors";

/** Bodies above this are refused unread; the largest legal one is far below. */
export const BODY_MOST_BYTES = 1_048_576;

/** A sibling's request (contract/messaging.md §2.1). `data` is undefined when absent. */
export interface RpcRequest {
  uri: string;
  method: string;
  publisher: string;
  data: unknown;
}

/**
 * Reads an envelope as Go's decoder does: keys in any case, the last of equal ones wins, unknown ones are ignored,
 * null is the empty value. Null when it is no JSON object or a field has the wrong type.
 */
export function parseEnvelope(body: Buffer): RpcRequest | null {
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const request: RpcRequest = { uri: "", method: "", publisher: "", data: undefined };
  for (const [key, field] of Object.entries(value)) {
    const name = key.toLowerCase();
    if (name === "data") request.data = field;
    else if (name === "uri" || name === "method" || name === "publisher" || name === "data_type") {
      if (field === null) continue;
      if (typeof field !== "string") return null;
      if (name !== "data_type") request[name] = field;
    }
  }
  return request;
}

/** Failure code to status: contract/README "Fix" 1. */
export const STATUS_OF: Record<ErrorCode, number> = {
  INVALID_INPUT: 400,
  UNAUTHENTICATED: 401,
  INSUFFICIENT_BALANCE: 402,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  TOO_LARGE: 413,
  TOO_MANY_REQUESTS: 429,
  INTERNAL: 500,
  PROVIDER_REFUSED: 502,
  SIBLING_REFUSED: 502,
  UNAVAILABLE: 503,
  TIMEOUT: 504,
};

/** Data that is JSON already: the items of an array. */
export class JsonArray {
  constructor(private readonly items: readonly string[]) {}
  text(): string {
    return `[${this.items.join(",")}]`;
  }
}

export function successReply(data: unknown): Buffer {
  if (data === undefined) return Buffer.from('{"status_code":200,"data_type":""}');
  const payload = `,"data":${data instanceof JsonArray ? data.text() : JSON.stringify(data)}`;
  return Buffer.from(`{"status_code":200,"data_type":"application/json"${payload}}`);
}

/** @param domain the service that answers, e.g. `customer-manager` */
export function failureReply(error: DomainError, domain: string): Buffer {
  return Buffer.from(
    JSON.stringify({
      status_code: STATUS_OF[error.code],
      data_type: "voipbin_error",
      data: { status: error.code, reason: error.reason, domain, message: error.message },
    }),
  );
}
