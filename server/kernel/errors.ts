/**
 * The closed set of failures that a verb can report. Transports map each code to their own status through a total map
 * (contract/README "Fix" 1 for RPC), so a new code does not compile until every transport knows it.
 */
export const ERROR_CODES = [
  "INVALID_INPUT",
  "UNAUTHENTICATED",
  "INSUFFICIENT_BALANCE",
  "FORBIDDEN",
  "NOT_FOUND",
  "CONFLICT",
  "TOO_LARGE",
  "TOO_MANY_REQUESTS",
  "INTERNAL",
  "PROVIDER_REFUSED",
  "SIBLING_REFUSED",
  "UNAVAILABLE",
  "TIMEOUT",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export interface ErrorDetails {
  /** Path of the field that is wrong, as the caller wrote it. */
  field?: string;
  /** All fields that are wrong, where there are several. */
  fields?: Record<string, string>;
  /** What somebody else has made of the record since it was read. */
  meanwhile?: {
    /** Name of the admin or program; empty where nobody knows. */
    by: string;
    at: string;
    /** The record as it is now. */
    present: Record<string, unknown>;
  };
  /** Seconds after which it may be tried again. */
  retryAfter?: number;
}

/** A failure with a message for people. Neither `reason` nor `message` may hold a secret, SQL or a stack. */
export class DomainError extends Error {
  override readonly name = "DomainError";

  /**
   * @param code what kind of failure, see {@link ERROR_CODES}
   * @param reason a stable machine word, e.g. `CUSTOMER_NOT_FOUND`
   * @param message what happened and the remedy, for the caller to read
   */
  constructor(
    readonly code: ErrorCode,
    readonly reason: string,
    message: string,
    readonly details: ErrorDetails = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

export function invalidInput(field: string, message: string): DomainError {
  return new DomainError("INVALID_INPUT", "INVALID_INPUT", `${field}: ${message}`, { field });
}

/** By shape, not by class: Next's bundle and ours each hold a copy of the class. */
export function isDomainError(error: unknown): error is DomainError {
  return error instanceof Error && error.name === "DomainError" && "code" in error && "reason" in error;
}

const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ETIMEDOUT",
  "EPIPE",
  "ENOENT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "PROTOCOL_CONNECTION_LOST",
  "PROTOCOL_SEQUENCE_TIMEOUT",
  "PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR",
  "PROTOCOL_ENQUEUE_AFTER_QUIT",
  "PROTOCOL_ENQUEUE_AFTER_DESTROY",
  "ER_SERVER_SHUTDOWN",
  "ER_CON_COUNT_ERROR",
  "ER_NORMAL_SHUTDOWN",
  "ER_CONNECTION_KILLED",
  "ER_QUERY_INTERRUPTED",
  "POOL_TIMEOUT",
]);

/** The driver's error behind a wrapper (drizzle puts it into `cause`). */
export function driverError(error: unknown): { code: string; message: string; fatal: boolean } | null {
  for (let each: unknown = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth++) {
    if ("code" in each && typeof each.code === "string") {
      return { code: each.code, message: each.message, fatal: "fatal" in each && each.fatal === true };
    }
    if (each instanceof AggregateError && each.errors[0] !== undefined) return driverError(each.errors[0]);
  }
  return null;
}

/** Whether the database could not be reached, or was lost in the middle (its answer is then unknown). */
export function isDatabaseGone(error: unknown): boolean {
  const driver = driverError(error);
  if (driver !== null) return UNREACHABLE.has(driver.code);
  return (
    error instanceof Error &&
    /^(Connection lost|Can't add new command when connection is in closed state|Pool is closed)/.test(error.message)
  );
}

/** The unique index that a write ran into, or null. */
export function duplicateKey(error: unknown): string | null {
  const driver = driverError(error);
  if (driver?.code !== "ER_DUP_ENTRY") return null;
  return /for key '(?:[^'.]+\.)?([^']+)'/.exec(driver.message)?.[1] ?? "";
}

/**
 * Whether something was compared with a text that the column's character set cannot hold (Asterisk's tables are often in
 * one that knows no emoji): no row can match it.
 */
export const isUnheardText = (error: unknown): boolean =>
  /^ER_CANT_AGGREGATE_(2|3|N)COLLATIONS$/.test(driverError(error)?.code ?? "");

/** Turns whatever was thrown into a DomainError that can be shown; unknown ones become a neutral INTERNAL with the cause kept for the log. */
export function toDomainError(error: unknown): DomainError {
  if (isDomainError(error)) return error;
  if (isDatabaseGone(error)) {
    return new DomainError(
      "UNAVAILABLE",
      "DATABASE_UNAVAILABLE",
      "The database is not available at the moment. Try again.",
      {},
      { cause: error },
    );
  }
  const code = driverError(error)?.code;
  if (code === "ER_LOCK_DEADLOCK" || code === "ER_LOCK_WAIT_TIMEOUT") {
    return new DomainError(
      "UNAVAILABLE",
      "DATABASE_BUSY",
      "The record is being changed by somebody else. Try again.",
      {},
      { cause: error },
    );
  }
  if (code === "ER_DATA_TOO_LONG") {
    return new DomainError(
      "INVALID_INPUT",
      "INVALID_INPUT",
      "A value is longer than its field allows.",
      {},
      { cause: error },
    );
  }
  return new DomainError(
    "INTERNAL",
    "INTERNAL",
    "Something failed on our side. Quote the request id when you ask for help.",
    {},
    { cause: error },
  );
}
