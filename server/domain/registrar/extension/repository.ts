import { and, asc, desc, eq, inArray, sql, type SQL } from "drizzle-orm";
import type { MySqlColumn } from "drizzle-orm/mysql-core";
import { registrarExtensions } from "@/db/bin/schema/registrar";
import type { Database } from "@/db/client";
import type { Tenant } from "@/server/kernel/context";
import { uuidOfHex } from "@/server/kernel/ids";
import { JsonRows } from "@/server/kernel/json-rows";
import { asText, filled, qb } from "@/server/kernel/list-reads";
import { bound } from "@/server/kernel/prepared";
import { withinTenant } from "@/server/kernel/tenancy";
import { TextRows } from "@/server/kernel/text-rows";
import type { Transaction } from "@/server/kernel/transaction";
import { listReads } from "../list-reads";
import type { ExtensionView } from "../schemas";
import { MASKED, type WireExtension } from "../wire";

/** An extension with its password: it leaves the domain only through {@link shownExtension}. */
export interface ExtensionRecord extends ExtensionView {
  password: string;
}

const extensions = registrarExtensions;

const fields = {
  id: extensions.id,
  customerId: extensions.customerId,
  name: extensions.name,
  detail: extensions.detail,
  endpointId: extensions.endpointId,
  aorId: extensions.aorId,
  authId: extensions.authId,
  extension: extensions.extension,
  domainName: extensions.domainName,
  realm: extensions.realm,
  username: extensions.username,
  password: extensions.password,
  tmCreate: asText(extensions.tmCreate),
  tmUpdate: asText(extensions.tmUpdate),
  tmDelete: asText(extensions.tmDelete),
};
const rows = new TextRows(fields);

/** As the platform has it (contract/registrar.md §3.1). */
const onWire: Record<keyof WireExtension, MySqlColumn | SQL> = {
  id: fields.id,
  customer_id: fields.customerId,
  name: fields.name,
  detail: fields.detail,
  endpoint_id: fields.endpointId,
  aor_id: fields.aorId,
  auth_id: fields.authId,
  extension: fields.extension,
  domain_name: fields.domainName,
  realm: fields.realm,
  username: fields.username,
  password: fields.password,
  tm_create: fields.tmCreate,
  tm_update: fields.tmUpdate,
  tm_delete: fields.tmDelete,
};
/** Rows for {@link extensionLists}' `json`, with their passwords and without. */
export const extensionJson = {
  withPassword: new JsonRows(onWire),
  masked: new JsonRows({ ...onWire, password: sql.raw(`'${MASKED}'`) }),
};

/** In the order of {@link fields}. */
function toRecord([id = "", customerId = "", ...texts]: string[]): ExtensionRecord {
  const [name = "", detail = "", endpointId = "", aorId = "", authId = "", extension = "", domainName = ""] = texts;
  const [, , , , , , , realm = "", username = "", password = "", tmCreate = "", tmUpdate = "", tmDelete = ""] = texts;
  return {
    id: uuidOfHex(id),
    customerId: uuidOfHex(customerId),
    name,
    detail,
    endpointId,
    aorId,
    authId,
    extension,
    domainName,
    realm,
    username,
    password,
    tmCreate,
    tmUpdate,
    tmDelete,
  };
}

export const extensionLists = listReads({
  name: "registrar_extensions",
  table: extensions,
  columns: extensions,
  rows,
  searched: ["extension", "name"],
  view: toRecord,
});

export async function findExtension(db: Database, tenant: Tenant, id: string): Promise<ExtensionRecord | null> {
  const [row] = await rows.rows(
    db,
    "extension",
    (texts) =>
      qb
        .select(texts)
        .from(extensions)
        .where(eq(extensions.id, bound(extensions.id, "id"))),
    { id },
  );
  const record = row === undefined ? null : toRecord(row);
  return record === null || tenant.all || record.customerId === tenant.customerId ? record : null;
}

/** The live extension of a customer's number. */
export async function findLiveExtension(
  db: Database,
  customerId: string,
  extension: string,
): Promise<ExtensionRecord | null> {
  const [row] = await rows.rows(
    db,
    "live extension",
    (texts) =>
      qb
        .select(texts)
        .from(extensions)
        .where(
          and(
            eq(extensions.customerId, bound(extensions.customerId, "customerId")),
            eq(extensions.extension, sql.placeholder("extension")),
            eq(extensions.rowDeleted, sql`0`),
          ),
        )
        .orderBy(desc(extensions.tmCreate))
        .limit(1),
    { customerId, extension },
  );
  return row === undefined ? null : toRecord(row);
}

/** Reads and locks an extension until the transaction ends. */
export async function lockExtension(tx: Transaction, tenant: Tenant, id: string): Promise<ExtensionRecord | null> {
  const query = await tx.query();
  const [row] = await query
    .select(fields)
    .from(extensions)
    .where(and(eq(extensions.id, id), withinTenant(tenant, extensions.customerId)))
    .for("update");
  return row === undefined ? null : filled<ExtensionRecord>(row);
}

/** Locks one bounded page of a customer's extensions: live ones, or those that a deletion took. */
export async function lockExtensions(
  tx: Transaction,
  customerId: string,
  of: "live" | { cascadeId: string },
  most: number,
): Promise<ExtensionRecord[]> {
  const query = await tx.query();
  const found = await query
    .select(fields)
    .from(extensions)
    .where(
      and(
        eq(extensions.customerId, customerId),
        eq(extensions.rowDeleted, of === "live" ? 0 : 1),
        of === "live" ? undefined : eq(extensions.cascadeId, of.cascadeId),
      ),
    )
    .limit(most)
    .for("update");
  return found.map((row) => filled<ExtensionRecord>(row));
}

/** Live extensions by the keys of Asterisk's rows, by those keys in lower case. */
export async function findExtensionsByEndpoint(
  db: Database,
  tenant: Tenant,
  endpointIds: readonly string[],
): Promise<Map<string, ExtensionRecord>> {
  if (endpointIds.length === 0) return new Map();
  const found = await db
    .select(fields)
    .from(extensions)
    .where(
      and(
        inArray(extensions.endpointId, [...endpointIds]),
        eq(extensions.rowDeleted, 0),
        withinTenant(tenant, extensions.customerId),
      ),
    );
  return new Map(found.map((row) => [(row.endpointId ?? "").toLowerCase(), filled<ExtensionRecord>(row)]));
}

/**
 * Reads and locks who claims a key of Asterisk's rows, the live ones first, then the newest. In an excluding transaction
 * nobody else can come to claim it before that ends; who is just being created is waited for.
 */
export async function lockClaims(tx: Transaction, endpointId: string): Promise<ExtensionRecord[]> {
  const query = await tx.query();
  const found = await query
    .select(fields)
    .from(extensions, { forceIndex: "idx_registrar_extensions_endpoint_id" })
    .where(eq(extensions.endpointId, endpointId))
    .orderBy(asc(extensions.rowDeleted), desc(extensions.tmCreate))
    .for("update");
  return found.map((row) => filled<ExtensionRecord>(row));
}
