import * as z from "zod";
import type { BillingAccounts } from "@/server/domain/customer";
import { askSibling, refused, type RequestTransport } from "./sibling";

const answerSchema = z.object({ valid: z.boolean() });

/** billing-manager's balance check (contract/customer.md §4.3). */
export function createBillingAccounts(transport: RequestTransport): BillingAccounts {
  return {
    async isValidBalance(_ctx, accountId, { billingType, country, count }) {
      const data = await askSibling(transport, {
        service: "billing-manager",
        method: "POST",
        uri: `/v1/accounts/${accountId}/is_valid_balance`,
        resource: "billing/accounts/<account-id>/is_valid_balance",
        publisher: "customer-manager",
        data: { billing_type: billingType, country, count },
      });
      const answer = answerSchema.safeParse(data);
      if (!answer.success) throw refused("billing-manager", "something that says neither yes nor no");
      return answer.data.valid;
    },
  };
}
