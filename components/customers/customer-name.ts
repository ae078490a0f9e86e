import { isBlank } from "../lib/keys";

/** What a customer is called: some have an e-mail address alone. */
export const customerName = (customer: { name: string; email: string }): string =>
  isBlank(customer.name) ? customer.email : customer.name;
