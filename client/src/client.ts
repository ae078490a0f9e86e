import { PROCEDURES, type AdminApi } from "./api";
import { AdminClientError, toError } from "./errors";

export interface AdminClientOptions {
  /** Where the console is, e.g. `https://admin.example.com`. */
  url: string;
  /** An access key's token: `vb_…`. It is sent in a header, never in an address. */
  accessKey: string;
  /** How long one attempt may take, in milliseconds. Default 10,000. */
  timeoutMs?: number;
  /** How often a call is tried again at most. Default 4; 0 = never. */
  retries?: number;
  /** A server that asks for a longer pause than this ends the call, in milliseconds. Default 60,000. */
  longestPauseMs?: number;
  /** Instead of the global one: for proxies and tests. */
  fetch?: typeof globalThis.fetch;
}

export interface CallOptions {
  /** Ends the call, and its pauses between attempts. */
  signal?: AbortSignal;
  /** How long one attempt may take, in milliseconds. */
  timeoutMs?: number;
  /**
   * For changes: a call with the same key and the same input takes effect once within 24 hours, and gives the first
   * answer again. By default each call has one of its own, which its attempts share.
   */
  idempotencyKey?: string;
}

/** The procedures that an access key may call, by area: `client.customer.get({ id })`. */
export type AdminClient = AdminApi;

const RETRIED = new Set([429, 503]);
const FIRST_PAUSE_MS = 250;
const LONGEST_BACK_OFF_MS = 8_000;

/**
 * A client for programs. Calls that fail in passing (the server cannot be reached, 429, 503) are tried again after a
 * growing, random pause, or the one that the server names. That is safe for changes too: all attempts of a call carry one
 * idempotency key.
 * @throws TypeError where the address or the access key cannot be right
 */
export function createAdminClient(options: AdminClientOptions): AdminClient {
  const base = baseOf(options.url);
  if (!/^[\x21-\x7e]{8,1023}$/.test(options.accessKey)) throw new TypeError("accessKey has to be a token: vb_…");
  const settings: Settings = {
    base,
    authorization: `Bearer ${options.accessKey}`,
    timeoutMs: options.timeoutMs ?? 10_000,
    retries: options.retries ?? 4,
    longestPauseMs: options.longestPauseMs ?? 60_000,
    fetch: options.fetch ?? globalThis.fetch,
  };
  const client: Record<string, Record<string, unknown>> = {};
  for (const [path, type] of Object.entries(PROCEDURES)) {
    const [area = "", name = ""] = path.split(".");
    (client[area] ??= {})[name] = (input: unknown, call: CallOptions = {}) =>
      perform(settings, { path, type, input, ...call });
  }
  return client as unknown as AdminClient;
}

interface Settings {
  base: string;
  authorization: string;
  timeoutMs: number;
  retries: number;
  longestPauseMs: number;
  fetch: typeof globalThis.fetch;
}

interface Call extends CallOptions {
  path: string;
  type: "query" | "mutation";
  input: unknown;
}

function baseOf(text: string): string {
  const url = new URL(text); // throws a TypeError itself
  if (!/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "" || url.search !== "")
    throw new TypeError("url has to be an address such as https://admin.example.com, without a user and a query");
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}/api/trpc/`;
}

async function perform(settings: Settings, call: Call): Promise<unknown> {
  const idempotencyKey = call.idempotencyKey ?? globalThis.crypto.randomUUID();
  for (let attempt = 0; ; attempt++) {
    try {
      return await send(settings, { ...call, idempotencyKey });
    } catch (error) {
      if (!(error instanceof AdminClientError)) throw error;
      const pauseMs = pauseAfter(error, attempt, settings);
      if (pauseMs === null) throw error;
      await pause(pauseMs, call.signal);
    }
  }
}

/** One attempt. @throws AdminClientError; what the caller's own signal says when that ends it */
async function send(settings: Settings, call: Call): Promise<unknown> {
  const timeout = AbortSignal.timeout(call.timeoutMs ?? settings.timeoutMs);
  const signal = call.signal === undefined ? timeout : AbortSignal.any([call.signal, timeout]);
  let response: Response;
  let body: unknown;
  try {
    response = await settings.fetch(...requestOf(settings, call, signal));
    body = await response.json().catch((error: unknown) => {
      if (error instanceof SyntaxError) return undefined; // not of ours: what it is follows from its status
      throw error;
    });
  } catch (error) {
    call.signal?.throwIfAborted();
    const late = timeout.aborted;
    throw new AdminClientError(
      late ? "The server did not answer in time." : "The server could not be reached.",
      {
        status: 0,
        code: late ? "NO_ANSWER" : "UNREACHABLE",
        reason: late ? "NO_ANSWER" : "UNREACHABLE",
        requestId: "",
      },
      { cause: error },
    );
  }
  if (response.ok && typeof body === "object" && body !== null && "result" in body)
    return (body.result as { data?: unknown }).data;
  throw toError(response.status, response.headers, body);
}

function requestOf(settings: Settings, call: Call, signal: AbortSignal): [url: string, init: RequestInit] {
  const { authorization } = settings;
  const url = settings.base + call.path;
  const text = call.input === undefined ? "" : JSON.stringify(call.input);
  const common = { signal, redirect: "error" } as const; // a redirect would take the access key along
  if (call.type === "query")
    return [text === "" ? url : `${url}?input=${encodeURIComponent(text)}`, { ...common, headers: { authorization } }];
  const headers = {
    authorization,
    "content-type": "application/json",
    "idempotency-key": call.idempotencyKey ?? "",
  };
  return [url, { ...common, method: "POST", headers, body: text }];
}

/** Before the next attempt, in milliseconds; null where there is to be none. */
function pauseAfter(error: AdminClientError, attempt: number, settings: Settings): number | null {
  const passing = RETRIED.has(error.status) || error.code === "UNREACHABLE" || error.code === "NO_ANSWER";
  if (!passing || attempt >= settings.retries) return null;
  const backOffMs = Math.min(LONGEST_BACK_OFF_MS, FIRST_PAUSE_MS * 2 ** attempt) * (0.5 + Math.random() / 2);
  if (error.retryAfterSeconds === undefined) return backOffMs;
  // A little after it, so that many who wait do not come back in one moment.
  const askedMs = error.retryAfterSeconds * 1_000;
  return askedMs > settings.longestPauseMs ? null : askedMs + Math.random() * FIRST_PAUSE_MS;
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    signal?.addEventListener("abort", stop, { once: true });
  });
}
