import { namesOfCustomers } from "@/server/domain/customer";
import type { Context } from "@/server/kernel/context";

/** Records with what their customers are called: by name, else by e-mail address; empty for one that is not known. */
export async function withCustomerNames<Item extends { customerId: string }>(
  ctx: Context,
  items: readonly Item[],
): Promise<(Item & { customerName: string })[]> {
  const names = await namesOfCustomers(
    ctx,
    items.map(({ customerId }) => customerId),
  );
  return items.map((item) => {
    const { name = "", email = "" } = names.get(item.customerId) ?? {};
    return { ...item, customerName: name.trim() === "" ? email : name };
  });
}
