import { audit, changes } from "@/server/kernel/audit";
import { authorize } from "@/server/kernel/authorization";
import { isSet } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { emit } from "@/server/kernel/outbox";
import { parseInput } from "@/server/kernel/parse-input";
import { inTransaction, type Transaction } from "@/server/kernel/transaction";
import { refuseStale } from "@/server/kernel/versions";
import { customerCacheKey } from "./cached-customer";
import { customerEvent } from "./events";
import { customerNotFound, emailTaken } from "./failures";
import { EMAIL_INDEX } from "./indexes";
import { lockCustomer } from "./customer-repository";
import {
  setBillingAccountInput,
  updateCustomerInput,
  type CustomerView,
  type SetBillingAccountInput,
  type UpdateCustomerInput,
} from "./schemas";
import { writeCustomer } from "./writes";

/**
 * Replaces a customer's fields; an empty e-mail leaves the present one (contract/README "Keep" 5).
 * @throws DomainError INVALID_INPUT, NOT_FOUND (also for a deleted one), CONFLICT (also for one that changed meanwhile)
 */
export async function updateCustomer(ctx: Context, input: UpdateCustomerInput): Promise<CustomerView> {
  authorize(ctx, "customer:update");
  const { id, email, tmUpdate, ...fields } = parseInput(updateCustomerInput, input);
  return await inTransaction(ctx, async (tx) => {
    const before = await lockLive(ctx, tx, id);
    await refuseStale(tx, tmUpdate, before);
    return change(ctx, tx, "customer.update", before, {
      ...before,
      ...fields,
      email: email === "" ? before.email : email,
    });
  });
}

/** Sets the account that pays; billing-manager does this once it has made one. @throws DomainError INVALID_INPUT, NOT_FOUND */
export async function setBillingAccount(ctx: Context, input: SetBillingAccountInput): Promise<CustomerView> {
  authorize(ctx, "customer:billing");
  const { id, billingAccountId } = parseInput(setBillingAccountInput, input);
  return await inTransaction(ctx, async (tx) => {
    const before = await lockLive(ctx, tx, id);
    return change(ctx, tx, "customer.set-billing-account", before, { ...before, billingAccountId });
  });
}

async function lockLive(ctx: Context, tx: Transaction, id: string): Promise<CustomerView> {
  const customer = await lockCustomer(tx, ctx.tenant, id);
  if (customer === null || isSet(customer.tmDelete)) throw customerNotFound();
  return customer;
}

function change(
  ctx: Context,
  tx: Transaction,
  action: string,
  before: CustomerView,
  wanted: CustomerView,
): CustomerView {
  const after = { ...wanted, tmUpdate: tx.now };
  tx.onDuplicate(EMAIL_INDEX, emailTaken);
  tx.write(writeCustomer(after));
  emit(ctx, tx, customerEvent("customer_updated", after), [customerCacheKey(after.id)]);
  audit(ctx, tx, {
    action,
    resourceType: "customer",
    resourceId: after.id,
    customerId: after.id,
    ...changes(before, after),
  });
  return after;
}
