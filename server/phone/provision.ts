import type { IncomingMessage, ServerResponse } from "node:http";
import { takeHandover } from "@/server/domain/registrar";
import { FILE_FORMATS, type FileFormat } from "@/server/domain/registrar/handover/schemas";
import { contextFor, STRANGER, type Runtime } from "@/server/kernel/context";
import { toDomainError, type DomainError } from "@/server/kernel/errors";

export const PHONE_PATH = "/phone/";

/** Of pages and files that hold a secret, or whose address is one. */
const GUARDS = [
  ["cache-control", "no-store"],
  ["referrer-policy", "no-referrer"],
  ["x-robots-tag", "noindex, nofollow, noarchive"],
] as const;
export function guardSecret(response: ServerResponse): void {
  for (const [name, value] of GUARDS) response.setHeader(name, value);
}

const CONTENT_TYPES: Record<FileFormat, string> = {
  xml: "application/xml; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  sip: "text/plain; charset=utf-8",
};

/** What fetched addresses only look at, without anybody having asked for them. */
const isPreview = ({ headers }: IncomingMessage): boolean =>
  /\b(prefetch|prerender)\b/i.test(`${String(headers["sec-purpose"])} ${String(headers.purpose)}`);

/**
 * Answers a phone that fetches its own settings: one request, and the address is used up. Nothing of the address reaches
 * a log, whatever happens.
 */
export function createPhoneHandler(runtime: Runtime) {
  return async (request: IncomingMessage, response: ServerResponse, name: string): Promise<void> => {
    guardSecret(response);
    if (request.method !== "GET" || isPreview(request)) {
      response.setHeader("allow", "GET");
      return say(response, 405, "Fetch this address with GET, once.");
    }
    const [, token = "", extension = ""] = /^([^./]*)\.([a-z]+)$/.exec(name) ?? [];
    const format = FILE_FORMATS.find((each) => each === extension);
    if (format === undefined)
      return say(response, 404, `An address of a phone ends in ${FILE_FORMATS.map((each) => `.${each}`).join(", ")}.`);
    const header = (key: string): string => String(request.headers[key] ?? "");
    const ctx = contextFor(runtime, {
      actor: STRANGER,
      requestId: header("x-request-id"),
      ip: header("x-voipbin-address"),
      userAgent: header("user-agent"),
    });
    try {
      const settings = await takeHandover(ctx, { token, format });
      response.setHeader("content-type", CONTENT_TYPES[format]);
      response.end(settings.files[format]);
    } catch (error) {
      refuse(response, toDomainError(error), ctx);
    }
  };
}

function refuse(
  response: ServerResponse,
  failure: DomainError,
  { log, requestId }: { log: Runtime["log"]; requestId: string },
): void {
  const { code, details, message } = failure;
  if (code === "INTERNAL") log.error({ err: failure.cause ?? failure, requestId }, "a phone got no settings");
  if (details.retryAfter !== undefined) response.setHeader("retry-after", details.retryAfter);
  say(response, STATUS[code] ?? 500, message);
}

const STATUS: Partial<Record<DomainError["code"], number>> = {
  INVALID_INPUT: 404,
  NOT_FOUND: 404,
  CONFLICT: 410, // it was good once
  TOO_MANY_REQUESTS: 429,
  UNAVAILABLE: 503,
};

const say = (response: ServerResponse, status: number, text: string): void =>
  void response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
