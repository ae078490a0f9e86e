/** What other parts of the product may use of customers and access keys. */
export { accessKeyDeletionStep } from "./access-key-deletion-step";
export { revokeAccessKey, rotateAccessKey, updateAccessKey } from "./change-access-key";
export { customerBulkActions } from "./bulk-actions";
export { checkBalance } from "./check-balance";
export { createAccessKey } from "./create-access-key";
export { customerGrowth } from "./customer-growth";
export { createCustomer } from "./create-customer";
export { deleteCustomer, previewCustomerDeletion, runCustomerDeletion } from "./delete-customer";
export { deletionProgress, DELETION_JOB } from "./deletion";
export { holdLiveCustomer } from "./customer-repository";
export { getCustomer } from "./get-customer";
export {
  findActingAccessKey,
  getAccessKey,
  listAccessKeys,
  listAccessKeysBefore,
  namesOfCustomers,
} from "./list-access-keys";
export { listCustomers, listCustomersBefore } from "./list-customers";
export type { AgentDirectory, BillingAccounts, CustomerDeletionStep } from "./ports";
export {
  restorableUntil,
  restoreCustomer,
  RESTORATION_JOB,
  retryCustomerDeletion,
  runCustomerRestoration,
} from "./restore-customer";
export { setBillingAccount, updateCustomer } from "./update-customer";
export { verifyAccessKey } from "./verify-access-key";
export { accessKeyToWire, customerToWire } from "./wire";
