import {
  contactToWire,
  createExtension,
  createTrunk,
  deleteExtension,
  deleteTrunk,
  extensionToWire,
  getExtension,
  getExtensionByNumber,
  getTrunk,
  getTrunkByDomainName,
  listContacts,
  listExtensionsAsJson,
  listTrunksBefore,
  refreshContacts,
  trunkToWire,
  updateExtension,
  updateTrunk,
} from "@/server/domain/registrar";
import type { AuthType } from "@/server/domain/registrar/limits";
import type { Context } from "@/server/kernel/context";
import { JsonArray } from "../envelope";
import { decodeBody, decodeFilters, decodePage, uuidOrNil } from "../decode";
import { route, type Route, type RouteInput } from "../router";

const CONTACTS = "/v1/contacts";
const EXTENSIONS = "/v1/extensions";
const EXTENSION = "/v1/extensions/<extension-id>";
const TRUNKS = "/v1/trunks";
const TRUNK = "/v1/trunks/<trunk-id>";

const idOf = ({ params }: RouteInput): { id: string } => ({ id: params.id ?? "" });

/** The body of both contact routes; without one nobody is meant (contract/registrar.md §4.7). */
function contactsOf({ data }: RouteInput) {
  const body = decodeBody(data ?? null, { customer_id: "uuid", extension: "text" });
  return { customerId: uuidOrNil(body.customer_id), extension: body.extension ?? "" };
}

function trunkFields(data: unknown) {
  const { auth_types, username, password, allowed_ips, name, detail, ...rest } = decodeBody(data, {
    customer_id: "uuid",
    domain_name: "text",
    name: "text",
    detail: "text",
    auth_types: "texts",
    username: "text",
    password: "text",
    allowed_ips: "texts",
  });
  const authTypes = (auth_types ?? []) as AuthType[]; // the verb checks them
  return { fields: { name, detail, authTypes, username, password, allowedIps: allowed_ips }, rest };
}

/** The routes of registrar-manager (contract/registrar.md §4). */
export const registrarRoutes: readonly Route[] = [
  route(
    "GET",
    "/v1/contacts",
    CONTACTS,
    (ctx, input) => listContacts(ctx, contactsOf(input)),
    (contacts) => contacts.map(contactToWire),
  ),
  route(
    "PUT",
    "/v1/contacts",
    CONTACTS,
    (ctx, input) => refreshContacts(ctx, contactsOf(input)),
    () => undefined,
  ),
  route("GET", "/v1/extensions", EXTENSIONS, listExtensions, (rows) => new JsonArray(rows)),
  route(
    "POST",
    "/v1/extensions",
    EXTENSIONS,
    (ctx, { data }) => {
      const { customer_id, extension, ...rest } = decodeBody(data, {
        customer_id: "uuid",
        extension: "text",
        password: "text",
        name: "text",
        detail: "text",
      });
      return createExtension(ctx, { customerId: uuidOrNil(customer_id), extension: extension ?? "", ...rest });
    },
    ({ extension }) => extensionToWire(extension),
  ),
  route("GET", "/v1/extensions/:id", EXTENSION, (ctx, input) => getExtension(ctx, idOf(input)), extensionToWire),
  route(
    "PUT",
    "/v1/extensions/:id",
    EXTENSION,
    (ctx, input) =>
      updateExtension(ctx, {
        ...idOf(input),
        ...decodeBody(input.data, { name: "text", detail: "text", password: "text" }),
      }),
    extensionToWire,
  ),
  route("DELETE", "/v1/extensions/:id", EXTENSION, (ctx, input) => deleteExtension(ctx, idOf(input)), extensionToWire),
  route(
    "GET",
    "/v1/extensions/extension/*extension",
    "/v1/extensions/extension/<extension>",
    (ctx, { data, params }) => {
      const { customer_id } = decodeBody(data, { customer_id: "uuid" });
      return getExtensionByNumber(ctx, { customerId: uuidOrNil(customer_id), extension: params.extension ?? "" });
    },
    extensionToWire,
  ),
  route("GET", "/v1/trunks", TRUNKS, listTrunks, (trunks) => trunks.map(trunkToWire)),
  route(
    "POST",
    "/v1/trunks",
    TRUNKS,
    (ctx, { data }) => {
      const { fields, rest } = trunkFields(data);
      return createTrunk(ctx, {
        customerId: uuidOrNil(rest.customer_id),
        domainName: rest.domain_name ?? "",
        ...fields,
      });
    },
    ({ trunk }) => trunkToWire(trunk),
  ),
  route("GET", "/v1/trunks/:id", TRUNK, (ctx, input) => getTrunk(ctx, idOf(input)), trunkToWire),
  route(
    "PUT",
    "/v1/trunks/:id",
    TRUNK,
    (ctx, input) => updateTrunk(ctx, { ...idOf(input), ...trunkFields(input.data).fields }),
    trunkToWire,
  ),
  route("DELETE", "/v1/trunks/:id", TRUNK, (ctx, input) => deleteTrunk(ctx, idOf(input)), trunkToWire),
  route(
    "GET",
    "/v1/trunks/domain_name/*domainName",
    "/v1/trunks/domain_name/<domain-name>",
    (ctx, { params }) => getTrunkByDomainName(ctx, { domainName: params.domainName ?? "" }),
    trunkToWire,
  ),
];

async function listExtensions(ctx: Context, { data, query }: RouteInput) {
  const filters = decodeFilters(data, {
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
  });
  const { customer_id: customerId, domain_name: domainName, endpoint_id, aor_id, auth_id, ...rest } = filters;
  // The three ids of Asterisk's rows are always the same (contract/registrar.md §1.1), so one index serves them all.
  const ids = [endpoint_id, aor_id, auth_id].filter((id) => id !== undefined);
  if (ids.some((id) => id.toLowerCase() !== ids[0]?.toLowerCase())) return [];
  return await listExtensionsAsJson(ctx, {
    filter: { ...rest, customerId, domainName, endpointId: ids[0] },
    ...decodePage(query),
  });
}

async function listTrunks(ctx: Context, { data, query }: RouteInput) {
  const { customer_id, domain_name, ...rest } = decodeFilters(data, {
    id: "uuid",
    customer_id: "uuid",
    name: "text",
    domain_name: "text",
    realm: "text",
    username: "text",
    deleted: "bool",
  });
  return await listTrunksBefore(ctx, {
    filter: { ...rest, customerId: customer_id, domainName: domain_name },
    ...decodePage(query),
  });
}
