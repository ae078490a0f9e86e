import { customerCustomers } from "@/db/bin/schema/customer";
import { audit } from "@/server/kernel/audit";
import { authorize } from "@/server/kernel/authorization";
import { NOT_SET } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { newId, NIL_UUID } from "@/server/kernel/ids";
import { emit } from "@/server/kernel/outbox";
import { parseInput } from "@/server/kernel/parse-input";
import { insertRow } from "@/server/kernel/statements";
import { inTransaction } from "@/server/kernel/transaction";
import { customerEvent } from "./events";
import { emailTaken } from "./failures";
import { EMAIL_INDEX } from "./indexes";
import { createCustomerInput, type CreateCustomerInput, type CustomerView } from "./schemas";

/**
 * Creates a customer. Its agent, billing account and storage follow by themselves: siblings hear `customer_created`.
 * @throws DomainError INVALID_INPUT, CONFLICT (e-mail used by a live customer or an agent), SIBLING_REFUSED, TIMEOUT, UNAVAILABLE
 */
export async function createCustomer(ctx: Context, input: CreateCustomerInput): Promise<CustomerView> {
  authorize(ctx, "customer:create");
  const fields = parseInput(createCustomerInput, input);
  if (ctx.ports.agents !== null && (await ctx.ports.agents.hasAgent(ctx, fields.email))) throw emailTaken();
  return await inTransaction(ctx, (tx) => {
    const customer: CustomerView = {
      id: newId(),
      ...fields,
      billingAccountId: NIL_UUID,
      tmCreate: tx.now,
      tmUpdate: NOT_SET,
      tmDelete: NOT_SET,
    };
    tx.onDuplicate(EMAIL_INDEX, emailTaken);
    tx.write(insertRow(customerCustomers, customer));
    emit(ctx, tx, customerEvent("customer_created", customer));
    audit(ctx, tx, {
      action: "customer.create",
      resourceType: "customer",
      resourceId: customer.id,
      customerId: customer.id,
      after: fields,
    });
    return customer;
  });
}
