import { isSet } from "@/server/kernel/clock";
import type { BulkAction, BulkItem } from "@/server/domain/jobs";
import { revokeAccessKey } from "./change-access-key";
import { deleteCustomer } from "./delete-customer";
import { getCustomer } from "./get-customer";
import { countMatchingAccessKeys, getAccessKey, listAccessKeys } from "./list-access-keys";
import { countMatchingCustomers, listCustomers } from "./list-customers";
import { restoreCustomer } from "./restore-customer";
import { accessKeyFilter, customerFilter, type AccessKeyView, type CustomerView } from "./schemas";

const PAGE = 200;

const customerItem = ({ id, name, email }: CustomerView): BulkItem => ({
  id,
  label: name === "" ? email : name,
  customerId: id,
});
const keyItem = ({ id, name, token, customerId }: AccessKeyView): BulkItem => ({
  id,
  label: name === "" ? token : name,
  customerId,
});

const ofCustomers: Pick<BulkAction, "resource" | "filter" | "count" | "collect"> = {
  resource: "customer",
  filter: customerFilter,
  count: (ctx, filter, most) => countMatchingCustomers(ctx, filter, most),
  async collect(ctx, filter, cursor, until) {
    const page = await listCustomers(ctx, { filter, size: PAGE, ...(cursor === null ? {} : { cursor }) });
    return { items: page.items.filter(({ tmCreate }) => tmCreate <= until).map(customerItem), next: page.next };
  },
};

/** Each customer as deleteCustomer does it, with a background job of its own for what is theirs. */
const deleteCustomers: BulkAction = {
  ...ofCustomers,
  type: "customer.delete-many",
  right: "customer:delete",
  undo: "customer.restore-many",
  async look(ctx, id) {
    const customer = await getCustomer(ctx, { id });
    return { ...customerItem(customer), todo: !isSet(customer.tmDelete) };
  },
  change: (ctx, id) => deleteCustomer(ctx, { id }),
};

const restoreCustomers: BulkAction = {
  ...ofCustomers,
  type: "customer.restore-many",
  right: "customer:restore",
  undo: null,
  async look(ctx, id) {
    const customer = await getCustomer(ctx, { id });
    return { ...customerItem(customer), todo: isSet(customer.tmDelete) };
  },
  change: (ctx, id) => restoreCustomer(ctx, { id }),
};

const revokeAccessKeys: BulkAction = {
  type: "access-key.revoke-many",
  right: "access-key:revoke",
  resource: "access-key",
  filter: accessKeyFilter,
  undo: null,
  count: (ctx, filter, most) => countMatchingAccessKeys(ctx, filter, most),
  async collect(ctx, filter, cursor, until) {
    const page = await listAccessKeys(ctx, { filter, size: PAGE, ...(cursor === null ? {} : { cursor }) });
    return { items: page.items.filter(({ tmCreate }) => tmCreate <= until).map(keyItem), next: page.next };
  },
  async look(ctx, id) {
    const key = await getAccessKey(ctx, { id });
    return { ...keyItem(key), todo: !isSet(key.tmDelete) };
  },
  change: (ctx, id) => revokeAccessKey(ctx, { id }),
};

/** What can be done with many customers and access keys at once. */
export const customerBulkActions = [deleteCustomers, restoreCustomers, revokeAccessKeys] as const;
