import { getAccessKey, listCustomers } from "@/server/domain/customer";
import type { Context } from "@/server/kernel/context";
import { isDomainError } from "@/server/kernel/errors";
import { parseUuid } from "@/server/kernel/ids";
import { isSet } from "@/server/kernel/clock";

export interface SearchHit {
  kind: "customer" | "access-key";
  id: string;
  title: string;
  detail: string;
  href: string;
}

const HITS = 10;

/** Finds what the actor may see by a whole id in any spelling, or by the beginning of a name or an e-mail address. */
export async function searchEverything(ctx: Context, query: string): Promise<SearchHit[]> {
  if (query === "") return [];
  const id = parseUuid(query);
  const [customers, key] = await Promise.all([
    ctx.rights.has("customer:read")
      ? listCustomers(ctx, { filter: { search: id ?? query }, size: HITS, sort: "name", direction: "asc" })
      : null,
    id !== null && ctx.rights.has("access-key:read") ? orNull(getAccessKey(ctx, { id })) : null,
  ]);
  const hits: SearchHit[] = (customers?.items ?? []).map((each) => ({
    kind: "customer",
    id: each.id,
    title: each.name === "" ? each.email : each.name,
    detail: isSet(each.tmDelete) ? `${each.email} · deleted` : each.email,
    href: `/customers/${each.id}`,
  }));
  if (key !== null) {
    hits.push({
      kind: "access-key",
      id: key.id,
      title: key.name === "" ? key.token : key.name,
      detail: key.token,
      href: `/customers/${key.customerId}?tab=access-keys`,
    });
  }
  return hits;
}

async function orNull<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await promise;
  } catch (error) {
    if (isDomainError(error) && error.code === "NOT_FOUND") return null;
    throw error;
  }
}
