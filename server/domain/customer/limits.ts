// What forms know without loading a schema.

/** Lengths of the platform's columns, in characters (contract/customer.md §1). */
export const LIMITS = {
  name: 255,
  detail: 16_000,
  email: 255,
  phoneNumber: 255,
  address: 1_024,
  webhookUri: 1_023,
} as const;

export const WEBHOOK_METHODS = ["", "POST", "GET", "PUT", "DELETE"] as const;
export type WebhookMethod = (typeof WEBHOOK_METHODS)[number];
