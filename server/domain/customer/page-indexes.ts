import type { Tenant } from "@/server/kernel/context";
import type { AccessKeyFilter, AccessKeySort, AccessKeyState, CustomerFilter } from "./schemas";

// Left to itself the server takes `row_deleted = 0` for as good as a place in the order, and reads half of a large table to
// get to a page in its middle. So each list names the index that it is read by; see db/bin/schema/customer.ts. None is
// named where few rows are found by their ids.

/**
 * @param many whether so many match that going through the order finds a page sooner than sorting all that match
 */
export function customerPageIndex(
  tenant: Tenant,
  { filter, sort, many }: { filter: CustomerFilter; sort: "tmCreate" | "name"; many: boolean },
): string | undefined {
  if (!tenant.all || filter.id !== undefined || filter.search !== undefined) return undefined;
  const deleted = filter.deleted === undefined ? "" : "deleted_";
  const inOrder = `idx_customer_customers_${deleted}${sort === "name" ? "name" : "tm_create"}`;
  if (sort === "name" && filter.name !== undefined) return "idx_customer_customers_name"; // one name: in order of the ids
  const others = [filter.email, filter.phoneNumber, filter.createdFrom, filter.createdBefore];
  if (
    sort === "name" &&
    deleted !== "" &&
    filter.billingAccountId !== undefined &&
    others.every((each) => each === undefined)
  )
    return "idx_customer_customers_deleted_billing_name";
  if (sort === "name" && many) return inOrder;
  if (filter.email !== undefined) return "idx_customer_customers_email_tm_create";
  if (filter.phoneNumber !== undefined) return "idx_customer_customers_phone_number_tm_create";
  if (filter.name !== undefined) return "idx_customer_customers_name_tm_create";
  if (filter.billingAccountId !== undefined)
    return `idx_customer_customers_${deleted === "" ? "billing_account_id" : "deleted_billing"}_tm_create`;
  return customerTimeIndex(filter) ?? inOrder;
}

/** For counting: within times alone. */
export function customerCountIndex(tenant: Tenant, filter: CustomerFilter): string | undefined {
  const { deleted, createdFrom, createdBefore, ...others } = filter;
  const alone = tenant.all && Object.values(others).every((value) => value === undefined);
  return alone ? customerTimeIndex({ deleted, createdFrom, createdBefore }) : undefined;
}

function customerTimeIndex({ deleted, createdFrom, createdBefore }: CustomerFilter): string | undefined {
  if (createdFrom === undefined && createdBefore === undefined) return undefined;
  return `idx_customer_customers_${deleted === undefined ? "" : "deleted_"}tm_create`;
}

const STATE_COLUMN: Record<AccessKeyState, string> = {
  expiring: "tm_expire",
  expired: "tm_expire",
  unused: "tm_idle",
  used: "tm_used",
};
const SORT_COLUMN: Record<AccessKeySort, string> = { tmCreate: "tm_create", tmExpire: "tm_expire", tmUsed: "tm_idle" };

export function accessKeyPageIndex(
  tenant: Tenant,
  { filter, sort }: { filter: AccessKeyFilter; sort: AccessKeySort },
): string | undefined {
  const { id, search, name, state, deleted } = filter;
  if (id !== undefined || search !== undefined) return undefined;
  const customer = tenant.all && filter.customerId === undefined ? "" : "customer_id_";
  if (name !== undefined)
    return customer === "" && sort === "tmCreate" ? "idx_customer_accesskeys_name_tm_create" : undefined;
  const column = sort === "tmUsed" && state === "used" ? "tm_used" : SORT_COLUMN[sort];
  if (state !== undefined && STATE_COLUMN[state] !== column) return undefined;
  return `idx_customer_accesskeys_${customer}${state === undefined && deleted === undefined ? "" : "deleted_"}${column}`;
}

/** For counting: those of a state. */
export function accessKeyCountIndex(tenant: Tenant, filter: AccessKeyFilter): string | undefined {
  const { id, search, name, state } = filter;
  if (state === undefined || id !== undefined || search !== undefined || name !== undefined) return undefined;
  const customer = tenant.all && filter.customerId === undefined ? "" : "customer_id_";
  return `idx_customer_accesskeys_${customer}deleted_${STATE_COLUMN[state]}`;
}
