import { TRPCClientError } from "@trpc/client";
import type { Translate } from "../i18n/translate";

export interface FailureDescription {
  /** What happened and what to do, for people. */
  message: string;
  /** To quote when asking for help; empty where the request never arrived. */
  requestId: string;
  code: string;
  /** Messages by field. */
  fields: Record<string, string>;
}

interface Data {
  code?: unknown;
  requestId?: unknown;
  field?: unknown;
  fields?: unknown;
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** What somebody else has made of a record while this tab was changing it. */
export interface Meanwhile {
  /** Empty where nobody knows. */
  by: string;
  at: string;
  present: Record<string, unknown>;
}

/** Whether a change was refused because the record is no longer what it was made from; null for every other failure. */
export function meanwhileOf(error: unknown): Meanwhile | null {
  if (!(error instanceof TRPCClientError)) return null;
  const { meanwhile } = record(error.data);
  const { by, at, present } = record(meanwhile);
  return meanwhile === undefined ? null : { by: text(by), at: text(at), present: record(present) };
}

/** A failure that the page found itself, without the server. */
export const ownFailure = (message: string): FailureDescription => ({
  message,
  requestId: "",
  code: "PAGE",
  fields: {},
});

/** Told in words by whoever throws it. */
export class ToldError extends Error {}

/** Makes of whatever a request threw something that can be shown. */
export function describeFailure(error: unknown, t: Translate): FailureDescription {
  if (error instanceof ToldError) return ownFailure(error.message);
  if (!(error instanceof TRPCClientError) || error.data === undefined || error.data === null) {
    return { message: t("states.offline"), requestId: "", code: "OFFLINE", fields: {} };
  }
  const data: Data = record(error.data);
  const field = text(data.field);
  const bare =
    field !== "" && error.message.startsWith(`${field}: `) ? error.message.slice(field.length + 2) : error.message;
  const several = Object.entries(record(data.fields)).map(([name, message]) => [name, text(message)] as const);
  const fields = Object.fromEntries(several.length > 0 ? several : field === "" ? [] : [[field, bare]]);
  return { message: bare, requestId: text(data.requestId), code: text(data.code), fields };
}
