import { and, desc, eq, sql } from "drizzle-orm";
import { registrarTrunks } from "@/db/bin/schema/registrar";
import type { Database } from "@/db/client";
import type { Tenant } from "@/server/kernel/context";
import { uuidOfHex } from "@/server/kernel/ids";
import { asText, filled, qb } from "@/server/kernel/list-reads";
import { bound } from "@/server/kernel/prepared";
import { withinTenant } from "@/server/kernel/tenancy";
import { TextRows } from "@/server/kernel/text-rows";
import type { Transaction } from "@/server/kernel/transaction";
import { listReads } from "../list-reads";
import type { TrunkView } from "../schemas";

/** A trunk with its password: it leaves the domain only through {@link shownTrunk}. */
export interface TrunkRecord extends TrunkView {
  password: string;
}

const trunks = registrarTrunks;

const fields = {
  id: trunks.id,
  customerId: trunks.customerId,
  name: trunks.name,
  detail: trunks.detail,
  domainName: trunks.domainName,
  realm: trunks.realm,
  username: trunks.username,
  password: trunks.password,
  tmCreate: asText(trunks.tmCreate),
  tmUpdate: asText(trunks.tmUpdate),
  tmDelete: asText(trunks.tmDelete),
  authTypes: sql<string | null>`cast(${trunks.authTypes} as char)`,
  allowedIps: sql<string | null>`cast(${trunks.allowedIps} as char)`,
};
const rows = new TextRows(fields);

/** In the order of {@link fields}; the two lists are JSON, NULL or `null` where nothing was given. */
function toRecord([id = "", customerId = "", ...texts]: string[]): TrunkRecord {
  const [name = "", detail = "", domainName = "", realm = "", username = "", password = ""] = texts;
  const [, , , , , , tmCreate = "", tmUpdate = "", tmDelete = "", authTypes = "", allowedIps = ""] = texts;
  return {
    id: uuidOfHex(id),
    customerId: uuidOfHex(customerId),
    name,
    detail,
    domainName,
    authTypes: textsOf(authTypes),
    realm,
    username,
    password,
    allowedIps: textsOf(allowedIps),
    tmCreate,
    tmUpdate,
    tmDelete,
  };
}

/** The texts of a JSON column; anything else that somebody wrote there is none. */
function textsOf(json: string | null): string[] {
  if (json === null || json === "") return [];
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}

const fromObject = (row: Record<keyof typeof fields, string | null>): TrunkRecord => ({
  ...filled<Record<keyof typeof fields, string>>(row),
  authTypes: textsOf(row.authTypes),
  allowedIps: textsOf(row.allowedIps),
});

export const trunkLists = listReads({
  name: "registrar_trunks",
  table: trunks,
  columns: trunks,
  rows,
  searched: ["domainName", "name"],
  view: toRecord,
});

export async function findTrunk(db: Database, tenant: Tenant, id: string): Promise<TrunkRecord | null> {
  const [row] = await rows.rows(
    db,
    "trunk",
    (texts) =>
      qb
        .select(texts)
        .from(trunks)
        .where(eq(trunks.id, bound(trunks.id, "id"))),
    { id },
  );
  const record = row === undefined ? null : toRecord(row);
  return record === null || tenant.all || record.customerId === tenant.customerId ? record : null;
}

/** The live trunk of a domain name. */
export async function findLiveTrunk(db: Database, domainName: string): Promise<TrunkRecord | null> {
  const [row] = await rows.rows(
    db,
    "live trunk",
    (texts) =>
      qb
        .select(texts)
        .from(trunks)
        .where(and(eq(trunks.domainName, sql.placeholder("domainName")), eq(trunks.rowDeleted, sql`0`)))
        .orderBy(desc(trunks.tmCreate))
        .limit(1),
    { domainName },
  );
  return row === undefined ? null : toRecord(row);
}

/** Reads and locks a trunk until the transaction ends. */
export async function lockTrunk(tx: Transaction, tenant: Tenant, id: string): Promise<TrunkRecord | null> {
  const query = await tx.query();
  const [row] = await query
    .select(fields)
    .from(trunks)
    .where(and(eq(trunks.id, id), withinTenant(tenant, trunks.customerId)))
    .for("update");
  return row === undefined ? null : fromObject(row);
}

/** Locks one bounded page of a customer's trunks: live ones, or those that a deletion took. */
export async function lockTrunks(
  tx: Transaction,
  customerId: string,
  of: "live" | { cascadeId: string },
  most: number,
): Promise<TrunkRecord[]> {
  const query = await tx.query();
  const found = await query
    .select(fields)
    .from(trunks)
    .where(
      and(
        eq(trunks.customerId, customerId),
        eq(trunks.rowDeleted, of === "live" ? 0 : 1),
        of === "live" ? undefined : eq(trunks.cascadeId, of.cascadeId),
      ),
    )
    .limit(most)
    .for("update");
  return found.map(fromObject);
}
