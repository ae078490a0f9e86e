import { LRUCache } from "lru-cache";
import type { Database } from "@/db/client";
import { authorize, isWithin } from "@/server/kernel/authorization";
import { isSet } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { parseInput } from "@/server/kernel/parse-input";
import { runStatement } from "@/server/kernel/statements-run";
import { findByPlainToken, findByTokenHash, type TokenMatch } from "./access-key-repository";
import { verifyAccessKeyInput, type AccessKeyView, type VerifyAccessKeyInput } from "./schemas";
import { couldBeToken } from "./token";
import { hashToken, maskToken } from "./view";
import { writeAccessKey } from "./writes";

/** How long one process may go on believing what it read: a key revoked elsewhere fails here within a second. */
const BELIEVE_MS = 900;
const KEYS_MOST = 20_000;
/** Last use is written at most this often per key. */
const USE_EVERY_MS = 60_000;

interface Memory {
  matches: LRUCache<string, { match: TokenMatch | null }>;
  used: LRUCache<string, true>;
}
const memories = new WeakMap<Database, Memory>();

function memoryOf(db: Database): Memory {
  let memory = memories.get(db);
  if (memory === undefined) {
    memory = {
      matches: new LRUCache({ max: KEYS_MOST, ttl: BELIEVE_MS }),
      used: new LRUCache({ max: KEYS_MOST, ttl: USE_EVERY_MS }),
    };
    memories.set(db, memory);
  }
  return memory;
}

/** To be called after any change of a key or the deletion of a customer, so that this process knows at once. */
export function forgetVerifiedKeys(ctx: Context): void {
  memoryOf(ctx.db).matches.clear();
}

/**
 * The access key behind a token, or null: unknown, expired, deleted, or of a deleted customer (contract/README "Fix" 6).
 * Tokens are compared exactly. The other fields narrow the answer, as a sibling's filter does.
 */
export async function verifyAccessKey(ctx: Context, input: VerifyAccessKeyInput): Promise<AccessKeyView | null> {
  authorize(ctx, "access-key:verify");
  const { token, customerId, id, name } = parseInput(verifyAccessKeyInput, input);
  if (!couldBeToken(token)) return null;
  const match = await findMatch(ctx, token);
  if (match === null || !isGood(match, ctx.now())) return null;
  const { key } = match;
  if (!isWithin(ctx.tenant, key.customerId)) return null;
  if (customerId !== undefined && customerId !== key.customerId) return null;
  if (id !== undefined && id !== key.id) return null;
  if (name !== undefined && name.toLowerCase() !== key.name.toLowerCase()) return null;
  noteUse(ctx, key.id);
  return key;
}

function isGood(match: TokenMatch, now: string): boolean {
  return match.tmEnd > now && !isSet(match.key.tmDelete) && !isSet(match.customerTmDelete);
}

async function findMatch(ctx: Context, token: string): Promise<TokenMatch | null> {
  const { matches } = memoryOf(ctx.db);
  const hash = hashToken(token);
  const at = hash.toString("base64");
  const known = matches.get(at);
  if (known !== undefined) return known.match;
  const match = (await findByTokenHash(ctx.db, hash)) ?? (await adoptPlainToken(ctx, token, hash));
  matches.set(at, { match });
  return match;
}

/** The original service may still run beside us and write plain tokens: each is hashed when it is first used. */
async function adoptPlainToken(ctx: Context, token: string, tokenHash: Buffer): Promise<TokenMatch | null> {
  const match = await findByPlainToken(ctx.db, token);
  if (match === null) return null;
  await runStatement(ctx.db, writeAccessKey(match.key.id, { tokenHash, token: maskToken(token) }));
  return match;
}

function noteUse(ctx: Context, id: string): void {
  const { used } = memoryOf(ctx.db);
  if (used.has(id)) return;
  used.set(id, true);
  const write = writeAccessKey(id, {
    tmUsed: ctx.now(),
    ...(ctx.ip === "" ? {} : { usedIp: ctx.ip }),
    ...(ctx.userAgent === "" ? {} : { usedAgent: ctx.userAgent.slice(0, 255) }),
  });
  runStatement(ctx.db, write).catch((error: unknown) => {
    used.delete(id);
    ctx.log.warn({ err: error, accessKeyId: id }, "last use of an access key was not written");
  });
}
