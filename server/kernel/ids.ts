import { randomBytes, randomUUID } from "node:crypto";
import { dashed, NIL_UUID, UUID } from "@/db/uuid";

export { dashed, NIL_UUID, UUID };

/** A random id (UUID v4), for records whose ids the platform's siblings see. */
export const newId = (): string => randomUUID();

/**
 * A time-ordered id (UUID v7), for our own tables: the primary key is then also the order of time.
 * @param at milliseconds since 1970
 */
export function newTimeOrderedId(at = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(at, 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return dashed(bytes.toString("hex"));
}

/** The id that every time-ordered id made at this time, in milliseconds since 1970, or later is not below. */
export function firstIdOf(milliseconds: number): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(Math.max(0, Math.trunc(milliseconds)), 0, 6);
  return dashed(bytes.toString("hex"));
}

const DASHED = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";
const SPELLINGS = new RegExp(
  `^(?:(${DASHED})|\\{(${DASHED})\\}|urn:uuid:(${DASHED})|([0-9a-fA-F]{32})|\\{([0-9a-fA-F]{32})\\})$`,
);

/** The canonical lower-case form of a UUID in any spelling that the platform's Go services accept (contract/messaging.md §5.5), else null. */
export function parseUuid(text: string): string | null {
  if (UUID.test(text)) return text;
  const match = SPELLINGS.exec(text);
  if (match === null) return null;
  const spelled = match[1] ?? match[2] ?? match[3];
  return (spelled ?? dashed(match[4] ?? match[5] ?? "")).toLowerCase();
}

/** A UUID column's bytes as text; the zero UUID for NULL, as the platform reads it (contract/messaging.md §5.5). */
export function uuidText(bytes: Buffer | null): string {
  if (bytes === null || bytes.length !== 16) return NIL_UUID;
  return dashed(bytes.toString("hex"));
}

/** The same of 32 hexadecimal digits, or of none. */
export const uuidOfHex = (hex: string): string => (hex.length === 32 ? dashed(hex) : NIL_UUID);
