import type { Connection, RowDataPacket } from "mysql2/promise";
import type { FoundTable } from "./shape/table";

/** What is in the database stands in the way: rows that break a guarantee, or tables of another age. Nothing was changed. */
export class MigrationRefused extends Error {
  override readonly name = "MigrationRefused";
  /** @param conflicts one line for each obstacle: ids and names, never a token or a password */
  constructor(readonly conflicts: readonly string[]) {
    super(
      `Nothing was changed, because what this database holds stands in the way. Mend it, then run again:\n${conflicts.map((line) => `  ${line}`).join("\n")}`,
    );
  }
}

const MOST = 100;
const LIVE_ROW = "(tm_delete is null or tm_delete >= '9999-01-01 00:00:00.000000')";
const LIVE = `${LIVE_ROW} and email <> ''`;
const FOLDED = "lower(convert(email using utf8mb4)) collate utf8mb4_bin";
/** Tokens that are still plain; a masked one ends in an ellipsis. */
export const PLAIN_TOKEN = "token <> '' and token not like '%…'";
export const TOKEN_HASH = "unhex(sha2(convert(token using utf8mb4), 256))";

/** What stands in the way of the guarantees that the tables do not have yet. */
export async function findConflicts(connection: Connection, found: ReadonlyMap<string, FoundTable>): Promise<string[]> {
  return [
    ...(await findSharedEmails(connection, found)),
    ...(await findSharedTokens(connection, found)),
    ...(await findSharedNames(connection, found, SIP_NAMES.extensions)),
    ...(await findSharedNames(connection, found, SIP_NAMES.trunks)),
  ];
}

/** Names that only one live row may have, ignoring case and spaces behind them; see db/bin/schema/registrar.ts. */
interface OnlyName {
  table: string;
  index: string;
  column: string;
  /** Among whose rows; everybody's where it says nothing. */
  owner: string;
  what: string;
}

const SIP_NAMES: Record<"extensions" | "trunks", OnlyName> = {
  extensions: {
    table: "registrar_extensions",
    index: "uq_registrar_extensions_customer_id_extension_live",
    column: "extension",
    owner: "customer_id",
    what: "live extensions of one customer with one number, ignoring case and trailing spaces",
  },
  trunks: {
    table: "registrar_trunks",
    index: "uq_registrar_trunks_domain_name_live",
    column: "domain_name",
    owner: "''",
    what: "live trunks with one domain name, ignoring case and trailing spaces",
  },
};

async function findSharedNames(
  connection: Connection,
  found: ReadonlyMap<string, FoundTable>,
  { table, index, column, owner, what }: OnlyName,
): Promise<string[]> {
  const present = found.get(table);
  if (present === undefined || present.indexes.has(index)) return [];
  const folded = `lower(rtrim(convert(${column} using utf8mb4))) collate utf8mb4_bin`;
  const live = `${LIVE_ROW} and ${column} <> ''`;
  const [rows] = await connection.query<RowDataPacket[]>(
    `select concat(hex(n.owner), ' ', n.folded) as shared, n.name, hex(n.id) as id
       from (select id, ${owner} as owner, ${column} as name, ${folded} as folded from ${table} where ${live}) n
       join (select ${owner} as owner, ${folded} as folded from ${table} where ${live}
              group by 1, 2 having count(*) > 1 limit ${MOST}) d on d.owner = n.owner and d.folded = n.folded
      order by shared, n.id`,
  );
  return groups(rows, "shared", "name").map((members) => `${what}: ${members}`);
}

async function findSharedEmails(connection: Connection, found: ReadonlyMap<string, FoundTable>): Promise<string[]> {
  const table = found.get("customer_customers");
  if (table === undefined || table.indexes.has("uq_customer_customers_email_live")) return [];
  const [rows] = await connection.query<RowDataPacket[]>(
    `select c.folded, c.email, hex(c.id) as id from (select id, email, ${FOLDED} as folded from customer_customers where ${LIVE}) c
       join (select ${FOLDED} as folded from customer_customers where ${LIVE} group by 1 having count(*) > 1 limit ${MOST}) d on d.folded = c.folded
      order by c.folded, c.id`,
  );
  return groups(rows, "folded", "email").map((members) => `live customers with one e-mail, ignoring case: ${members}`);
}

async function findSharedTokens(connection: Connection, found: ReadonlyMap<string, FoundTable>): Promise<string[]> {
  const table = found.get("customer_accesskeys");
  if (table === undefined) return [];
  const hashed = table.columns.has("token_hash");
  const plain = hashed ? `token_hash is null and ${PLAIN_TOKEN}` : PLAIN_TOKEN;
  const [some] = await connection.query<RowDataPacket[]>(`select 1 from customer_accesskeys where ${plain} limit 1`);
  if (some.length === 0) return [];
  const own = `select id, ${TOKEN_HASH} as h from customer_accesskeys where ${plain}`;
  const all = hashed
    ? `${own} union all select id, token_hash from customer_accesskeys where token_hash is not null`
    : own;
  const [rows] = await connection.query<RowDataPacket[]>(
    `select hex(k.h) as h, hex(k.id) as id, '' as what from (${all}) k
       join (select h from (${all}) a group by h having count(*) > 1 limit ${MOST}) d on d.h = k.h order by k.h, k.id`,
  );
  return groups(rows, "h", "what").map((members) => `access keys with one token: ${members}`);
}

function groups(rows: readonly RowDataPacket[], by: string, what: string): string[] {
  const members = new Map<string, string[]>();
  for (const row of rows) {
    const list = members.get(String(row[by])) ?? [];
    const id = String(row.id)
      .toLowerCase()
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    list.push(row[what] === "" ? id : `${id} <${String(row[what])}>`);
    members.set(String(row[by]), list);
  }
  return [...members.values()].map((list) => list.join(", "));
}
