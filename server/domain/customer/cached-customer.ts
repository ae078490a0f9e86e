import type { Context } from "@/server/kernel/context";
import { findCustomer } from "./customer-repository";
import { EVERYONE } from "@/server/kernel/context";
import type { CustomerView } from "./schemas";

const TTL_SECONDS = 3_600;

export const customerCacheKey = (id: string): string => `customer:${id}`;

/** A customer by id through the cache. Scoping is the caller's: the cache knows no tenants. */
export async function loadCustomer(ctx: Context, id: string): Promise<CustomerView | null> {
  const cached = await ctx.cache.get(customerCacheKey(id));
  if (cached !== null) return JSON.parse(cached) as CustomerView;
  const customer = await findCustomer(ctx.db, EVERYONE, id);
  if (customer !== null) await ctx.cache.fill(customerCacheKey(id), JSON.stringify(customer), TTL_SECONDS);
  return customer;
}
