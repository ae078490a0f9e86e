import { authorize, isWithin } from "@/server/kernel/authorization";
import { isSet } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { parseInput } from "@/server/kernel/parse-input";
import { loadCustomer } from "./cached-customer";
import { customerNotFound } from "./failures";
import { checkBalanceInput, type CheckBalanceInput } from "./schemas";

/**
 * Whether the customer can pay for `count` of a thing, as billing-manager says. A deleted customer cannot. Where the
 * installation has no billing-manager, everybody can.
 * @throws DomainError NOT_FOUND, SIBLING_REFUSED, TIMEOUT, UNAVAILABLE
 */
export async function checkBalance(ctx: Context, input: CheckBalanceInput): Promise<{ valid: boolean }> {
  authorize(ctx, "customer:check-balance");
  const { id, referenceType, country, count } = parseInput(checkBalanceInput, input);
  const customer = isWithin(ctx.tenant, id) ? await loadCustomer(ctx, id) : null;
  if (customer === null) throw customerNotFound();
  if (isSet(customer.tmDelete)) return { valid: false };
  if (ctx.ports.billing === null) return { valid: true };
  return {
    valid: await ctx.ports.billing.isValidBalance(ctx, customer.billingAccountId, {
      billingType: referenceType,
      country,
      count: Math.max(1, count),
    }),
  };
}
