import "server-only";
import { customerName } from "@/components/customers/customer-name";
import type { PickedCustomer } from "@/components/customers/customer-picker";
import { UUID } from "@/db/uuid";
import { prefetcher } from "../../prefetch";

/**
 * Whose a new account is to be: the one customer of who asks, else the one that the address names.
 * @returns also whether there is nothing to choose
 */
export async function newOwner(
  named: string | string[] | undefined,
): Promise<{ customer: PickedCustomer | null; fixed: boolean }> {
  const { trpc } = await prefetcher();
  const { tenant } = await trpc.session.me();
  const id = tenant.customerId ?? (typeof named === "string" && UUID.test(named) ? named : null);
  const customer = id === null ? null : await trpc.customer.get({ id }).catch(() => null);
  return {
    customer: customer === null ? null : { id: customer.id, name: customerName(customer) },
    fixed: tenant.customerId !== null,
  };
}
