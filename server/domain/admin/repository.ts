import {
  and,
  asc,
  desc,
  eq,
  exists,
  gt,
  inArray,
  isNotNull,
  isNull,
  like,
  lt,
  not,
  or,
  sql,
  type SQL,
} from "drizzle-orm";
import { QueryBuilder, type AnyMySqlColumn } from "drizzle-orm/mysql-core";
import type { Database } from "@/db/client";
import { adminLinks, adminUsers } from "@/db/bin/schema/admin";
import { customerCustomers } from "@/db/bin/schema/customer";
import { adminPasskeys, adminTotp } from "@/db/bin/schema/sign-in";
import type { Tenant } from "@/server/kernel/context";
import { UUID } from "@/server/kernel/ids";
import type { Position } from "@/server/kernel/pagination";
import { withinTenant } from "@/server/kernel/tenancy";
import type { Transaction } from "@/server/kernel/transaction";
import type { AdminFilter, AdminStatus } from "./schemas";

const users = adminUsers;
const qb = new QueryBuilder();

/** An admin as the database holds it, without anything that would let somebody in. */
export interface AdminRow {
  id: string;
  name: string;
  email: string;
  role: string;
  customerId: string | null;
  customerName: string | null;
  status: AdminStatus;
  /** Whether he has yet to choose a password. */
  invited: boolean;
  twoFactor: boolean;
  tmInvite: string;
  tmLastLogin: string;
  tmDisable: string;
  tmCreate: string;
  tmUpdate: string;
  /** The last sign-in, or a time before all others: the value that lists are sorted by. */
  signInOrder: string;
}

const hasTwoFactor: SQL = or(
  exists(
    qb
      .select({ one: sql`1` })
      .from(adminTotp)
      .where(and(eq(adminTotp.userId, users.id), isNotNull(adminTotp.tmConfirm))),
  ),
  exists(
    qb
      .select({ one: sql`1` })
      .from(adminPasskeys)
      .where(eq(adminPasskeys.userId, users.id)),
  ),
) as SQL;
const lastInvite = sql<string | null>`(select max(${adminLinks.tmExpire}) from ${adminLinks}
  where ${adminLinks.userId} = ${users.id} and ${adminLinks.purpose} = 'invite' and ${adminLinks.tmUse} is null)`;

const columns = {
  id: users.id,
  name: users.name,
  email: users.email,
  role: users.role,
  customerId: users.customerId,
  customerName: customerCustomers.name,
  invited: sql<number>`${users.passwordHash} is null`,
  twoFactor: sql<number>`${hasTwoFactor}`,
  tmInvite: lastInvite,
  tmLastLogin: users.tmLastLogin,
  tmDisable: users.tmDisable,
  tmCreate: users.tmCreate,
  tmUpdate: users.tmUpdate,
  signInOrder: users.signInOrder,
};
type Row = { [Key in keyof AdminRow]?: unknown } & { id: string };

function toRow(row: Row): AdminRow {
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  const disabled = typeof row.tmDisable === "string";
  const invited = Number(row.invited) === 1;
  return {
    id: row.id,
    name: text(row.name),
    email: text(row.email),
    role: text(row.role),
    customerId: typeof row.customerId === "string" ? row.customerId : null,
    customerName: typeof row.customerId === "string" ? text(row.customerName) : null,
    status: disabled ? "disabled" : invited ? "invited" : "active",
    invited,
    twoFactor: Number(row.twoFactor) === 1,
    tmInvite: invited ? text(row.tmInvite) : "",
    tmLastLogin: text(row.tmLastLogin),
    tmDisable: text(row.tmDisable),
    tmCreate: text(row.tmCreate),
    tmUpdate: text(row.tmUpdate),
    signInOrder: text(row.signInOrder),
  };
}

/** Live admins whom the tenant may see: a customer's people see theirs and never the platform's. */
const visible = (tenant: Tenant): SQL | undefined =>
  and(eq(users.rowDeleted, 0), withinTenant(tenant, users.customerId));

type Reads = Pick<Database, "select">;
const selectAdmins = (db: Reads) =>
  db.select(columns).from(users).leftJoin(customerCustomers, eq(customerCustomers.id, users.customerId));

export async function findAdmin(db: Reads, tenant: Tenant, id: string): Promise<AdminRow | null> {
  const [row] = await selectAdmins(db).where(and(eq(users.id, id), visible(tenant)));
  return row === undefined ? null : toRow(row);
}

export async function findAdminByEmail(db: Reads, email: string): Promise<AdminRow | null> {
  const [row] = await selectAdmins(db).where(eq(users.emailLive, email.toLowerCase()));
  return row === undefined ? null : toRow(row);
}

/**
 * Locks an admin until the transaction ends, and reads him as he is then: the database's view of a transaction begins
 * with its first read that locks nothing, which is the one here.
 */
