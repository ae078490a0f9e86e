import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { UUID } from "@/server/kernel/ids";
import { countTotal, decodeCursor, toPage, type Page } from "@/server/kernel/pagination";
import { parseInput } from "@/server/kernel/parse-input";
import { countCustomers, listCustomerRows } from "./customer-repository";
import { listCustomersInput, type CustomerFilter, type CustomerView, type ListCustomersInput } from "./schemas";
import { readWithTies } from "@/server/kernel/ties";

/** A page of customers for people and typed clients. */
export async function listCustomers(ctx: Context, input: ListCustomersInput): Promise<Page<CustomerView>> {
  authorize(ctx, "customer:read");
  const { filter, sort, direction, cursor, size } = parseInput(listCustomersInput, input);
  const at = decodeCursor(cursor);
  const narrowed = narrow(filter);
  const counting = countTotal((most) => countCustomers(ctx.db, ctx.tenant, narrowed, most));
  // How a filtered list gets into the order of names depends on how many match.
  const many = sort === "name" && (await counting).estimated;
  const [rows, total] = await Promise.all([
    listCustomerRows(ctx.db, ctx.tenant, { filter: narrowed, sort, direction, at, limit: size + 1, many }),
    counting,
  ]);
  return toPage(rows, {
    size,
    at,
    sortValue: (row) => row[sort],
    id: (row) => row.id,
    view: (row) => row,
    total,
  });
}

/** How many customers a list's filter matches, counted up to `most`. */
export async function countMatchingCustomers(ctx: Context, filter: CustomerFilter, most: number): Promise<number> {
  authorize(ctx, "customer:read");
  return await countCustomers(ctx.db, ctx.tenant, narrow(filter), most);
}

/** A search for a whole id is a filter by id; an empty search is none. */
function narrow(filter: CustomerFilter): CustomerFilter {
  const { search, ...rest } = filter;
  if (search === undefined || search === "") return rest;
  return UUID.test(search.toLowerCase()) ? { ...rest, id: search.toLowerCase() } : { ...rest, search };
}

/**
 * Customers as the platform's siblings page them: newest first, before a `tm_create`. Customers that share the last
 * one's `tm_create` are added to the page, so that none is lost at its edge (contract/README "Keep" 6).
 */
export async function listCustomersBefore(
  ctx: Context,
  query: { filter: CustomerFilter; before: string | null; size: number },
): Promise<CustomerView[]> {
  authorize(ctx, "customer:read");
  return await readWithTies(query, (at, limit) =>
    listCustomerRows(ctx.db, ctx.tenant, {
      filter: query.filter,
      sort: "tmCreate",
      direction: "desc",
      at,
      limit,
      many: false,
    }),
  );
}
