import type { IncomingMessage } from "node:http";
import { TRPCError } from "@trpc/server";
import { DomainError, invalidInput } from "@/server/kernel/errors";
import { appRouter } from "../root";

/** A request may ask for this many procedures at most. */
export const BATCH_MOST = 100;
export const BODY_MOST_BYTES = 1_048_576;
/** Objects and lists within each other; what procedures take is nowhere near. */
export const DEPTH_MOST = 32;
const SHOWN_MOST = 80;

/** What a request asks for, before its input is read. */
export interface Call {
  type: "query" | "mutation";
  /** Names of procedures that exist, in the order of the answers. */
  names: readonly string[];
  batch: boolean;
  /** Whether the input is in the body: of each mutation, and of a query that is too long for an address. */
  posted: boolean;
  /** The query string's input; null where there is none. */
  text: string | null;
}

/** By their whole names, whatever the type of it says. */
const procedures = appRouter._def.procedures as unknown as Readonly<Record<string, { _def: { type: string } }>>;
/** In a query string these would end up in logs and histories of others. */
const SECRET_PARAMETERS = /^(access|api|auth)?[-_]?(key|token|authorization|bearer)$/i;

/**
 * Reads what a request asks for from its line and its headers.
 * @param path what follows `/api/trpc/`, as it was sent
 * @throws DomainError, TRPCError of a class that tells what is wrong with the request
 */
export function readCall(request: IncomingMessage, path: string): Call {
  const { method = "" } = request;
  if (method !== "GET" && method !== "POST")
    throw new TRPCError({
      code: "METHOD_NOT_SUPPORTED",
      message: "Use GET or POST for queries and POST for mutations.",
    });
  const query = (request.url ?? "").indexOf("?");
  const parameters = new URLSearchParams(query < 0 ? "" : request.url?.slice(query + 1));
  refuseTokens(parameters);
  const batch = parameters.get("batch") === "1";
  const names = readNames(path, batch);
  const type = names.some((name) => procedures[name]?._def.type === "mutation") ? "mutation" : "query";
  const posted = method === "POST";
  for (const name of names) {
    if (procedures[name]?._def.type !== type)
      throw invalidInput("batch", "Send queries and mutations in requests of their own.");
    if (type === "mutation" && !posted)
      throw new TRPCError({ code: "METHOD_NOT_SUPPORTED", message: `${name} is a mutation: use POST.` });
  }
  if (posted) checkBody(request);
  return { type, names, batch, posted, text: posted ? null : parameters.get("input") };
}

function refuseTokens(parameters: URLSearchParams): void {
  for (const [name, value] of parameters)
    if (SECRET_PARAMETERS.test(name) || (name !== "input" && value.startsWith("vb_")))
      throw new DomainError(
        "INVALID_INPUT",
        "ACCESS_KEY_IN_URL",
        "An access key does not belong into an address, where logs keep it. Send it as a header: `Authorization: Bearer …`.",
      );
}

function readNames(path: string, batch: boolean): string[] {
  const names = batch ? decoded(path).split(",") : [decoded(path)];
  if (names.length > BATCH_MOST)
    throw new DomainError(
      "INVALID_INPUT",
      "BATCH_TOO_LARGE",
      `This request asks for ${names.length} procedures at once. Send at most ${BATCH_MOST} in one request.`,
    );
  const unknown = names.find((name) => !Object.hasOwn(procedures, name));
  if (unknown === undefined) return names;
  const shown = JSON.stringify(unknown.length > SHOWN_MOST ? `${unknown.slice(0, SHOWN_MOST)}…` : unknown);
  throw new DomainError("NOT_FOUND", "PROCEDURE_NOT_FOUND", `There is no procedure ${shown}.`);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw invalidInput("path", "This is not valid percent-encoding.");
  }
}

function checkBody({ headers }: IncomingMessage): void {
  const type = headers["content-type"] ?? "";
  const encoding = headers["content-encoding"] ?? "identity";
  if (!/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type) || encoding !== "identity")
    throw new TRPCError({
      code: "UNSUPPORTED_MEDIA_TYPE",
      message: "Send the input as `content-type: application/json` in UTF-8, and not compressed.",
    });
  if (Number(headers["content-length"] ?? 0) > BODY_MOST_BYTES) throw tooLarge();
}

const tooLarge = (): DomainError =>
  new DomainError(
    "TOO_LARGE",
    "BODY_TOO_LARGE",
    `The body is larger than ${BODY_MOST_BYTES} bytes. Send less at a time.`,
  );

/**
 * The inputs of a call in the order of its procedures; undefined where there is none.
 * @throws DomainError INVALID_INPUT, TOO_LARGE
 */
export async function readInputs(request: IncomingMessage, call: Call): Promise<readonly unknown[]> {
  const text = call.posted ? await readBody(request) : (call.text ?? "");
  const input = text === "" ? undefined : parseJson(text);
  if (!call.batch) return [input];
  if (input === undefined) return call.names.map(() => undefined);
  if (typeof input !== "object" || input === null || Array.isArray(input))
    throw invalidInput("input", 'A batch has an object with the place of each call as its key: {"0": …, "1": …}.');
  return call.names.map((_, place) =>
    Object.hasOwn(input, place) ? (input as Record<number, unknown>)[place] : undefined,
  );
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_MOST_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  try {
    return utf8.decode(Buffer.concat(chunks));
  } catch {
    throw invalidInput("input", "The body is not valid UTF-8.");
  }
}

function parseJson(text: string): unknown {
  if (depthOf(text) > DEPTH_MOST)
    throw invalidInput("input", `Objects and lists are nested more than ${DEPTH_MOST} deep.`);
  try {
    return JSON.parse(text);
  } catch {
    throw invalidInput("input", "This is not valid JSON."); // the parser's own message quotes the text
  }
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];

/** How deep objects and lists of a JSON text are nested; told from its brackets, so that no parser has to go there. */
export function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === BACKSLASH) i++;
      else if (code === QUOTE) quoted = false;
    } else if (code === QUOTE) quoted = true;
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x7d || code === 0x5d) depth--;
  }
  return deepest;
}
