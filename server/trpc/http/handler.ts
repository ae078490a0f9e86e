import type { IncomingMessage, ServerResponse } from "node:http";
import { callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape, TRPCError } from "@trpc/server";
import type { Runtime } from "@/server/kernel/context";
import { DomainError, invalidInput, isDomainError, toDomainError } from "@/server/kernel/errors";
import { createTrpcContext, type TrpcContext } from "../context";
import { toTrpcError } from "../init";
import { appRouter } from "../root";
import type { ProgramLimits } from "./program-limits";
import { BODY_MOST_BYTES, readCall, readInputs, type Call } from "./read-call";

export interface TrpcHandlerOptions {
  runtime: Runtime;
  rest: Pick<TrpcContext, "health" | "siblings">;
  limits: ProgramLimits;
  /** The signed-in session of a browser's request. */
  readSession(request: IncomingMessage): Promise<string | null>;
  /** What its last sign-in gave a browser. */
  readDevice(request: IncomingMessage): string | null;
  /** Whether a request without an access key comes from a page of ours. */
  isSameOrigin(request: IncomingMessage): boolean;
  /** After each request; `procedure` is a name of ours, `batch` or `unknown`. Milliseconds. */
  observe(procedure: string, ms: number): void;
}

type Answer = { result: { data: unknown } } | { error: { data: { httpStatus: number } } };

/**
 * Answers tRPC's requests over node's own http, without a detour over the Request and Response of the web; bench/trpc.mjs
 * measures what is left. Whatever comes is answered with JSON that has a code and the request id; it never rejects.
 */
export function createTrpcHandler(options: TrpcHandlerOptions) {
  return async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    const started = performance.now();
    const requestId = header(request, "x-request-id") ?? "";
    let label = "unknown";
    response.setHeader("cache-control", "no-store");
    try {
      const call = readCall(request, path);
      label = call.batch && call.names.length > 1 ? "batch" : (call.names[0] ?? label);
      const ctx = await admit(options, request, response, call);
      const inputs = await readInputs(request, call);
      const answers = await Promise.all(call.names.map((name, place) => answer(ctx, call, name, place, inputs[place])));
      const statuses = new Set(answers.map(statusOf));
      const [status = 200] = statuses;
      await send(request, response, statuses.size > 1 ? 207 : status, call.batch ? answers : answers[0]);
    } catch (error) {
      const failure = error instanceof TRPCError ? error : toTrpcError(toDomainError(error));
      if (failure.code === "INTERNAL_SERVER_ERROR" && !isGone(request))
        options.runtime.log.error({ err: error, requestId, procedure: label }, "a request failed");
      const refusal = shapeOf(failure, undefined);
      await send(request, response, statusOf(refusal), {
        error: { ...refusal.error, data: { ...refusal.error.data, requestId } },
      });
    } finally {
      options.observe(label, performance.now() - started);
    }
  };
}

/** Finds out who asks, and whether so much may be asked. @throws DomainError */
async function admit(
  { runtime, rest, limits, readSession, readDevice, isSameOrigin }: TrpcHandlerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  call: Call,
): Promise<TrpcContext> {
  const token = tokenOf(request);
  if (token === null && !isSameOrigin(request))
    throw new DomainError("FORBIDDEN", "FOREIGN_ORIGIN", "This request comes from another site.");
  const ip = header(request, "x-voipbin-address") ?? "";
  const idempotencyKey = idempotencyKeyOf(request);
  if (token !== null) await limits.beforeToken(response, token, ip);
  const context = await createTrpcContext(
    runtime,
    {
      sessionId: token === null ? await readSession(request) : null,
      token,
      idempotencyKey,
      requestId: header(request, "x-request-id"),
      ip,
      userAgent: header(request, "user-agent") ?? "",
      device: readDevice(request),
    },
    rest,
  );
  if (token !== null) {
    if (context.known) await limits.take(response, token, context.ctx.actor.id, call.names.length);
    else await limits.wrongToken(ip);
  }
  return context;
}

const TOKEN_LONGEST = 1_023;

/** The access key of a program; what cannot be one counts as a wrong one. */
function tokenOf(request: IncomingMessage): string | null {
  const [, token] = /^bearer (.*)$/i.exec(header(request, "authorization") ?? "") ?? [];
  if (token === undefined) return null;
  return token.length > TOKEN_LONGEST ? "" : token.trim();
}

const IDEMPOTENCY_KEY = /^[\x21\x23-\x2b\x2d-\x7e]{8,255}$/;

/** @throws DomainError INVALID_INPUT: a key that is left out in silence would let a repeat take effect twice */
function idempotencyKeyOf(request: IncomingMessage): string | null {
  const keys = ["x-idempotency-key", "idempotency-key"].flatMap((name) => header(request, name) ?? []);
  const [key, other = key] = keys.map((each) => each.replace(/^"(.*)"$/, "$1"));
  if (key === undefined) return null;
  if (!IDEMPOTENCY_KEY.test(key) || other !== key)
    throw invalidInput(
      "idempotency-key",
      "Use 8 to 255 letters, digits and signs without blanks, commas and quotes, e.g. a UUID.",
    );
  return key;
}

async function answer(ctx: TrpcContext, call: Call, path: string, place: number, input: unknown): Promise<Answer> {
  try {
    const data: unknown = await callTRPCProcedure({
      router: appRouter,
      path,
      type: call.type,
      ctx,
      getRawInput: () => Promise.resolve(input),
      batchIndex: place,
      signal: undefined,
    });
    return { result: { data } };
  } catch (cause) {
    const error = getTRPCErrorFromUnknown(cause);
    if (error.code === "INTERNAL_SERVER_ERROR" && !isDomainError(error.cause))
      ctx.ctx.log.error({ err: error, requestId: ctx.ctx.requestId, path }, "procedure failed");
    return shapeOf(error, ctx);
  }
}

const shapeOf = (error: TRPCError, ctx: TrpcContext | undefined) => ({
  error: getTRPCErrorShape({
    config: appRouter._def._config,
    error,
    type: "unknown",
    path: undefined,
    input: undefined,
    ctx,
  }) as { message: string; data: { httpStatus: number } },
});

const statusOf = (each: Answer): number => ("error" in each ? each.error.data.httpStatus : 200);

async function send(request: IncomingMessage, response: ServerResponse, status: number, body: unknown): Promise<void> {
  if (!request.complete) await drain(request);
  if (isGone(request) || response.headersSent) return void response.destroy();
  const text = JSON.stringify(body);
  if (!request.complete) response.setHeader("connection", "close");
  response
    .writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) })
    .end(text);
}

const DRAINED_MOST_BYTES = 8 * BODY_MOST_BYTES;
const DRAINED_MOST_MS = 2_000;

/** Takes what is still on its way of a refused body: who is cut off while he sends does not get to read why. */
function drain(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let left = DRAINED_MOST_BYTES;
    const timer = setTimeout(resolve, DRAINED_MOST_MS);
    const take = (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) done();
    };
    const done = () => {
      clearTimeout(timer);
      request.off("data", take).pause();
      resolve();
    };
    request.on("data", take).once("end", done).once("error", done).once("close", done).resume();
  });
}

/** Nobody is there any more to be answered. */
const isGone = (request: IncomingMessage): boolean => request.destroyed && !request.complete;

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}
