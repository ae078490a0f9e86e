import type { Context } from "@/server/kernel/context";

/** agent-manager's directory; null where the installation has none (SIBLINGS). */
export interface AgentDirectory {
  /**
   * Whether a live agent has this user name.
   * @throws DomainError SIBLING_REFUSED, TIMEOUT, UNAVAILABLE
   */
  hasAgent(ctx: Context, username: string): Promise<boolean>;
}

/** billing-manager's accounts; null where the installation has none (SIBLINGS). */
export interface BillingAccounts {
  /**
   * Whether the account can pay for `count` of a thing.
   * @throws DomainError SIBLING_REFUSED, TIMEOUT, UNAVAILABLE
   */
  isValidBalance(
    ctx: Context,
    accountId: string,
    query: { billingType: string; country: string; count: number },
  ): Promise<boolean>;
}

/** What a domain does when a customer is deleted: one step of the background job, and one line of the preview. */
export interface CustomerDeletionStep {
  /** Stable key, e.g. `access-keys`. */
  name: string;
  /** For people, e.g. `Access keys`. */
  label: string;
  /** How many live records the customer has, and what to warn of. */
  preview(ctx: Context, customerId: string): Promise<{ count: number; warning: string | null }>;
  /** Deletes one bounded page of them; the number deleted, 0 when none is left. Can be repeated. */
  deletePage(ctx: Context, customerId: string, jobId: string): Promise<number>;
  /** Brings back one bounded page of what that deletion took; absent where it cannot be brought back. */
  restorePage?(ctx: Context, customerId: string, jobId: string): Promise<number>;
}

declare module "@/server/kernel/context" {
  interface Ports {
    agents: AgentDirectory | null;
    billing: BillingAccounts | null;
    customerDeletion: readonly CustomerDeletionStep[];
  }
}
