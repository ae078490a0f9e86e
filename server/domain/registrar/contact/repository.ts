import { inArray } from "drizzle-orm";
import { psContacts } from "@/db/asterisk/schema/ps-contacts";
import type { Database } from "@/db/client";
import { isUnheardText } from "@/server/kernel/errors";
import { qb } from "@/server/kernel/list-reads";
import { noteFailure } from "@/server/kernel/reachability";
import { selectRows } from "@/server/kernel/statements-run";
import type { Contact } from "../schemas";

const c = psContacts;
/** The columns that the platform knows, in its order (contract/registrar.md §3.4). */
const fields = {
  id: c.id,
  uri: c.uri,
  expirationTime: c.expirationTime,
  qualifyFrequency: c.qualifyFrequency,
  outboundProxy: c.outboundProxy,
  path: c.path,
  userAgent: c.userAgent,
  qualifyTimeout: c.qualifyTimeout,
  regServer: c.regServer,
  authenticateQualify: c.authenticateQualify,
  viaAddr: c.viaAddr,
  viaPort: c.viaPort,
  callId: c.callId,
  endpoint: c.endpoint,
  pruneOnBoot: c.pruneOnBoot,
};
const NUMBERS = new Set<string>(["expirationTime", "qualifyFrequency", "qualifyTimeout", "viaPort"]);
const KEYS = Object.keys(fields);

/** NULLs are empty texts and zeros: Asterisk writes none, but a hand may have. */
export function toContact(row: readonly (string | number | null)[]): Contact {
  const contact: Record<string, unknown> = {};
  for (const [i, key] of KEYS.entries()) {
    const value = row[i];
    contact[key] = NUMBERS.has(key) ? Number(value ?? 0) : (value ?? "");
  }
  return contact as unknown as Contact;
}

/** How the column compares: without case and without spaces behind. */
export const endpointKey = (endpoint: string): string => endpoint.replace(/ +$/, "").toLowerCase();

/** The select list that {@link toContact} reads. */
export const contactFields = Object.values(fields)
  .map((column) => `\`${column.name}\``)
  .join(", ");

const { sql } = qb
  .select(fields)
  .from(c)
  .where(inArray(c.endpoint, ["?"]))
  .toSQL();
const select = sql.replace("in (?)", "in (?) and `expiration_time` > ?");

/** The present as Asterisk writes it into `expiration_time`: Unix seconds. */
export const nowSeconds = (): number => Math.floor(Date.now() / 1_000);

/** Reads the registrations of many endpoints, by {@link endpointKey}; those that have expired are none. */
export async function readContacts(asterisk: Database, endpoints: readonly string[]): Promise<Map<string, Contact[]>> {
  const found = new Map<string, Contact[]>();
  if (endpoints.length === 0) return found;
  const rows = await selectRows<(string | number | null)[]>(asterisk, {
    sql: select,
    params: [endpoints, nowSeconds()],
  });
  for (const row of rows) {
    const contact = toContact(row);
    const key = endpointKey(contact.endpoint);
    found.set(key, [...(found.get(key) ?? []), contact]);
  }
  return found;
}

/** Endpoints that one query asks for, at most. */
const BATCH = 100;
/** Queries that run at once. */
const AT_ONCE = 2;

interface Question {
  endpoint: string;
  answer: (contacts: Contact[]) => void;
  fail: (error: unknown) => void;
}
interface Lookups {
  waiting: Question[];
  running: number;
}
const lookups = new WeakMap<Database, Lookups>();

/**
 * The registrations of one endpoint, as they are now. Questions that come while others are being answered are asked
 * together: on the path of every call a look-up of its own would cost ten times as much, and a cache would be wrong.
 */
export function findContacts(asterisk: Database, endpoint: string): Promise<Contact[]> {
  let mine = lookups.get(asterisk);
  if (mine === undefined) lookups.set(asterisk, (mine = { waiting: [], running: 0 }));
  const all = mine;
  return new Promise((answer, fail) => {
    all.waiting.push({ endpoint, answer, fail });
    if (all.running < AT_ONCE) void drain(asterisk, all);
  });
}

async function drain(asterisk: Database, lookups: Lookups): Promise<void> {
  lookups.running++;
  await Promise.resolve(); // those that are asked for in the same turn come along
  while (lookups.waiting.length > 0) {
    await answerTogether(asterisk, lookups.waiting.splice(0, BATCH));
  }
  lookups.running--;
}

async function answerTogether(asterisk: Database, batch: readonly Question[]): Promise<void> {
  try {
    const endpoints = [...new Set(batch.map(({ endpoint }) => endpoint))];
    const found = await readContacts(asterisk, endpoints);
    for (const { endpoint, answer } of batch) answer(found.get(endpointKey(endpoint)) ?? []);
  } catch (error) {
    noteFailure(asterisk, error);
    if (!isUnheardText(error)) for (const { fail } of batch) fail(error);
    else if (batch.length === 1) batch[0]?.answer([]);
    // One that cannot be there must not spoil the others' answers.
    else for (const question of batch) await answerTogether(asterisk, [question]);
  }
}
