import { randomBytes, randomUUID } from "node:crypto";
import { NIL_UUID } from "@/db/columns";

export { NIL_UUID };

/** A random id (UUID v4), for records whose ids the platform's siblings see. */
export const newId = (): string => randomUUID();

/** A time-ordered id (UUID v7), for our own tables: the primary key is then also the order of time. */
export function newTimeOrderedId(): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DASHED = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";
const SPELLINGS = new RegExp(
  `^(?:(${DASHED})|\\{(${DASHED})\\}|urn:uuid:(${DASHED})|([0-9a-fA-F]{32})|\\{([0-9a-fA-F]{32})\\})$`,
);

/** The canonical lower-case form of a UUID in any spelling that the platform's Go services accept (contract/messaging.md §5.5), else null. */
export function parseUuid(text: string): string | null {
  if (CANONICAL.test(text)) return text;
  const match = SPELLINGS.exec(text);
  if (match === null) return null;
  const dashed = match[1] ?? match[2] ?? match[3];
  if (dashed !== undefined) return dashed.toLowerCase();
  const hex = (match[4] ?? match[5] ?? "").toLowerCase();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
