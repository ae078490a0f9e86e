import { randomBytes, randomUUID } from "node:crypto";
import { getTableColumns, getTableName } from "drizzle-orm";
import type { MySqlColumn, MySqlTable } from "drizzle-orm/mysql-core";
import { adminSessions, adminUsers } from "@/db/bin/schema/admin";
import { customerCustomers } from "@/db/bin/schema/customer";
import { adminRegistrationSamples } from "@/db/bin/schema/registration";
import { binTables } from "@/db/bin/tables";
import { createAccessKey, createCustomer } from "@/server/domain/customer";
import { addSeconds, NOT_SET } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import type { Role } from "@/server/kernel/permissions";
import { insertRow, type Statement } from "@/server/kernel/statements";
import { runStatement } from "@/server/kernel/statements-run";
import { addContact, endpointOf } from "../contacts";
import { anEmail, type TestInstallation } from "../installation";

/** A customer, and a row of theirs in every table that has rows of customers or of people. */
export interface Tenant {
  customerId: string;
  adminId: string;
  sessionId: string;
  token: string;
  /** Words that only their records hold: a beginning that all of their texts share, and their e-mail address. */
  mark: string;
  email: string;
  /** Every id that one could ask for, by what it is the id of. */
  ids: Record<string, string>;
}

interface OwnedTable {
  table: MySqlTable;
  name: string;
  columns: Record<string, MySqlColumn>;
  /** The column that says whose row it is. */
  owner: "customerId" | "userId";
}

/** Tables whose rows belong to a customer or to a person: found by their columns, so that a new one is among them. */
export const OWNED: readonly OwnedTable[] = binTables.flatMap((table) => {
  const columns: Record<string, MySqlColumn> = getTableColumns(table);
  const owner = (["customerId", "userId"] as const).find((key) => key in columns);
  return owner === undefined ? [] : [{ table, name: getTableName(table), columns, owner }];
});

/** Made by their own verbs, or below, because they have to be true. */
const MADE = new Set(["customer_accesskeys", "admin_users", "admin_sessions"]);

/** Fields that have to mean something, by table. */
const TRUE_FIELDS: Readonly<Record<string, (customerId: string) => object>> = {
  admin_drift_findings: (customerId) => ({
    kind: "contact",
    target: "account",
    subject: endpointOf("1001", customerId),
    differences: [],
  }),
};

export async function createTenant(installation: TestInstallation, role: Role = "admin"): Promise<Tenant> {
  const mark = `zq${randomBytes(5).toString("hex")}`;
  const email = `${mark}@tenant.example`;
  const customer = await createCustomer(installation.context(), { name: `${mark} customer`, email });
  const { key, token } = await createAccessKey(installation.context(), {
    customerId: customer.id,
    name: `${mark} key`,
  });
  const admin = await createAdmin(installation, role, customer.id, mark);
  const ids: Record<string, string> = {
    customer_customers: customer.id,
    customer_accesskeys: key.id,
    admin_users: admin.adminId,
    admin_sessions: admin.sessionId,
  };
  const owners = { customerId: customer.id, userId: admin.adminId };
  const inserts: Statement[] = [];
  for (const { table, name, columns, owner } of OWNED) {
    if (MADE.has(name)) continue;
    const row = rowOf(columns, mark, installation.runtime.now());
    if ("userId" in columns) row.userId = owners.userId;
    row[owner] = owners[owner];
    Object.assign(row, TRUE_FIELDS[name]?.(customer.id));
    inserts.push(insertRow(table, row as never));
    if (typeof row.id === "string" && columns.id?.getSQLType() === "binary(16)") ids[name] = row.id;
  }
  // Nobody's row, without which nothing was looked at when theirs were counted.
  const looked = installation.runtime.now();
  inserts.push(insertRow(adminRegistrationSamples, { tm: looked, registered: 1, tmUntil: looked }));
  await runTogether(installation, inserts);
  if (installation.runtime.asterisk !== null)
    await addContact(installation, { endpoint: endpointOf("1001", customer.id), userAgent: `${mark} phone` });
  return { ...owners, ...admin, token, mark, email, ids };
}

/** Somebody who is signed in. */
export async function createAdmin(
  installation: TestInstallation,
  role: Role,
  customerId: string | null,
  mark = "admin",
): Promise<{ adminId: string; sessionId: string }> {
  const [adminId, sessionId, now] = [newId(), newId(), installation.runtime.now()];
  const empty = { tmLastLogin: null, tmCreate: now, tmUpdate: now, tmDelete: NOT_SET };
  const name = `${mark} ${role}`;
  await runTogether(installation, [
    insertRow(adminUsers, { id: adminId, email: anEmail(), name, passwordHash: "no hash", role, customerId, ...empty }),
    insertRow(adminSessions, {
      id: sessionId,
      userId: adminId,
      ip: "127.0.0.1",
      userAgent: `${mark} browser`,
      tmCreate: now,
      tmLastSeen: now,
      tmExpire: addSeconds(now, 3_600),
      tmRevoke: null,
    }),
  ]);
  return { adminId, sessionId };
}

/** Several statements as one packet. */
const together = (statements: readonly Statement[]): Statement => ({
  sql: statements.map((each) => each.sql).join(";\n"),
  params: statements.flatMap((each) => each.params),
});

const runTogether = (installation: TestInstallation, statements: readonly Statement[]): Promise<unknown> =>
  runStatement(
    installation.db,
    together([{ sql: "start transaction", params: [] }, ...statements, { sql: "commit", params: [] }]),
  );

/** A row with something in every column; texts begin with the mark. */
function rowOf(columns: Record<string, MySqlColumn>, mark: string, now: string): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [key, column] of Object.entries(columns)) {
    if (column.generated !== undefined) continue;
    row[key] = valueOf(column.getSQLType(), key, mark, now);
  }
  return row;
}

function valueOf(type: string, key: string, mark: string, now: string): unknown {
  const [, kind = "", size = ""] = /^(\w+)(?:\((\d+)\))?/.exec(type) ?? [];
  switch (kind) {
    case "datetime":
    case "timestamp":
      if (key === "tmAcknowledge") return null; // what is open is what somebody can acknowledge
      return key === "tmDelete" ? NOT_SET : now;
    case "binary":
    case "varbinary":
      return type === "binary(16)" ? randomUUID() : randomBytes(Math.min(Number(size), 32));
    case "mediumblob":
    case "blob":
      return Buffer.from(mark);
    case "json":
      return { mark };
    case "varchar":
    case "char":
      return `${mark}${key}`.slice(0, Number(size));
    case "text":
    case "mediumtext":
    case "longtext":
      return mark;
    default: // numbers of all kinds
      return 1;
  }
}

/** All rows of a customer and of the people who belong to it, as they are now. */
export async function recordsOf(installation: TestInstallation, tenant: Tenant): Promise<string> {
  const bytes = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");
  const reads = [
    { sql: `select * from ${getTableName(customerCustomers)} where id = ?`, params: [bytes(tenant.customerId)] },
    ...OWNED.map(({ name, columns, owner }) => ({
      sql: `select * from ${name} where ${columns[owner]?.name ?? ""} = ?`,
      params: [bytes(owner === "userId" ? tenant.adminId : tenant.customerId)],
    })),
  ];
  const { sql, params } = together(reads);
  const results = await installation.rows<object[]>(sql, params);
  return JSON.stringify(results.map((rows) => rows.map((row) => JSON.stringify(row)).sort()));
}
