import { and, inArray } from "drizzle-orm";
import { registrarExtensions as extensions } from "@/db/bin/schema/registrar";
import type { BulkInput } from "@/server/domain/jobs";
import { bulkInput } from "@/server/domain/jobs/schemas";
import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { parseInput } from "@/server/kernel/parse-input";
import { withinTenant } from "@/server/kernel/tenancy";
import { fromAsterisk } from "../account/account";
import { readContacts } from "../contact/repository";
import { listExtensions } from "../extension/list";
import { extensionFilter, type ExtensionFilter, type PhonesOfMany } from "../schemas";

const PAGE = 200;
/** Of how many extensions the phones are counted. */
const LOOKED_AT_MOST = 5_000;

/** How many phones are registered now with these extensions, where that is known: what a deletion of them cuts off. */
export async function countPhones(ctx: Context, input: BulkInput): Promise<PhonesOfMany> {
  authorize(ctx, "extension:read");
  authorize(ctx, "registration:read");
  const chosen = parseInput(bulkInput(extensionFilter), input);
  const found = { extensions: 0, phones: 0, whole: true, lookedAt: 0 };
  const pages = "ids" in chosen ? pagesOfIds(ctx, chosen.ids) : pagesOfFilter(ctx, chosen.filter);
  for await (const endpoints of pages) {
    if (found.lookedAt >= LOOKED_AT_MOST) return { ...found, whole: false };
    const contacts = await fromAsterisk(ctx, (asterisk) => readContacts(asterisk, endpoints));
    if (contacts === null) return { ...found, extensions: null, phones: null, whole: false };
    found.lookedAt += endpoints.length;
    found.extensions += contacts.size;
    for (const each of contacts.values()) found.phones += each.length;
  }
  return found;
}

async function* pagesOfIds(ctx: Context, ids: readonly string[]): AsyncGenerator<string[]> {
  for (let at = 0; at < ids.length; at += PAGE) {
    const rows = await ctx.db
      .select({ endpointId: extensions.endpointId })
      .from(extensions)
      .where(and(inArray(extensions.id, ids.slice(at, at + PAGE)), withinTenant(ctx.tenant, extensions.customerId)));
    yield rows.map(({ endpointId }) => endpointId ?? "");
  }
}

async function* pagesOfFilter(ctx: Context, filter: ExtensionFilter): AsyncGenerator<string[]> {
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await listExtensions(ctx, { filter, size: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    yield page.items.map(({ endpointId }) => endpointId);
    cursor = page.next;
  }
}