export async function lockAdmin(tx: Transaction, tenant: Tenant, id: string): Promise<AdminRow | null> {
  const query = await tx.query();
  const mine = and(eq(users.id, id), visible(tenant));
  const [locked] = await query.select({ id: users.id }).from(users).where(mine).for("update");
  return locked === undefined ? null : await findAdmin(query as unknown as Reads, tenant, id);
}

/** Locks the platform's owners who can sign in, and names them: of them one has to stay. */
export async function lockOwners(tx: Transaction): Promise<string[]> {
  const query = await tx.query();
  const rows = await query
    .select({
      id: users.id,
      customerId: users.customerId,
      tmDisable: users.tmDisable,
      passwordHash: users.passwordHash,
    })
    .from(users)
    .where(and(eq(users.rowDeleted, 0), eq(users.role, "owner")))
    .for("update");
  return rows
    .filter((row) => row.customerId === null && row.tmDisable === null && row.passwordHash !== null)
    .map((row) => row.id);
}

/** Whether there is any admin; where there is none, nobody can be added until the transaction ends. */
export async function lockAnyAdmin(tx: Transaction): Promise<boolean> {
  const query = await tx.query();
  const rows = await query.select({ id: users.id }).from(users).where(eq(users.rowDeleted, 0)).limit(1).for("update");
  return rows.length > 0;
}

export interface AdminListQuery {
  filter: AdminFilter;
  sort: "tmCreate" | "name" | "tmLastLogin";
  direction: "asc" | "desc";
  at: Position | null;
  /** Rows to read; one more than the page holds tells whether there is a next. */
  limit: number;
}

/** What the rows are sorted by besides their ids, which are time-ordered: newest first needs nothing else. */
const SORT_COLUMN: Record<AdminListQuery["sort"], AnyMySqlColumn | null> = {
  tmCreate: null,
  name: users.name,
  tmLastLogin: users.signInOrder,
};

/** Rows of a page in reading order. Each filter and sort has its index, see db/bin/schema/admin.ts. */
export async function listAdminRows(db: Database, tenant: Tenant, query: AdminListQuery): Promise<AdminRow[]> {
  const { at } = query;
  const column = SORT_COLUMN[query.sort];
  const descending = (query.direction === "desc") !== (at?.back ?? false);
  const [beyond, order] = descending ? [lt, desc] : [gt, asc];
  const after = at !== null && UUID.test(at.id) ? beyond(users.id, at.id) : undefined;
  const position =
    at === null || column === null ? after : or(beyond(column, at.value), and(eq(column, at.value), after));
  const rows = await selectAdmins(db)
    .where(and(visible(tenant), ...conditions(query.filter), position))
    .orderBy(...(column === null ? [] : [order(column)]), order(users.id))
    .limit(query.limit);
  return rows.map(toRow);
}

/** How many match, counted up to `most`. */
export async function countAdmins(db: Database, tenant: Tenant, filter: AdminFilter, most: number): Promise<number> {
  const matching = db
    .select({ one: sql`1`.as("one") })
    .from(users)
    .where(and(visible(tenant), ...conditions(filter)))
    .limit(most)
    .as("matching");
  const [row] = await db.select({ count: sql<number>`count(*)` }).from(matching);
  return Number(row?.count ?? 0);
}

function conditions(filter: AdminFilter): (SQL | undefined)[] {
  const { search, role, status, twoFactor, reach, customerId } = filter;
  return [
    search === undefined || search === "" ? undefined : matches(search),
    role === undefined ? undefined : eq(users.role, role),
    status === undefined ? undefined : hasStatus(status),
    twoFactor === undefined ? undefined : twoFactor ? hasTwoFactor : not(hasTwoFactor),
    reach === undefined ? undefined : reach === "platform" ? isNull(users.customerId) : isNotNull(users.customerId),
    customerId === undefined ? undefined : eq(users.customerId, customerId),
  ];
}

function hasStatus(status: AdminStatus): SQL | undefined {
  if (status === "disabled") return isNotNull(users.tmDisable);
  return and(
    isNull(users.tmDisable),
    status === "invited" ? isNull(users.passwordHash) : isNotNull(users.passwordHash),
  );
}

const SEARCH_MOST = 1_000;

/** Each beginning is looked up in its own index and bounded; an "or" over two columns would read the whole table. */
function matches(search: string): SQL {
  if (UUID.test(search.toLowerCase())) return eq(users.id, search.toLowerCase());
  const prefix = `${search.replace(/[\\%_]/g, "\\$&")}%`;
  const beginning = (condition: SQL | undefined): SQL =>
    sql`(${qb.select({ id: users.id }).from(users).where(condition).limit(SEARCH_MOST)})`;
  const byName = beginning(and(eq(users.rowDeleted, 0), like(users.name, prefix)));
  const byEmail = beginning(like(users.emailLive, prefix.toLowerCase()));
  return inArray(users.id, sql`(select id from (${byName} union ${byEmail}) as found)`);
}
