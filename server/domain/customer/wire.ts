import type { AccessKeyView, CustomerView } from "./schemas";

/** The platform's Customer: key order and omission of empty texts as in contract/customer.md §2.1. */
export interface WireCustomer {
  id: string;
  name?: string;
  detail?: string;
  email?: string;
  phone_number?: string;
  address?: string;
  webhook_method?: string;
  webhook_uri?: string;
  billing_account_id: string;
  tm_create?: string;
  tm_update?: string;
  tm_delete?: string;
}

export function customerToWire(customer: CustomerView): WireCustomer {
  const wire: Partial<WireCustomer> & { id: string } = { id: customer.id };
  if (customer.name !== "") wire.name = customer.name;
  if (customer.detail !== "") wire.detail = customer.detail;
  if (customer.email !== "") wire.email = customer.email;
  if (customer.phoneNumber !== "") wire.phone_number = customer.phoneNumber;
  if (customer.address !== "") wire.address = customer.address;
  if (customer.webhookMethod !== "") wire.webhook_method = customer.webhookMethod;
  if (customer.webhookUri !== "") wire.webhook_uri = customer.webhookUri;
  wire.billing_account_id = customer.billingAccountId;
  if (customer.tmCreate !== "") wire.tm_create = customer.tmCreate;
  if (customer.tmUpdate !== "") wire.tm_update = customer.tmUpdate;
  if (customer.tmDelete !== "") wire.tm_delete = customer.tmDelete;
  return wire as WireCustomer;
}

/** The platform's Accesskey (contract/customer.md §2.3); `token` is always there. */
export interface WireAccessKey {
  id: string;
  customer_id: string;
  name?: string;
  detail?: string;
  token: string;
  tm_expire?: string;
  tm_create?: string;
  tm_update?: string;
  tm_delete?: string;
}

/** @param token the whole token, where the reply may hold it; else the masked prefix is written */
export function accessKeyToWire(key: AccessKeyView, token = key.token): WireAccessKey {
  const wire: Partial<WireAccessKey> & { id: string; customer_id: string } = {
    id: key.id,
    customer_id: key.customerId,
  };
  if (key.name !== "") wire.name = key.name;
  if (key.detail !== "") wire.detail = key.detail;
  wire.token = token;
  if (key.tmExpire !== "") wire.tm_expire = key.tmExpire;
  if (key.tmCreate !== "") wire.tm_create = key.tmCreate;
  if (key.tmUpdate !== "") wire.tm_update = key.tmUpdate;
  if (key.tmDelete !== "") wire.tm_delete = key.tmDelete;
  return wire as WireAccessKey;
}
