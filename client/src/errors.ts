import type { ServerErrorCode } from "./api";

/** Codes of what went wrong before the server could say anything. */
export type ClientErrorCode =
  /** The server could not be reached, or the connection was lost. */
  | "UNREACHABLE"
  /** No answer within the time that was given. */
  | "NO_ANSWER"
  /** The answer is not one of VoIPbin Admin: is the address right? */
  | "BAD_ANSWER";

export type ErrorCode = ServerErrorCode | ClientErrorCode;

export interface ErrorFields {
  /** The HTTP status; 0 where there was no answer. */
  status: number;
  code: ErrorCode;
  /** A stable machine word that says more than the code, e.g. `EMAIL_TAKEN`. */
  reason: string;
  /** The input's field that is wrong. */
  field?: string;
  /** All wrong fields with what is wrong about each. */
  fields?: Readonly<Record<string, string>>;
  /** To quote when asking for help; empty where there was no answer. */
  requestId: string;
  /** After how many seconds it may be asked again, where the server said so. */
  retryAfterSeconds?: number;
}

/** A call that failed. Its message is for people; `code` and `reason` are for programs. It never holds the access key. */
export class AdminClientError extends Error implements ErrorFields {
  override readonly name = "AdminClientError";
  readonly status: number;
  readonly code: ErrorCode;
  readonly reason: string;
  readonly field?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly requestId: string;
  readonly retryAfterSeconds?: number;

  constructor(message: string, fields: ErrorFields, options?: { cause?: unknown }) {
    super(message, options);
    this.status = fields.status;
    this.code = fields.code;
    this.reason = fields.reason;
    this.field = fields.field;
    this.fields = fields.fields;
    this.requestId = fields.requestId;
    this.retryAfterSeconds = fields.retryAfterSeconds;
  }
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** The failure that an answer tells of. @internal */
export function toError(status: number, headers: Headers, body: unknown): AdminClientError {
  const error = record(record(body).error);
  const data = record(error.data);
  const code = text(data.code);
  const seconds = Number(headers.get("retry-after") ?? NaN);
  const rest = {
    status,
    requestId: text(data.requestId) ?? headers.get("x-request-id") ?? "",
    ...(Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {}),
  };
  if (code === undefined) {
    const message = `The answer with status ${status} is not one of VoIPbin Admin. Is the address right?`;
    return new AdminClientError(message, { ...rest, code: "BAD_ANSWER", reason: "BAD_ANSWER" });
  }
  const [field, fields] = [text(data.field), data.fields];
  return new AdminClientError(text(error.message) ?? code, {
    ...rest,
    code: code as ErrorCode,
    reason: text(data.reason) ?? code,
    ...(field === undefined ? {} : { field }),
    ...(typeof fields === "object" && fields !== null ? { fields: fields as Record<string, string> } : {}),
  });
}
