import { and, eq, inArray, type SQL } from "drizzle-orm";
import {
  registrarExtensions as extensions,
  registrarSipAuths,
  registrarTrunks as trunks,
} from "@/db/bin/schema/registrar";
import type { CustomerDeletionStep } from "@/server/domain/customer";
import type { Context } from "@/server/kernel/context";
import { updateRow } from "@/server/kernel/statements";
import { inTransaction, type Transaction } from "@/server/kernel/transaction";
import { fromAsterisk } from "../account/account";
import { bringBackTrunk, removeTrunk } from "../trunk/change";
import { readContacts } from "../contact/repository";
import { extensionLists, lockExtensions, type ExtensionRecord } from "../extension/repository";
import { lockTrunks, trunkLists } from "../trunk/repository";
import { bringBack, removeExtension, withRealm } from "../extension/change";

const PAGE = 100;
const COUNTED = 1_000_000;
/** Of how many extensions the preview looks for registered phones. */
const LOOKED_AT = 1_000;

/** @param registered how many have phones, null where it is not known */
function warningOf(registered: number | null): string | null {
  if (registered === 0) return null;
  if (registered !== null) return `${registered} have phones registered now. Calls to and from them end.`;
  return "Whether phones are registered now is not known: Asterisk's database does not answer. They are deleted once it does.";
}

/** Extensions go with their customer, and come back with it: each with a new password. */
export const extensionDeletionStep: CustomerDeletionStep = {
  name: "extensions",
  label: "Extensions",
  async preview(ctx, customerId) {
    const filter = { customerId, deleted: false };
    const count = await extensionLists.count(ctx.db, ctx.tenant, filter, COUNTED);
    if (count === 0) return { count, warning: null };
    const some = await extensionLists.list(ctx.db, ctx.tenant, {
      filter,
      sort: "tmCreate",
      direction: "desc",
      at: null,
      limit: LOOKED_AT,
    });
    const endpoints = some.map(({ endpointId }) => endpointId);
    const registered = await fromAsterisk(ctx, (asterisk) => readContacts(asterisk, endpoints));
    return { count, warning: warningOf(registered?.size ?? null) };
  },
  deletePage: (ctx, customerId, jobId) =>
    inTransaction(ctx, async (tx) => {
      const page = await lockExtensions(tx, customerId, "live", PAGE);
      for (const extension of page) removeExtension(ctx, tx, extension, jobId);
      return page.length;
    }),
  restorePage: (ctx, customerId, jobId) =>
    inTransaction(ctx, async (tx) => {
      const page = await lockExtensions(tx, customerId, { cascadeId: jobId }, PAGE);
      const names = page.map(({ extension }) => extension);
      const taken = await takenNames(tx, extensions.extensionLive, names, eq(extensions.customerId, customerId));
      const accounts = await takenUsernames(ctx, tx, page);
      for (const extension of page) {
        const account = fold(extension.username);
        if (taken.has(fold(extension.extension)) || accounts.has(account)) leave(tx, extensions, extension);
        else bringBack(ctx, tx, extension);
        accounts.add(account);
      }
      return page.length;
    }),
};

/** Trunks go with their customer, and come back with it unless their domain name is another's by then. */
export const trunkDeletionStep: CustomerDeletionStep = {
  name: "trunks",
  label: "Trunks",
  async preview(ctx, customerId) {
    return {
      count: await trunkLists.count(ctx.db, ctx.tenant, { customerId, deleted: false }, COUNTED),
      warning: null,
    };
  },
  deletePage: (ctx, customerId, jobId) =>
    inTransaction(ctx, async (tx) => {
      const page = await lockTrunks(tx, customerId, "live", PAGE);
      for (const trunk of page) removeTrunk(ctx, tx, trunk, jobId);
      return page.length;
    }),
  restorePage: (ctx, customerId, jobId) =>
    inTransaction(ctx, async (tx) => {
      const page = await lockTrunks(tx, customerId, { cascadeId: jobId }, PAGE);
      const names = page.map(({ domainName }) => domainName);
      const taken = await takenNames(tx, trunks.domainNameLive, names);
      for (const trunk of page) {
        if (taken.has(fold(trunk.domainName))) leave(tx, trunks, trunk);
        else bringBackTrunk(ctx, tx, trunk);
      }
      return page.length;
    }),
};

/** As the database compares: adopted names may end in spaces. */
const fold = (name: string): string => name.toLowerCase().replace(/ +$/, "");

/** Those of the names that live again, folded. */
async function takenNames(
  tx: Transaction,
  column: typeof extensions.extensionLive | typeof trunks.domainNameLive,
  names: readonly string[],
  where?: SQL,
): Promise<Set<string>> {
  if (names.length === 0) return new Set();
  const folded = names.map(fold);
  const query = await tx.query();
  const rows = await query
    .select({ name: column })
    .from(column.table)
    .where(and(where, inArray(column, folded)));
  return new Set(rows.map(({ name }) => name ?? ""));
}

/** Those of the user names of one customer's extensions that live again, folded. */
async function takenUsernames(ctx: Context, tx: Transaction, page: readonly ExtensionRecord[]): Promise<Set<string>> {
  if (page.length === 0) return new Set();
  const query = await tx.query();
  const rows = await query
    .select({ username: registrarSipAuths.username })
    .from(registrarSipAuths)
    .innerJoin(extensions, and(eq(extensions.id, registrarSipAuths.id), eq(extensions.rowDeleted, 0)))
    .where(
      and(
        inArray(registrarSipAuths.realm, [...new Set(page.map((each) => withRealm(ctx, each).realm))]),
        inArray(registrarSipAuths.username, [...new Set(page.map(({ username }) => username))]),
      ),
    );
  return new Set(rows.map(({ username }) => fold(username ?? "")));
}

/** What cannot come back stays deleted, and is not asked for again. */
function leave(tx: Transaction, table: typeof extensions | typeof trunks, { id }: { id: string }): void {
  tx.write(updateRow(table as typeof trunks, id, { cascadeId: null }));
}
