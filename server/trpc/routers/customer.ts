import {
  customerGrowth,
  createCustomer,
  deleteCustomer,
  deletionProgress,
  getCustomer,
  listCustomers,
  previewCustomerDeletion,
  restorableUntil,
  restoreCustomer,
  retryCustomerDeletion,
  setBillingAccount,
  updateCustomer,
} from "@/server/domain/customer";
import {
  createCustomerInput,
  customerGrowthInput,
  customerFilter,
  customerIdInput,
  deleteCustomerInput,
  listCustomersInput,
  setBillingAccountInput,
  updateCustomerInput,
} from "@/server/domain/customer/schemas";
import { startBulk } from "@/server/domain/jobs";
import { bulkInput } from "@/server/domain/jobs/schemas";
import { formatTime, isSet } from "@/server/kernel/clock";
import { procedure, router } from "../init";

export const customerRouter = router({
  list: procedure("customer:read")
    .input(listCustomersInput)
    .query(async ({ ctx: { ctx }, input }) => {
      const page = await listCustomers(ctx, input);
      const deletions = await deletionProgress(
        ctx,
        page.items.filter((item) => isSet(item.tmDelete)).map((item) => item.id),
      );
      return { ...page, items: page.items.map((item) => ({ ...item, deletion: deletions.get(item.id) ?? null })) };
    }),
  get: procedure("customer:read")
    .input(customerIdInput)
    .query(async ({ ctx: { ctx }, input }) => {
      const customer = await getCustomer(ctx, input);
      const deleted = isSet(customer.tmDelete);
      const deletion = deleted ? ((await deletionProgress(ctx, [customer.id])).get(customer.id) ?? null) : null;
      return { ...customer, deletion, restorableUntil: deleted ? formatTime(restorableUntil(customer)) : null };
    }),
  growth: procedure("customer:read")
    .input(customerGrowthInput)
    .query(({ ctx: { ctx }, input }) => customerGrowth(ctx, input)),
  create: procedure("customer:create")
    .input(createCustomerInput)
    .mutation(({ ctx: { ctx }, input }) => createCustomer(ctx, input)),
  update: procedure("customer:update")
    .input(updateCustomerInput)
    .mutation(({ ctx: { ctx }, input }) => updateCustomer(ctx, input)),
  setBillingAccount: procedure("customer:billing")
    .input(setBillingAccountInput)
    .mutation(({ ctx: { ctx }, input }) => setBillingAccount(ctx, input)),
  deletionPreview: procedure("customer:delete")
    .input(deleteCustomerInput)
    .query(({ ctx: { ctx }, input }) => previewCustomerDeletion(ctx, input)),
  delete: procedure("customer:delete")
    .input(deleteCustomerInput)
    .mutation(({ ctx: { ctx }, input }) => deleteCustomer(ctx, input)),
  restore: procedure("customer:restore")
    .input(customerIdInput)
    .mutation(({ ctx: { ctx }, input }) => restoreCustomer(ctx, input)),
  deleteMany: procedure("customer:delete")
    .input(bulkInput(customerFilter))
    .mutation(({ ctx: { ctx }, input }) => startBulk(ctx, "customer.delete-many", input)),
  restoreMany: procedure("customer:restore")
    .input(bulkInput(customerFilter))
    .mutation(({ ctx: { ctx }, input }) => startBulk(ctx, "customer.restore-many", input)),
  retryDeletion: procedure("job:retry")
    .input(customerIdInput)
    .mutation(({ ctx: { ctx }, input }) => retryCustomerDeletion(ctx, input)),
});
