import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import type { MySql2Database } from "drizzle-orm/mysql2";
import type { Database } from "@/db/client";
import { adminReceipts } from "@/db/bin/schema/admin";
import { insertRow, type Statement } from "./statements";
import { DomainError, duplicateKey, isDatabaseGone } from "./errors";
import { sealTo } from "./sealed-box";
import { firstRow, runStatement } from "./statements-run";

/**
 * A receipt makes a request take effect once, however often it is delivered: it is written in the transaction of the
 * change, and answers the repeat. What it keeps of the answer is sealed with a key that only the request itself
 * yields, so that a new access key's token cannot be read from the table.
 */
export interface Receipt {
  /** SHA-256 of what tells the request apart. */
  id: Buffer;
  /** Opens and closes the kept answer. */
  key: Buffer;
  /**
   * A hash of what was asked, where a key of the client's making alone names the request: it stands in front of the kept
   * answer, and tells a repeat from another request under the same key. Empty where the id says it all.
   */
  request: Buffer;
  /** What was written under it, once something was. */
  kept?: { answer: unknown };
  /** Set by a change whose input or answer is secret: nothing is kept under it, whatever its name is made of. */
  unkept?: true;
  /**
   * To whom alone the answer is readable, where it holds a secret and the request could be guessed from the database (see
   * sealed-box.ts); null where to nobody. A repeat is still told that there was one, but not its answer.
   */
  sealedTo?: Buffer | null;
}

type Parts = readonly (string | Buffer)[];

function digestOf(parts: Parts): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) {
    const bytes = typeof part === "string" ? Buffer.from(part) : part;
    hash.update(`${bytes.length}:`);
    hash.update(bytes);
  }
  return hash.digest();
}

const idOf = (root: Buffer): Buffer => createHash("sha256").update("receipt-id").update(root).digest();
const keyOf = (root: Buffer): Buffer => Buffer.from(hkdfSync("sha256", root, "", "receipt-key", 32));

/** @param parts what tells a request apart: for RPC reply_to, correlation_id and body */
export function receiptFor(parts: Parts): Receipt {
  const root = digestOf(parts);
  return { id: idOf(root), key: keyOf(root), request: Buffer.alloc(0) };
}

/**
 * For a request that its client names: the same name with another request is refused.
 * @param name the client's idempotency key, and whose it is
 * @param asked what is asked for under it
 */
export function namedReceipt(name: Parts, asked: Parts): Receipt {
  const root = digestOf(name);
  const request = digestOf(["receipt-request", root, ...asked]);
  return { id: idOf(root), key: keyOf(digestOf([root, request])), request };
}

/** Stands for an answer that nobody is to read. */
const UNREADABLE = Buffer.of(0);

function seal(receipt: Receipt, answer: unknown): Buffer {
  if (receipt.sealedTo === null) return UNREADABLE;
  if (receipt.sealedTo !== undefined) return sealTo(receipt.sealedTo, JSON.stringify(answer ?? null));
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", receipt.key, iv);
  const sealed = cipher.update(JSON.stringify(answer ?? null), "utf8");
  return Buffer.concat([iv, sealed, cipher.final(), cipher.getAuthTag()]);
}

/** @throws DomainError CONFLICT where the kept answer is to another request under the same name */
function open(receipt: Receipt, reply: Buffer | null): { answer: unknown } | null {
  const { length } = receipt.request;
  if (reply === null) return null;
  if (!receipt.request.equals(reply.subarray(0, length)))
    throw new DomainError(
      "CONFLICT",
      "IDEMPOTENCY_KEY_REUSED",
      "This idempotency key was used for another request within the last 24 hours. Use a new key for each request.",
    );
  if (reply.length === length) return null;
  return { answer: receipt.sealedTo === undefined ? unseal(receipt, reply.subarray(length)) : null };
}

function unseal(receipt: Receipt, sealed: Buffer): unknown {
  const decipher = createDecipheriv("aes-256-gcm", receipt.key, sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(sealed.length - 16));
  const plain = Buffer.concat([decipher.update(sealed.subarray(12, sealed.length - 16)), decipher.final()]);
  return JSON.parse(plain.toString("utf8"));
}

/** @param voided whether a void receipt of this request stands already, see {@link resolveCommit} */
export function writeReceipt(receipt: Receipt, answer: unknown, now: string, voided: boolean): Statement {
  const reply = Buffer.concat([receipt.request, seal(receipt, answer)]);
  if (!voided) return insertRow(adminReceipts, { id: receipt.id, reply, tmCreate: now });
  return { sql: "update admin_receipts set reply = ? where id = ?", params: [reply, receipt.id] };
}

/** What an earlier delivery of the request came to; null when there was none that took effect. */
export async function findReceipt(db: Database, receipt: Receipt): Promise<{ answer: unknown } | null> {
  const row = await firstRow<[Buffer | null]>(db, {
    sql: "select reply from admin_receipts where id = ?",
    params: [receipt.id],
  });
  return row === undefined ? null : open(receipt, row[0]);
}

/**
 * Holds a void receipt until the transaction ends, so that of several that try again one alone takes effect.
 * @returns the answer, where another has been quicker
 */
export async function lockVoidReceipt(
  query: MySql2Database<Record<string, never>>,
  receipt: Receipt,
): Promise<{ answer: unknown } | null> {
  const [row] = await query
    .select({ reply: adminReceipts.reply })
    .from(adminReceipts)
    .where(eq(adminReceipts.id, receipt.id))
    .for("update");
  return row === undefined ? null : open(receipt, row.reply);
}

/**
 * Finds out what became of a transaction whose commit got no answer. A void receipt is put in its place: where that
 * succeeds the transaction can never commit any more, and the change may be tried again; where it collides it has committed. Waits for the database to
 * come back, because until then no answer would be true.
 */
export async function resolveCommit(
  db: Database,
  receipt: Receipt,
  now: () => string,
): Promise<{ answer: unknown } | null> {
  return await untilAnswered(async () => {
    try {
      await runStatement(db, insertRow(adminReceipts, { id: receipt.id, reply: receipt.request, tmCreate: now() }));
      return null;
    } catch (error) {
      // A collision may also be with our own void receipt, whose answer was lost: then there is no answer in it.
      if (duplicateKey(error) !== null) return await findReceipt(db, receipt);
      throw error;
    }
  });
}

/**
 * Keeps an answer that no transaction has kept: of a change without one, or where what was answered is not what the
 * transaction came to.
 */
export async function keepAnswer(db: Database, receipt: Receipt, answer: unknown, now: string): Promise<void> {
  if (receipt.unkept === true || receipt.kept?.answer === answer) return;
  try {
    await runStatement(db, writeReceipt(receipt, answer, now, receipt.kept !== undefined));
    receipt.kept = { answer };
  } catch (error) {
    if (duplicateKey(error) === null) throw error; // a repeat at the same time has kept its own
  }
}

/** Asks until the database answers: for questions whose answer decides what may truly be said. */
export async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 1_000)) {
    try {
      return await ask();
    } catch (error) {
      if (!isDatabaseGone(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
