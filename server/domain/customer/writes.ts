import { customerAccesskeys, customerCustomers } from "@/db/bin/schema/customer";
import { updateRow, type Statement } from "@/server/kernel/statements";
import type { CustomerView } from "./schemas";

/** Writes a customer back as it is in the view. */
export function writeCustomer(customer: CustomerView): Statement {
  const { id, ...fields } = customer;
  return updateRow(customerCustomers, id, fields);
}

export function writeAccessKey(id: string, fields: Partial<typeof customerAccesskeys.$inferInsert>): Statement {
  return updateRow(customerAccesskeys, id, fields);
}
