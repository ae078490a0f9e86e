import { randomBytes, randomUUID } from "node:crypto";
import type { ServiceName } from "@/server/kernel/outbox";
import { requestQueue } from "@/server/platform/amqp";
import type { Route } from "@/server/rpc/router";
import { customerRoutes } from "@/server/rpc/routes/customer";
import { registrarRoutes } from "@/server/rpc/routes/registrar";
import { anEmail } from "@/server/testing/installation";

export type Kind = "text" | "texts" | "uuid" | "integer" | "bool";
type Database = "bin" | "asterisk";

/** What a route reads, and what it needs: what tests of every route go by. */
export interface Described {
  /** Fields of its body. */
  fields?: Readonly<Record<string, Kind>>;
  /** They are a list's filters: others are refused. */
  filters?: true;
  /** A body that it takes. */
  good?: () => Record<string, unknown>;
  /** Databases without which it cannot answer; bin_manager unless it is said. */
  needs?: readonly Database[];
  /** All that it does is one packet, so that nobody knows what became of it until the database answers again. */
  atOnce?: true;
}

/** A service that the worker answers for. */
export interface Served {
  service: ServiceName;
  routes: readonly Route[];
  /** By method and path, as the routes spell them: one for each route. */
  described: Readonly<Record<string, Described>>;
}

const NAMES = { name: "text", detail: "text" } as const;
const OWNER = randomUUID();
const both = ["bin", "asterisk"] as const;
const word = (): string => randomBytes(5).toString("hex");

const CUSTOMER = {
  ...NAMES,
  email: "text",
  phone_number: "text",
  address: "text",
  webhook_method: "text",
  webhook_uri: "text",
} as const;
const TRUNK = { ...NAMES, auth_types: "texts", username: "text", password: "text", allowed_ips: "texts" } as const;
const aTrunk = () => ({
  auth_types: ["basic", "ip"],
  username: "pbx",
  password: "pw-trunk",
  allowed_ips: ["192.0.2.1"],
});

export const CUSTOMERS: Served = {
  service: "customer-manager",
  routes: customerRoutes,
  described: {
    "GET /v1/customers": {
      fields: {
        id: "uuid",
        name: "text",
        email: "text",
        phone_number: "text",
        billing_account_id: "uuid",
        deleted: "bool",
      },
      filters: true,
    },
    "POST /v1/customers": { fields: CUSTOMER, good: () => ({ email: anEmail() }), atOnce: true },
    "GET /v1/customers/:id": {},
    "PUT /v1/customers/:id": { fields: CUSTOMER, good: () => ({ email: anEmail() }) },
    "DELETE /v1/customers/:id": {},
    "PUT /v1/customers/:id/billing_account_id": {
      fields: { billing_account_id: "uuid" },
      good: () => ({ billing_account_id: randomUUID() }),
    },
    "POST /v1/customers/:id/is_valid_balance": {
      fields: { reference_type: "text", country: "text", count: "integer" },
      good: () => ({ reference_type: "call", country: "us", count: 1 }),
    },
    "GET /v1/accesskeys": {
      fields: { id: "uuid", customer_id: "uuid", name: "text", token: "text", deleted: "bool" },
      filters: true,
    },
    "POST /v1/accesskeys": {
      fields: { customer_id: "uuid", ...NAMES, expire: "integer" },
      good: () => ({ customer_id: OWNER }),
      atOnce: true,
    },
    "GET /v1/accesskeys/:id": {},
    "PUT /v1/accesskeys/:id": { fields: NAMES, good: () => ({ name: word() }) },
    "DELETE /v1/accesskeys/:id": {},
  },
};

export const REGISTRAR: Served = {
  service: "registrar-manager",
  routes: registrarRoutes,
  described: {
    "GET /v1/contacts": { fields: { customer_id: "uuid", extension: "text" }, needs: ["asterisk"] },
    "PUT /v1/contacts": { fields: { customer_id: "uuid", extension: "text" }, needs: [] },
    "GET /v1/extensions": {
      fields: {
        id: "uuid",
        customer_id: "uuid",
        name: "text",
        endpoint_id: "text",
        aor_id: "text",
        auth_id: "text",
        extension: "text",
        domain_name: "text",
        realm: "text",
        username: "text",
        deleted: "bool",
      },
      filters: true,
    },
    "POST /v1/extensions": {
      fields: { customer_id: "uuid", extension: "text", password: "text", ...NAMES },
      good: () => ({ customer_id: OWNER, extension: word(), password: "pw-extension" }),
      needs: both,
    },
    "GET /v1/extensions/:id": {},
    "PUT /v1/extensions/:id": {
      fields: { ...NAMES, password: "text" },
      good: () => ({ password: `pw-${word()}` }),
      needs: both,
    },
    "DELETE /v1/extensions/:id": { needs: both },
    "GET /v1/extensions/extension/*extension": {
      fields: { customer_id: "uuid" },
      good: () => ({ customer_id: OWNER }),
    },
    "GET /v1/trunks": {
      fields: {
        id: "uuid",
        customer_id: "uuid",
        name: "text",
        domain_name: "text",
        realm: "text",
        username: "text",
        deleted: "bool",
      },
      filters: true,
    },
    "POST /v1/trunks": {
      fields: { customer_id: "uuid", domain_name: "text", ...TRUNK },
      good: () => ({ customer_id: OWNER, domain_name: `pbx-${word()}`, ...aTrunk() }),
      atOnce: true,
    },
    "GET /v1/trunks/:id": {},
    "PUT /v1/trunks/:id": { fields: TRUNK, good: aTrunk },
    "DELETE /v1/trunks/:id": {},
    "GET /v1/trunks/domain_name/*domainName": {},
  },
};

export const SERVED: readonly Served[] = [CUSTOMERS, REGISTRAR];
export const queueOf = ({ service }: Served): string => requestQueue(service);

/** One route as tests walk over it. */
export interface Walked extends Described {
  /** As it is in the table. */
  key: string;
  method: string;
  template: string;
  /** `extensions` */
  collection: string;
}

export function walk({ described }: Served): Walked[] {
  return Object.entries(described).map(([key, route]) => {
    const [method = "", template = ""] = key.split(" ");
    return { key, method, template, collection: template.split("/")[2] ?? "", ...route };
  });
}

/** Whether a route cannot answer without a database. */
export const needs = ({ needs: needed = ["bin"] }: Described, database: Database): boolean => needed.includes(database);

/** The routes that make a record, by what they make. */
export const makers = (served: Served): Walked[] =>
  walk(served).filter(({ method, template, collection }) => method === "POST" && template === `/v1/${collection}`);

/** A record as a create has answered it. */
export type Made = Record<string, unknown> & { id: string };

const inWireForm = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The address of a route, about a record where it is about one. */
export function uriOf({ template, filters }: Walked, record?: Made): string {
  const parameter = (_: string, name: string): string => String(record?.[inWireForm(name)] ?? "none");
  return template.replace(/[:*](\w+)/, parameter) + (filters === true ? "?page_size=3&page_token=" : "");
}

/** Asks a service for one record of each kind that it keeps. */
export async function makeRecords(
  served: Served,
  call: (method: string, uri: string, data?: unknown) => Promise<{ status_code?: number; data?: unknown }>,
): Promise<ReadonlyMap<string, Made>> {
  const made = new Map<string, Made>();
  for (const route of makers(served)) {
    const { status_code, data } = await call(route.method, route.template, route.good?.());
    if (status_code !== 200) throw new Error(`${route.key}: ${JSON.stringify(data)}`);
    made.set(route.collection, data as Made);
  }
  return made;
}
