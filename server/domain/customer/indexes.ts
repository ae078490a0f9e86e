/** Indexes whose violation means something to people; names as in db/bin/schema/customer.ts. */
export const EMAIL_INDEX = "uq_customer_customers_email_live";
