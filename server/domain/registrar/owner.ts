import { getCustomer } from "@/server/domain/customer";
import { isSet } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { isDomainError } from "@/server/kernel/errors";
import { ownerNotFound } from "./failures";

/**
 * Checks whose a new record is to be. Siblings have done so themselves, and commands are trusted as they were by the
 * original, so theirs is taken as given (contract/README "Keep" 7).
 * @throws DomainError NOT_FOUND for a customer that is deleted, unknown or another's
 */
export async function checkOwner(ctx: Context, customerId: string): Promise<void> {
  if (ctx.actor.type === "service" || ctx.actor.type === "cli") return;
  const customer = await getCustomer(ctx, { id: customerId }).catch((error: unknown) => {
    if (isDomainError(error) && error.code === "NOT_FOUND") return null;
    throw error;
  });
  if (customer === null || isSet(customer.tmDelete)) throw ownerNotFound();
}
