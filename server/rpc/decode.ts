import { invalidInput } from "@/server/kernel/errors";
import { NIL_UUID, parseUuid } from "@/server/kernel/ids";

type Kind = "text" | "texts" | "uuid" | "integer" | "bool";
type Value<K extends Kind> = K extends "integer"
  ? number
  : K extends "bool"
    ? boolean
    : K extends "texts"
      ? string[]
      : string;
type Decoded<Fields extends Record<string, Kind>> = { [Key in keyof Fields]?: Value<Fields[Key]> };

const INT32_MOST = 2_147_483_647;

/**
 * Decodes a request's body as Go does (contract/customer.md §3.2): a JSON object, or null for "all empty"; keys in any
 * case, unknown ones ignored, null = absent. UUIDs in any of Go's spellings.
 * @throws DomainError INVALID_INPUT that names the field
 */
export function decodeBody<Fields extends Record<string, Kind>>(data: unknown, fields: Fields): Decoded<Fields> {
  if (data === null) return {};
  if (data === undefined) throw invalidInput("data", "The request needs a body: send a JSON object.");
  if (typeof data !== "object" || Array.isArray(data)) throw invalidInput("data", "Send a JSON object.");
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(data)) {
    const name = key in fields ? key : key.toLowerCase();
    const kind = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (kind === undefined) continue;
    out[name] = value === null ? undefined : decodeField(name, kind, value);
  }
  return out as Decoded<Fields>;
}

function decodeField(name: string, kind: Kind, value: unknown): unknown {
  switch (kind) {
    case "text":
      if (typeof value !== "string") throw invalidInput(name, "Send a text.");
      return value;
    case "texts":
      if (!Array.isArray(value) || !value.every((each) => typeof each === "string"))
        throw invalidInput(name, "Send a list of texts.");
      return value;
    case "uuid": {
      const id = typeof value === "string" ? parseUuid(value) : null;
      if (id === null) throw invalidInput(name, "Send a UUID, or leave it out.");
      return id;
    }
    case "integer":
      if (typeof value !== "number" || !Number.isInteger(value) || Math.abs(value) > INT32_MOST) {
        throw invalidInput(name, `Send a whole number from -${INT32_MOST} to ${INT32_MOST}.`);
      }
      return value;
    case "bool":
      if (typeof value !== "boolean") throw invalidInput(name, "Send true or false.");
      return value;
  }
}

/**
 * Decodes a list's filters: an object of known keys, each with a value of its type; absent or null = no filters.
 * Unknown keys are refused (contract/README "Fix" 3).
 */
export function decodeFilters<Fields extends Record<string, Kind>>(data: unknown, fields: Fields): Decoded<Fields> {
  if (data === undefined || data === null) return {};
  if (typeof data !== "object" || Array.isArray(data)) throw invalidInput("data", "Send the filters as a JSON object.");
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(data)) {
    const kind = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (kind === undefined)
      throw invalidInput(key.slice(0, 64), `This is no filter of the list. Use ${Object.keys(fields).join(", ")}.`);
    out[key] = decodeField(key, kind, value);
  }
  return out as Decoded<Fields>;
}

const PAGE_SIZE_DEFAULT = 100;
const PAGE_SIZE_MOST = 1_000;
const TOKEN = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d)(?:\.(\d{0,9}))?Z?)?$/;

/** `page_size` and `page_token` of a list (contract/README "Fix" 3, contract/messaging.md §5.2). */
export function decodePage(query: URLSearchParams): { size: number; before: string | null } {
  const size = query.get("page_size") ?? "";
  if (size !== "" && !/^\+?\d{1,30}$/.test(size))
    throw invalidInput("page_size", `Send a whole number from 0 to ${PAGE_SIZE_MOST}.`);
  return {
    size: size === "" ? PAGE_SIZE_DEFAULT : Math.min(PAGE_SIZE_MOST, Number(size)),
    before: decodeToken(query.get("page_token") ?? ""),
  };
}

function decodeToken(token: string): string | null {
  if (token === "") return null;
  const match = TOKEN.exec(token);
  const [, date = "", time = "00:00:00", fraction = ""] = match ?? [];
  const whole = `${date} ${time}`;
  if (match === null || !isMoment(whole))
    throw invalidInput("page_token", "Send the tm_create of the last item, e.g. 2026-01-29 04:05:06.763331.");
  return `${whole}.${fraction.padEnd(6, "0").slice(0, 6)}`;
}

/** Whether the calendar has this moment; Date.parse would turn 30 February into 2 March. */
function isMoment(whole: string): boolean {
  const at = new Date(`${whole.replace(" ", "T")}Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 19).replace("T", " ") === whole;
}

export const uuidOrNil = (id: string | undefined): string => id ?? NIL_UUID;
