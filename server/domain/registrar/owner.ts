import { getCustomer, holdLiveCustomer } from "@/server/domain/customer";
import { isSet } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { isDomainError } from "@/server/kernel/errors";
import type { Transaction } from "@/server/kernel/transaction";
import { ownerNotFound } from "./failures";

const isTrusted = ({ actor }: Context): boolean => actor.type === "service" || actor.type === "cli";

/**
 * Checks whose a new record is to be. Siblings have done so themselves, and commands are trusted as they were by the
 * original, so theirs is taken as given (contract/README "Keep" 7).
 * @throws DomainError NOT_FOUND for a customer that is deleted, unknown or another's
 */
export async function checkOwner(ctx: Context, customerId: string): Promise<void> {
  if (isTrusted(ctx)) return;
  const customer = await getCustomer(ctx, { id: customerId }).catch((error: unknown) => {
    if (isDomainError(error) && error.code === "NOT_FOUND") return null;
    throw error;
  });
  if (customer === null || isSet(customer.tmDelete)) throw ownerNotFound();
}

/**
 * The same in the transaction that makes the record: whoever deletes the customer meanwhile waits for it, so that none
 * outlives him.
 * @throws DomainError NOT_FOUND
 */
export async function holdOwner(ctx: Context, tx: Transaction, customerId: string): Promise<void> {
  if (!isTrusted(ctx) && !(await holdLiveCustomer(tx, ctx.tenant, customerId))) throw ownerNotFound();
}
