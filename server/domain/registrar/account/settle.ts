import { audit } from "@/server/kernel/audit";
import { addSeconds } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { toDomainError } from "@/server/kernel/errors";
import { parseUuid } from "@/server/kernel/ids";
import { inTransaction } from "@/server/kernel/transaction";
import { ACCOUNT_TABLES, asteriskOf, putAccount, removeAccount } from "./account";
import { compareAccount, impliedAccount, liveOf, readAccount, realmOf } from "./compare";
import { lockClaims } from "../extension/repository";
import { readNotes, takeAway, type Note } from "./notes";

/** Notes younger than this are those of changes that are going on, in seconds. Only a saving: what goes on is locked. */
const AGE_SECONDS = 3;
const PAGE = 100;

/**
 * Looks at one page of the accounts whose change may have been cut in half, and gives each what bin_manager implies.
 * Can be repeated, and done by several at once. What somebody is just changing is left for later.
 * @param after where the last page ended
 * @returns where this one ended; null when it was the last
 */
export async function settleAccounts(ctx: Context, after: Note | null): Promise<Note | null> {
  const asterisk = asteriskOf(ctx);
  const page = await readNotes(asterisk, addSeconds(ctx.now(), -AGE_SECONDS), after, PAGE);
  const byEndpoint = new Map<string, string[]>();
  for (const { id, endpoint } of page) byEndpoint.set(endpoint, [...(byEndpoint.get(endpoint) ?? []), id]);
  const settled: string[] = [];
  try {
    for (const [endpoint, ids] of byEndpoint) {
      try {
        await settleAccount(ctx, endpoint);
        settled.push(...ids);
      } catch (error) {
        const failure = toDomainError(error);
        if (failure.reason === "DATABASE_BUSY") continue;
        if (failure.code === "UNAVAILABLE") throw error;
        ctx.log.error({ err: error, endpoint }, "an account could not be settled; it is tried again");
      }
    }
  } finally {
    await takeAway(asterisk, settled);
  }
  return page.length < PAGE ? null : (page.at(-1) ?? null);
}

/** Gives one account what bin_manager implies, and says in the audit trail what was wrong. */
async function settleAccount(ctx: Context, endpoint: string): Promise<void> {
  await inTransaction(
    { ...ctx, receipt: null },
    async (tx) => {
      const claims = await lockClaims(tx, endpoint);
      const live = liveOf(claims);
      const account = live === null ? null : impliedAccount(live);
      const differences = compareAccount(account, await readAccount(asteriskOf(ctx), endpoint));
      if (differences.length === 0) return;
      const wrong = ACCOUNT_TABLES.filter((table) => differences.some((each) => each.table === table));
      if (account === null) removeAccount(ctx, tx, endpoint);
      else putAccount(ctx, tx, account, wrong);
      const owner = live ?? claims[0];
      audit(ctx, tx, {
        action: "extension.settle",
        resourceType: "extension",
        resourceId: owner?.id ?? endpoint.slice(0, 64),
        customerId: owner?.customerId ?? parseUuid(realmOf(endpoint).slice(0, 36)),
        before: { endpointId: endpoint, wrong: differences.map(nameOf) },
        after: { account: account === null ? "removed" : "written" },
      });
    },
    { excluding: true },
  );
}

/** `ps_auths: credential (password)` */
const nameOf = ({ table, wrong, columns }: { table: string; wrong: string; columns: readonly string[] }): string =>
  `${table}: ${wrong}${columns.length === 0 ? "" : ` (${columns.join(", ")})`}`;
