import { authorize, isWithin } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { parseInput } from "@/server/kernel/parse-input";
import { loadCustomer } from "./cached-customer";
import { customerNotFound } from "./failures";
import { customerIdInput, type CustomerIdInput, type CustomerView } from "./schemas";

/** A customer by id, deleted ones too (contract/README "Keep" 7). @throws DomainError NOT_FOUND */
export async function getCustomer(ctx: Context, input: CustomerIdInput): Promise<CustomerView> {
  authorize(ctx, "customer:read");
  const { id } = parseInput(customerIdInput, input);
  const customer = isWithin(ctx.tenant, id) ? await loadCustomer(ctx, id) : null;
  if (customer === null) throw customerNotFound();
  return customer;
}
