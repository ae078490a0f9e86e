import { isSet } from "@/server/kernel/clock";
import type { Database } from "@/db/client";
import { selectRows } from "@/server/kernel/statements-run";
import type { Account, AccountTable } from "./account";
import { asteriskText } from "./asterisk-text";
import { endpointKey } from "../contact/repository";
import type { ExtensionRecord } from "../extension/repository";

// What Asterisk's database holds under a key, against what the extensions imply there.

/** What of Asterisk's rows the product compares; what else a hand has set in them is left alone. */
export interface FoundAccount {
  ps_aors: { id: string } | null;
  ps_auths: { id: string; authType: string; username: string; password: string; realm: string } | null;
  ps_endpoints: { id: string; aors: string; auth: string } | null;
  /** Registrations, also those that have expired. */
  contacts: number;
}

export type Wrong = "missing" | "spelling" | "credential" | "realm" | "link" | "left-over";

/** One row that is not as it should be; of a secret only that it differs. */
export interface AccountDifference {
  table: AccountTable | "ps_contacts";
  wrong: Wrong;
  columns: readonly string[];
}

const NOTHING = (): FoundAccount => ({ ps_aors: null, ps_auths: null, ps_endpoints: null, contacts: 0 });
type Texts = (string | null)[];
const textOf = (value: string | null | undefined): string => value ?? "";

/** Reads what there is under each of the keys, by {@link endpointKey}; keys without anything are absent. */
export async function readAccounts(
  asterisk: Database,
  endpoints: readonly string[],
): Promise<Map<string, FoundAccount>> {
  const found = new Map<string, FoundAccount>();
  if (endpoints.length === 0) return found;
  const of = (id: string): FoundAccount => {
    const key = endpointKey(id);
    let account = found.get(key);
    if (account === undefined) found.set(key, (account = NOTHING()));
    return account;
  };
  const read = <Row>(sql: string): Promise<Row[]> => selectRows<Row>(asterisk, { sql, params: [endpoints] });
  const [aors, auths, ends, contacts] = await Promise.all([
    read<[string]>("select id from ps_aors where id in (?)"),
    read<[string, ...Texts]>("select id, auth_type, username, password, realm from ps_auths where id in (?)"),
    read<[string, ...Texts]>("select id, aors, auth from ps_endpoints where id in (?)"),
    read<[string, number]>("select endpoint, count(*) from ps_contacts where endpoint in (?) group by endpoint"),
  ]);
  for (const [id] of aors) of(id).ps_aors = { id };
  for (const [id, type, username, password, realm] of auths)
    of(id).ps_auths = {
      id,
      authType: textOf(type),
      username: textOf(username),
      password: textOf(password),
      realm: textOf(realm),
    };
  for (const [id, aors, auth] of ends) of(id).ps_endpoints = { id, aors: textOf(aors), auth: textOf(auth) };
  for (const [id, count] of contacts) of(id).contacts += Number(count);
  return found;
}

/** The same of one key, as the database compares it. */
export async function readAccount(asterisk: Database, endpoint: string): Promise<FoundAccount> {
  const [account] = (await readAccounts(asterisk, [endpoint])).values();
  return account ?? NOTHING();
}

/** The account of who lives; very old extensions have no realm of their own (contract/registrar.md §11 row 21). */
export function impliedAccount(record: ExtensionRecord): Account {
  const { endpointId, username, password } = record;
  return { endpointId, username, password, realm: record.realm === "" ? realmOf(endpointId) : record.realm };
}

/** What follows the number in a key. */
export const realmOf = (endpointId: string): string => endpointId.slice(endpointId.lastIndexOf("@") + 1);

/** The live one of those who claim a key. */
export const liveOf = (claims: readonly ExtensionRecord[]): ExtensionRecord | null =>
  claims.find(({ tmDelete }) => !isSet(tmDelete)) ?? null;

/** @param account what should be there; null where nothing should */
export function compareAccount(account: Account | null, found: FoundAccount): AccountDifference[] {
  return account === null ? leftOver(found) : wrongRows(account, found);
}

function leftOver(found: FoundAccount): AccountDifference[] {
  const tables = (["ps_endpoints", "ps_auths", "ps_aors"] as const).filter((table) => found[table] !== null);
  const differences: AccountDifference[] = tables.map((table) => ({ table, wrong: "left-over", columns: [] }));
  return found.contacts === 0
    ? differences
    : [...differences, { table: "ps_contacts", wrong: "left-over", columns: [] }];
}

function wrongRows(account: Account, { ps_aors: aor, ps_auths: auth, ps_endpoints: end }: FoundAccount) {
  const differences: AccountDifference[] = [];
  const add = (table: AccountTable, wrong: Wrong, pairs: Record<string, [is: string, should: string]>): void => {
    const columns = Object.entries(pairs).filter(([, [is, should]]) => is !== should);
    if (columns.length > 0) differences.push({ table, wrong, columns: columns.map(([column]) => column) });
  };
  const { endpointId: id, username, password, realm } = account;
  for (const [table, row] of Object.entries({ ps_aors: aor, ps_auths: auth, ps_endpoints: end }))
    if (row === null) differences.push({ table: table as AccountTable, wrong: "missing", columns: [] });
    // Asterisk tells capitals apart where the database does not (contract/registrar.md §10.3).
    else add(table as AccountTable, "spelling", { id: [row.id, id] });
  if (auth !== null) {
    add("ps_auths", "credential", {
      auth_type: [auth.authType, "userpass"],
      username: [auth.username, username],
      password: [auth.password, asteriskText(password)],
    });
    add("ps_auths", "realm", { realm: [auth.realm, realm] });
  }
  if (end !== null) add("ps_endpoints", "link", { aors: [end.aors, id], auth: [end.auth, id] });
  return differences;
}
