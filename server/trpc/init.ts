import { randomUUID } from "node:crypto";
import { initTRPC, TRPCError, type AnyTRPCProcedure, type AnyTRPCRouter, type TRPC_ERROR_CODE_KEY } from "@trpc/server";
import { middlewareMarker } from "@trpc/server/unstable-core-do-not-import";
import { ZodError } from "zod";
import { authorize } from "@/server/kernel/authorization";
import { isDomainError, toDomainError, type DomainError, type ErrorCode } from "@/server/kernel/errors";
import { findReceipt, keepAnswer, namedReceipt, receiptFor } from "@/server/kernel/receipts";
import type { Right } from "@/server/kernel/permissions";
import type { Access, Declaration } from "./access";
import type { TrpcContext } from "./context";

const TRPC_CODE: Record<ErrorCode, TRPC_ERROR_CODE_KEY> = {
  INVALID_INPUT: "BAD_REQUEST",
  UNAUTHENTICATED: "UNAUTHORIZED",
  INSUFFICIENT_BALANCE: "PAYMENT_REQUIRED",
  FORBIDDEN: "FORBIDDEN",
  NOT_FOUND: "NOT_FOUND",
  CONFLICT: "CONFLICT",
  TOO_LARGE: "PAYLOAD_TOO_LARGE",
  TOO_MANY_REQUESTS: "TOO_MANY_REQUESTS",
  INTERNAL: "INTERNAL_SERVER_ERROR",
  PROVIDER_REFUSED: "BAD_GATEWAY",
  SIBLING_REFUSED: "BAD_GATEWAY",
  UNAVAILABLE: "SERVICE_UNAVAILABLE",
  TIMEOUT: "GATEWAY_TIMEOUT",
};

export const toTrpcError = (failure: DomainError): TRPCError =>
  new TRPCError({ code: TRPC_CODE[failure.code], message: failure.message, cause: failure });

const t = initTRPC
  .context<TrpcContext>()
  .meta<Declaration>()
  .create({
    errorFormatter({ shape, error, ctx }) {
      const requestId = ctx?.ctx.requestId ?? "";
      if (isDomainError(error.cause)) {
        const { code, reason, details, message } = error.cause;
        return { ...shape, message, data: { httpStatus: shape.data.httpStatus, code, reason, ...details, requestId } };
      }
      if (error.cause instanceof ZodError) {
        const fields = Object.fromEntries(
          error.cause.issues.map((issue) => [issue.path.join(".") || "input", issue.message]),
        );
        const [field] = Object.keys(fields);
        const message = field === undefined ? "The input is not valid." : `${field}: ${fields[field]}`;
        return {
          ...shape,
          message,
          data: { httpStatus: 400, code: "INVALID_INPUT" as const, reason: "INVALID_INPUT", field, fields, requestId },
        };
      }
      const known = error.code !== "INTERNAL_SERVER_ERROR";
      return {
        ...shape,
        message: known ? shape.message : "Something failed on our side. Quote the request id when you ask for help.",
        data: {
          httpStatus: shape.data.httpStatus,
          code: shape.data.code,
          reason: known ? shape.data.code : "INTERNAL",
          requestId,
        },
      };
    },
  });

/** Procedures that were built below, and so declare who may call them; a bare one of tRPC's own does not fit. */
interface Procedures {
  [name: string]: (AnyTRPCProcedure & { meta: Declaration }) | AnyTRPCRouter | Procedures;
}

export const router = <Record extends Procedures>(procedures: Record) => t.router(procedures);
export const createCallerFactory = t.createCallerFactory;

const declared = (access: Access) => t.procedure.meta({ access });

/**
 * Failures are mapped here, on the result: `next()` never throws. Unknown ones are logged once, with their cause, and
 * leave as a neutral text with the request id.
 */
const open = (access: Access) =>
  declared(access).use(async ({ ctx, next, path, type }) => {
    const result = await next();
    if (result.ok) return result;
    const { cause } = result.error;
    if (cause === undefined || cause instanceof ZodError) return result;
    const failure = toDomainError(cause);
    if (failure.code === "INTERNAL")
      ctx.ctx.log.error(
        { err: failure.cause ?? failure, requestId: ctx.ctx.requestId, path, type },
        "procedure failed",
      );
    return { ...result, error: toTrpcError(failure) };
  });

const known = (access: Access) =>
  open(access).use(({ ctx, next }) => {
    if (!ctx.known)
      throw new TRPCError({
        code: "UNAUTHORIZED",
        message: "Sign in, or send a valid access key as `Authorization: Bearer …`.",
      });
    return next();
  });

/** Behind the rights: an answer that was kept is for those alone who may still ask for it. */
const once = t.middleware(async ({ ctx: { ctx, idempotencyKey }, next, path, type, getRawInput, batchIndex }) => {
  if (type !== "mutation") return next();
  const { actor, db } = ctx;
  // Without a name of the client's making a receipt only tells what became of a commit whose answer was lost. Its name is
  // made up, and never the request's id: that is in the audit too, where it would open the kept answer to a later reader.
  if (idempotencyKey === null) return next({ ctx: { ctx: { ...ctx, receipt: receiptFor(["trpc", randomUUID()]) } } });
  const receipt = namedReceipt(
    ["trpc", actor.type, actor.id, idempotencyKey, String(batchIndex)],
    [path, JSON.stringify((await getRawInput()) ?? null)],
  );
  const again = (answer: unknown) => ({ ok: true as const, data: answer, marker: middlewareMarker });
  const earlier = await findReceipt(db, receipt);
  if (earlier !== null) return again(earlier.answer);
  const result = await next({ ctx: { ctx: { ...ctx, receipt } } });
  if (result.ok) {
    await keepAnswer(db, receipt, result.data, ctx.now());
    return result;
  }
  // A repeat at the same time may fail on what the first has just done ("e-mail taken"); the receipt knows better.
  const { cause } = result.error;
  const contradicted = isDomainError(cause) && (cause.code === "CONFLICT" || cause.code === "NOT_FOUND");
  const meanwhile = contradicted ? await findReceipt(db, receipt) : null;
  return meanwhile === null ? result : again(meanwhile.answer);
});

/** Open to strangers. @param because why it has to be */
export const publicProcedure = (because: string) => open({ kind: "public", because });

/** For every signed-in person and every access key. @param because why no right stands before it */
export const knownProcedure = (because: string) => known({ kind: "known", because }).use(once);

/** For signed-in people, about themselves: what it reads and changes is found by who asks, never by an id alone. */
export const ownProcedure = known({ kind: "own" })
  .use(({ ctx, next }) => {
    if (ctx.admin === null)
      throw new TRPCError({ code: "FORBIDDEN", message: "This is for people: an access key has no account." });
    return next({ ctx: { admin: ctx.admin } });
  })
  .use(once);

/**
 * For those who have a right. The verb behind it checks the right again, and scopes its queries: this is the first of
 * two doors, and what the list of procedures shows.
 */
export const procedure = (right: Right) =>
  known({ kind: "right", right })
    .use(({ ctx, next }) => {
      authorize(ctx.ctx, right);
      return next();
    })
    .use(once);
