import {
  accessKeyToWire,
  checkBalance,
  createAccessKey,
  createCustomer,
  customerToWire,
  deleteCustomer,
  getAccessKey,
  getCustomer,
  listAccessKeysBefore,
  listCustomersBefore,
  revokeAccessKey,
  setBillingAccount,
  updateAccessKey,
  updateCustomer,
  verifyAccessKey,
} from "@/server/domain/customer";
import type { AccessKeyView } from "@/server/domain/customer/schemas";
import { decodeBody, decodeFilters, decodePage, uuidOrNil } from "../decode";
import { route, type Route, type RouteInput } from "../router";
import type { Context } from "@/server/kernel/context";

const CUSTOMERS = "/v1/customers";
const ACCESS_KEYS = "/v1/accesskeys";
const ACCESS_KEY = "/v1/accesskeys/<accesskey-id>";

const customerBody = {
  name: "text",
  detail: "text",
  email: "text",
  phone_number: "text",
  address: "text",
  webhook_method: "text",
  webhook_uri: "text",
} as const;

function customerFields(data: unknown) {
  const body = decodeBody(data, customerBody);
  return {
    name: body.name,
    detail: body.detail,
    email: body.email ?? "",
    phoneNumber: body.phone_number,
    address: body.address,
    webhookMethod: (body.webhook_method ?? "") as "POST", // the verb checks it
    webhookUri: body.webhook_uri,
  };
}

const idOf = ({ params }: RouteInput): { id: string } => ({ id: params.id ?? "" });

/** A key, and its whole token where the caller has shown that it knows it. */
interface ShownKey {
  key: AccessKeyView;
  token?: string;
}
const keyToWire = ({ key, token }: ShownKey): unknown => accessKeyToWire(key, token);

/** The twelve routes of customer-manager (contract/customer.md §3.1). */
export const customerRoutes: readonly Route[] = [
  route("GET", "/v1/accesskeys", ACCESS_KEYS, listKeys, (keys) => keys.map(keyToWire)),
  route(
    "POST",
    "/v1/accesskeys",
    ACCESS_KEYS,
    (ctx, { data }) => {
      const body = decodeBody(data, { customer_id: "uuid", name: "text", detail: "text", expire: "integer" });
      return createAccessKey(ctx, {
        customerId: uuidOrNil(body.customer_id),
        name: body.name,
        detail: body.detail,
        expire: body.expire,
      });
    },
    keyToWire,
  ),
  route(
    "GET",
    "/v1/accesskeys/:id",
    ACCESS_KEY,
    (ctx, input) => getAccessKey(ctx, idOf(input)),
    (key) => accessKeyToWire(key),
  ),
  route(
    "PUT",
    "/v1/accesskeys/:id",
    ACCESS_KEY,
    (ctx, input) =>
      updateAccessKey(ctx, { ...idOf(input), ...decodeBody(input.data, { name: "text", detail: "text" }) }),
    (key) => accessKeyToWire(key),
  ),
  route(
    "DELETE",
    "/v1/accesskeys/:id",
    ACCESS_KEY,
    (ctx, input) => revokeAccessKey(ctx, idOf(input)),
    (key) => accessKeyToWire(key),
  ),
  route("GET", "/v1/customers", CUSTOMERS, listCustomers, (customers) => customers.map(customerToWire)),
  route(
    "POST",
    "/v1/customers",
    CUSTOMERS,
    (ctx, { data }) => createCustomer(ctx, customerFields(data)),
    customerToWire,
  ),
  route("GET", "/v1/customers/:id", CUSTOMERS, (ctx, input) => getCustomer(ctx, idOf(input)), customerToWire),
  route(
    "PUT",
    "/v1/customers/:id",
    CUSTOMERS,
    (ctx, input) => updateCustomer(ctx, { ...idOf(input), ...customerFields(input.data) }),
    customerToWire,
  ),
  route("DELETE", "/v1/customers/:id", CUSTOMERS, (ctx, input) => deleteCustomer(ctx, idOf(input)), customerToWire),
  route(
    "PUT",
    "/v1/customers/:id/billing_account_id",
    "/v1/customers/<customer_id>/billing_account_id",
    (ctx, input) => {
      const body = decodeBody(input.data, { billing_account_id: "uuid" });
      return setBillingAccount(ctx, { ...idOf(input), billingAccountId: uuidOrNil(body.billing_account_id) });
    },
    customerToWire,
  ),
  route(
    "POST",
    "/v1/customers/:id/is_valid_balance",
    "/v1/customers/<customer_id>/is_valid_balance",
    (ctx, input) => {
      const body = decodeBody(input.data, { reference_type: "text", country: "text", count: "integer" });
      return checkBalance(ctx, {
        ...idOf(input),
        referenceType: body.reference_type,
        country: body.country,
        count: body.count,
      });
    },
    (answer) => answer,
  ),
];

async function listCustomers(ctx: Context, { data, query }: RouteInput) {
  const { id, name, email, phone_number, billing_account_id, deleted } = decodeFilters(data, {
    id: "uuid",
    name: "text",
    email: "text",
    phone_number: "text",
    billing_account_id: "uuid",
    deleted: "bool",
  });
  const filter = { id, name, email, phoneNumber: phone_number, billingAccountId: billing_account_id, deleted };
  return await listCustomersBefore(ctx, { filter, ...decodePage(query) });
}

/** A list filtered by a token is how the API gateway checks a key: the token is echoed to who has shown it. */
async function listKeys(ctx: Context, { data, query }: RouteInput): Promise<ShownKey[]> {
  const {
    token,
    id,
    customer_id: customerId,
    name,
    deleted,
  } = decodeFilters(data, {
    id: "uuid",
    customer_id: "uuid",
    name: "text",
    token: "text",
    deleted: "bool",
  });
  const page = decodePage(query);
  if (token === undefined) {
    const keys = await listAccessKeysBefore(ctx, { filter: { id, customerId, name, deleted }, ...page });
    return keys.map((key) => ({ key }));
  }
  if (deleted === true || page.size === 0) return [];
  const key = await verifyAccessKey(ctx, { token, id, customerId, name });
  return key === null || (page.before !== null && key.tmCreate >= page.before) ? [] : [{ key, token }];
}
