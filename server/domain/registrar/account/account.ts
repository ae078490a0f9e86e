import { adminUnsettled } from "@/db/asterisk/schema/admin-unsettled";
import { psAors } from "@/db/asterisk/schema/ps-aors";
import { psAuths } from "@/db/asterisk/schema/ps-auths";
import { psEndpoints } from "@/db/asterisk/schema/ps-endpoints";
import type { Database } from "@/db/client";
import type { Context } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { newTimeOrderedId } from "@/server/kernel/ids";
import { isAway, orUnknown } from "@/server/kernel/reachability";
import { insertRow, upsertRow, type Statement } from "@/server/kernel/statements";
import type { Transaction } from "@/server/kernel/transaction";
import { asteriskText } from "./asterisk-text";
import { settleSoon } from "./notes";
import { asteriskAway } from "../failures";
import { DEVICES_MOST } from "../limits";
import type { ExtensionRecord } from "../extension/repository";

// What an extension implies in Asterisk's database (contract/registrar.md §2.1): three rows under one id.

/**
 * Asterisk's database, for what cannot do without it.
 * @throws DomainError UNAVAILABLE where the configuration names none, and at once while it is known to be away: a change
 *   must not hold locks in bin_manager while it waits for a server that is not there
 */
export function asteriskOf(ctx: Pick<Context, "asterisk">): Database {
  if (ctx.asterisk !== null) {
    if (isAway(ctx.asterisk)) throw asteriskAway();
    return ctx.asterisk;
  }
  throw new DomainError(
    "UNAVAILABLE",
    "ASTERISK_NOT_CONFIGURED",
    "This process does not know Asterisk's database. Set DATABASE_DSN_ASTERISK.",
  );
}

/**
 * What is shown of Asterisk's database beside records of bin_manager, such as who is registered; null where it is not
 * known, since that database is away. No page waits longer than a second for it.
 */
export async function fromAsterisk<T>(
  { asterisk }: Pick<Context, "asterisk">,
  read: (asterisk: Database) => Promise<T>,
): Promise<T | null> {
  return asterisk === null ? null : await orUnknown(asterisk, () => read(asterisk));
}

export type Account = Pick<ExtensionRecord, "endpointId" | "realm" | "username" | "password">;

/** The rows of an account, each made whole: what a crash or a hand left there under its id is overwritten. */
const ROWS = {
  ps_aors: ({ endpointId: id }: Account) =>
    upsertRow(psAors, {
      id,
      maxContacts: DEVICES_MOST,
      removeExisting: "yes",
      defaultExpiration: null,
      minimumExpiration: null,
      maximumExpiration: null,
      outboundProxy: null,
      supportPath: null,
      authenticateQualify: null,
      qualifyFrequency: null,
      qualifyTimeout: null,
      contact: null,
      mailboxes: null,
      voicemailExtension: null,
    }),
  ps_auths: ({ endpointId: id, realm, username, password }: Account) =>
    upsertRow(psAuths, {
      id,
      authType: "userpass",
      username,
      password: asteriskText(password),
      realm,
      md5Cred: null,
      passwordDigest: null,
      nonceLifetime: null,
      oauthClientid: null,
      oauthSecret: null,
      refreshToken: null,
    }),
  ps_endpoints: ({ endpointId: id }: Account) =>
    upsertRow(psEndpoints, {
      id,
      aors: id,
      auth: id,
      transport: null,
      context: null,
      identifyBy: null,
      fromDomain: null,
    }),
} satisfies Record<string, (account: Account) => Statement>;
export type AccountTable = keyof typeof ROWS;
export const ACCOUNT_TABLES = Object.keys(ROWS) as AccountTable[];

/** Writes the whole account, or those of its rows that are named, so that no number stays blocked. */
export function putAccount(
  ctx: Context,
  tx: Transaction,
  account: Account,
  tables: readonly AccountTable[] = ACCOUNT_TABLES,
): void {
  write(
    ctx,
    tx,
    account.endpointId,
    tables.map((table) => ROWS[table](account)),
  );
}

/**
 * Writes the whole account of who takes a number. Whatever phone is registered with it is another's, a ghost's for
 * instance: calls must not ring it.
 */
export function putNewAccount(ctx: Context, tx: Transaction, account: Account): void {
  const { endpointId } = account;
  write(ctx, tx, endpointId, [
    removal("ps_contacts", "endpoint", endpointId),
    ...ACCOUNT_TABLES.map((table) => ROWS[table](account)),
  ]);
}

/** Writes what a phone proves itself with, and leaves everything else of the account as it is. */
export function putCredentials(ctx: Context, tx: Transaction, account: Account): void {
  const { endpointId: id, realm, username, password } = account;
  const row = { id, authType: "userpass" as const, username, password: asteriskText(password), realm };
  write(ctx, tx, id, [upsertRow(psAuths, row, ["username", "password", "realm"])]);
}

/** Removes the account, and the phones that are registered with it: calls must not ring them any more. */
export function removeAccount(ctx: Context, tx: Transaction, endpointId: string): void {
  write(ctx, tx, endpointId, [
    removal("ps_endpoints", "id", endpointId),
    removal("ps_auths", "id", endpointId),
    removal("ps_aors", "id", endpointId),
    removal("ps_contacts", "endpoint", endpointId),
  ]);
}

const removal = (table: string, column: string, value: string): Statement => ({
  sql: `delete from ${table} where ${column} = ?`,
  params: [value],
});

/** A change that commits for itself leaves a note beside it, which is taken away when bin_manager has committed as well. */
function write(ctx: Context, tx: Transaction, endpoint: string, statements: readonly Statement[]): void {
  const asterisk = asteriskOf(ctx);
  for (const statement of statements) tx.writeTo(asterisk, statement);
  if (!tx.commitsApart(asterisk)) return;
  const id = newTimeOrderedId();
  tx.writeTo(asterisk, insertRow(adminUnsettled, { id, endpoint, tmCreate: tx.now }));
  tx.afterCommit(() => settleSoon(asterisk, id));
}
