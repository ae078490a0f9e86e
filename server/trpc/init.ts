import { initTRPC, TRPCError, type AnyTRPCProcedure, type AnyTRPCRouter, type TRPC_ERROR_CODE_KEY } from "@trpc/server";
import { ZodError } from "zod";
import { isDomainError, toDomainError, type ErrorCode } from "@/server/kernel/errors";
import { receiptFor } from "@/server/kernel/receipts";
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
    return {
      ...result,
      error: new TRPCError({ code: TRPC_CODE[failure.code], message: failure.message, cause: failure }),
    };
  });

/**
 * A change gets a receipt of its own: by the client's idempotency key, the procedure and its input, so that a repeat
 * takes effect once, and two changes of one batch are not taken for one.
 */
const known = (access: Access) =>
  open(access).use(async ({ ctx, next, path, type, getRawInput }) => {
    if (!ctx.known)
      throw new TRPCError({
        code: "UNAUTHORIZED",
        message: "Sign in, or send a valid access key as `Authorization: Bearer …`.",
      });
    if (type !== "mutation") return next();
    const { actor, requestId } = ctx.ctx;
    const input = JSON.stringify((await getRawInput()) ?? null);
    const receipt = receiptFor(["trpc", actor.type, actor.id, ctx.idempotencyKey ?? requestId, path, input]);
    return next({ ctx: { ctx: { ...ctx.ctx, receipt } } });
  });

/** Open to strangers. @param because why it has to be */
export const publicProcedure = (because: string) => open({ kind: "public", because });

/** For every signed-in person and every access key. @param because why no right stands before it */
export const knownProcedure = (because: string) => known({ kind: "known", because });

/** For signed-in people, about themselves: what it reads and changes is found by who asks, never by an id alone. */
export const ownProcedure = known({ kind: "own" }).use(({ ctx, next }) => {
  if (ctx.admin === null)
    throw new TRPCError({ code: "FORBIDDEN", message: "This is for people: an access key has no account." });
  return next({ ctx: { admin: ctx.admin } });
});

/**
 * For those who have a right. The verb behind it checks the right again, and scopes its queries: this is the first of
 * two doors, and what the list of procedures shows.
 */
export const procedure = (right: Right) =>
  known({ kind: "right", right }).use(({ ctx, next }) => {
    if (!ctx.ctx.rights.has(right))
      throw new TRPCError({ code: "FORBIDDEN", message: `You may not do this: the right "${right}" is missing.` });
    return next();
  });
