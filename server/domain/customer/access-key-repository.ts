import { and, eq, gt, isNull, sql, type SQL } from "drizzle-orm";
import type { Database } from "@/db/client";
import { customerAccesskeys, customerCustomers } from "@/db/bin/schema/customer";
import type { Tenant } from "@/server/kernel/context";
import { bound, PreparedReads, type Query } from "@/server/kernel/prepared";
import type { Transaction } from "@/server/kernel/transaction";
import { asText, filled, qb } from "@/server/kernel/list-reads";
import { tenantShape, tenantValue, withinBoundTenant, withinTenant } from "@/server/kernel/tenancy";
import type { AccessKeyView } from "./schemas";
import { hashToken, maskToken, toAccessKeyView, type AccessKeyRow } from "./view";

const reads = new PreparedReads();
const customers = customerCustomers;
const keys = customerAccesskeys;

export const keyColumns = {
  id: keys.id,
  customerId: keys.customerId,
  name: keys.name,
  detail: keys.detail,
  token: keys.token,
  tokenHash: keys.tokenHash,
  tmPrevExpire: asText(keys.tmPrevExpire),
  tmUsed: asText(keys.tmUsed),
  usedIp: keys.usedIp,
  usedAgent: keys.usedAgent,
  tmExpire: asText(keys.tmExpire),
  tmCreate: asText(keys.tmCreate),
  tmUpdate: asText(keys.tmUpdate),
  tmDelete: asText(keys.tmDelete),
};

export async function findAccessKey(db: Database, tenant: Tenant, id: string): Promise<AccessKeyView | null> {
  const rows = await reads.rows<AccessKeyRow>(
    db,
    `key:${tenantShape(tenant)}`,
    () =>
      qb
        .select(keyColumns)
        .from(keys)
        .where(and(eq(keys.id, bound(keys.id, "id")), withinBoundTenant(tenant, keys.customerId))),
    { id, ...tenantValue(tenant) },
  );
  return rows[0] === undefined ? null : toAccessKeyView(rows[0]);
}

/** A key as the database holds it, for those who change it. */
export interface StoredAccessKey {
  view: AccessKeyView;
  /** Of the present token; also of a plain one that the original service wrote. */
  tokenHash: Buffer | null;
  cascadeId: string;
}

/** Reads and locks a key until the transaction ends. */
export async function lockAccessKey(tx: Transaction, tenant: Tenant, id: string): Promise<StoredAccessKey | null> {
  const query = await tx.query();
  const [row] = await query
    .select(storedColumns)
    .from(keys)
    .where(and(eq(keys.id, id), withinTenant(tenant, keys.customerId)))
    .for("update");
  return row === undefined ? null : stored(row);
}

/** Reads and locks a bounded page of a customer's keys: the live ones, or those that one deletion took. */
export async function lockAccessKeys(
  tx: Transaction,
  customerId: string,
  of: "live" | { cascadeId: string },
  limit: number,
): Promise<StoredAccessKey[]> {
  const query = await tx.query();
  const rows = await query
    .select(storedColumns)
    .from(keys)
    .where(
      and(eq(keys.customerId, customerId), of === "live" ? eq(keys.rowDeleted, 0) : eq(keys.cascadeId, of.cascadeId)),
    )
    .limit(limit)
    .for("update");
  return rows.map(stored);
}

const storedColumns = { ...keyColumns, cascadeId: keys.cascadeId };

function stored(
  row: { [Key in keyof AccessKeyView]: string | null } & {
    id: string;
    tokenHash: Buffer | null;
    cascadeId: string | null;
  },
): StoredAccessKey {
  const { tokenHash, cascadeId, ...rest } = row;
  const view = filled(rest);
  const plain = tokenHash === null ? view.token : "";
  return {
    view: plain === "" ? view : { ...view, token: maskToken(plain) },
    tokenHash: tokenHash ?? (plain === "" ? null : hashToken(plain)),
    cascadeId: cascadeId ?? "",
  };
}

/** A key by its token, with what decides whether it is good. */
export interface TokenMatch {
  key: AccessKeyView;
  /** When the customer was deleted; empty where there is no such customer. */
  customerTmDelete: string;
  /** Until when this very token works: the key's end, or the end of a rotation's overlap. */
  tmEnd: string;
}

type TokenRow = [...AccessKeyRow, customerTmDelete: string | null];

/** Finds a key by the hash of its token: the present one, or the one before a rotation. */
export async function findByTokenHash(db: Database, tokenHash: Buffer): Promise<TokenMatch | null> {
  const [row] = await reads.rows<TokenRow>(
    db,
    "token",
    () => selectByToken(eq(keys.tokenHash, bound(keys.tokenHash, "hash"))),
    { hash: tokenHash },
  );
  if (row !== undefined) return match(row, (key) => key.tmExpire);
  const [previous] = await reads.rows<TokenRow>(
    db,
    "token:previous",
    () => selectByToken(eq(keys.prevTokenHash, bound(keys.prevTokenHash, "hash"))),
    { hash: tokenHash },
  );
  return previous === undefined
    ? null
    : match(previous, (key) => (key.tmPrevExpire < key.tmExpire ? key.tmPrevExpire : key.tmExpire));
}

/** A key whose token the original service has just written in plain text. */
export async function findByPlainToken(db: Database, token: string): Promise<TokenMatch | null> {
  const [row] = await reads.rows<TokenRow>(
    db,
    "token:plain",
    () =>
      selectByToken(
        and(
          eq(keys.token, sql.placeholder("token")),
          sql`binary ${keys.token} = ${sql.placeholder("exact")}`,
          isNull(keys.tokenHash),
        ),
      ),
    { token, exact: Buffer.from(token) },
  );
  return row === undefined ? null : match(row, (key) => key.tmExpire);
}

function selectByToken(where: SQL | undefined): Query {
  return qb
    .select({ ...keyColumns, customerTmDelete: asText(customers.tmDelete) })
    .from(keys)
    .leftJoin(customers, eq(customers.id, keys.customerId))
    .where(where)
    .limit(1);
}

function match(row: TokenRow, end: (key: AccessKeyView) => string): TokenMatch {
  const key = toAccessKeyView(row.slice(0, 14) as AccessKeyRow);
  return { key, customerTmDelete: row[14] ?? "", tmEnd: end(key) };
}

/** How many live keys of a customer were used since a time. */
export async function countAccessKeysUsedSince(db: Database, customerId: string, since: string): Promise<number> {
  const rows = await db
    .select({ count: sql<number>`count(*)` })
    .from(keys)
    .where(and(eq(keys.customerId, customerId), eq(keys.rowDeleted, 0), gt(keys.tmUsed, since)));
  return Number(rows[0]?.count ?? 0);
}
