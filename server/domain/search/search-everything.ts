import { getAdmin, listAdmins } from "@/server/domain/admin";
import { listAudit } from "@/server/domain/audit";
import { getAccessKey, listAccessKeys, listCustomers, namesOfCustomers } from "@/server/domain/customer";
import type { AccessKeyView } from "@/server/domain/customer/schemas";
import { getJob } from "@/server/domain/jobs";
import { getExtension, getTrunk, listExtensions, listRegistrations, listTrunks } from "@/server/domain/registrar";
import type { ExtensionView, TrunkView } from "@/server/domain/registrar/schemas";
import { isSet } from "@/server/kernel/clock";
import type { Context } from "@/server/kernel/context";
import { isDomainError, type ErrorCode } from "@/server/kernel/errors";
import { NIL_UUID, parseUuid } from "@/server/kernel/ids";

export interface SearchHit {
  kind: "customer" | "access-key" | "extension" | "trunk" | "registration" | "admin" | "job" | "request" | "record";
  id: string;
  /** A name; empty for a request and for a record of which only the history is left. */
  title: string;
  detail: string;
  deleted: boolean;
  href: string;
}

const CUSTOMERS = 8;
const OTHERS = 4;

/**
 * Finds what the actor may see: by a whole id in any spelling (customer, key, extension, trunk, admin, job, request, or the history of any
 * record), or by the beginning of a name, an e-mail address, a number, a domain name or a token as it is shown; an account also by
 * `1001@realm`, and a phone that is registered now by its address.
 */
export async function searchEverything(ctx: Context, query: string): Promise<SearchHit[]> {
  const text = query.trim();
  if (text === "") return [];
  const id = parseUuid(text);
  const found = await Promise.all(id === null ? searchText(ctx, text) : searchId(ctx, id));
  return found.flat();
}

type Search = (Promise<SearchHit[]> | [])[];

const searchText = (ctx: Context, text: string): Search => [
  findCustomers(ctx, text),
  ctx.rights.has("access-key:read") ? findKeys(ctx, text) : [],
  ctx.rights.has("extension:read") ? findExtensions(ctx, text) : [],
  ctx.rights.has("trunk:read") ? findTrunks(ctx, text) : [],
  ctx.rights.has("registration:read") && ADDRESS.test(text) ? orNone(findPhones(ctx, text)) : [],
  ctx.rights.has("admin:read") ? findAdmins(ctx, text) : [],
];

/** The beginning of an IPv4 or IPv6 address. */
const ADDRESS = /^(\d{1,3}\.){1,3}\d{0,3}(:\d{0,5})?$|^\[?[0-9a-f]{0,4}:[0-9a-f]{0,4}:[0-9a-f:.]*\]?(:\d{0,5})?$/i;

const searchId = (ctx: Context, id: string): Search => [
  findCustomers(ctx, id),
  ctx.rights.has("access-key:read") ? orNone(getAccessKey(ctx, { id }).then((key) => keyHits(ctx, [key]))) : [],
  ctx.rights.has("extension:read")
    ? orNone(getExtension(ctx, { id }).then((found) => extensionHits(ctx, [found])))
    : [],
  ctx.rights.has("trunk:read") ? orNone(getTrunk(ctx, { id }).then((found) => trunkHits(ctx, [found]))) : [],
  ctx.rights.has("admin:read") ? orNone(getAdmin(ctx, { id }).then((admin) => [adminHit(admin)])) : [],
  ctx.rights.has("job:read") ? orNone(getJob(ctx, { id }).then((job) => [jobHit(job)])) : [],
  ctx.rights.has("audit:read") ? findHistory(ctx, id) : [],
];

async function findCustomers(ctx: Context, search: string): Promise<SearchHit[]> {
  if (!ctx.rights.has("customer:read")) return [];
  const { items } = await listCustomers(ctx, {
    filter: { search },
    size: CUSTOMERS,
    sort: "name",
    direction: "asc",
  });
  return items.map(({ id, name, email, tmDelete }) => ({
    kind: "customer",
    id,
    title: name === "" ? email : name,
    detail: email,
    deleted: isSet(tmDelete),
    href: `/customers/${id}`,
  }));
}

async function findKeys(ctx: Context, search: string): Promise<SearchHit[]> {
  // A whole token may be pasted: what is shown of it is enough to find it, and it goes no further.
  const shown = /^vb_[0-9A-Za-z]{5,}$/.test(search) ? search.slice(0, 7) : search.replace(/…$/, "");
  const { items } = await listAccessKeys(ctx, { filter: { deleted: false, search: shown }, size: OTHERS });
  return await keyHits(ctx, items);
}

async function keyHits(ctx: Context, keys: readonly AccessKeyView[]): Promise<SearchHit[]> {
  const ownerOf = await ownersOf(ctx, keys);
  return keys.map(({ id, name, token, customerId, tmDelete }) => {
    const owner = ownerOf(customerId);
    return {
      kind: "access-key",
      id,
      title: name === "" ? token : name,
      detail: owner === "" ? token : `${token} · ${owner}`,
      deleted: isSet(tmDelete),
      href: `/access-keys?q=${id}`,
    };
  });
}

async function findExtensions(ctx: Context, search: string): Promise<SearchHit[]> {
  const { items } = await listExtensions(ctx, {
    filter: { deleted: false, search: search.slice(0, 255) },
    size: OTHERS,
  });
  return await extensionHits(ctx, items);
}

async function extensionHits(ctx: Context, extensions: readonly ExtensionView[]): Promise<SearchHit[]> {
  const owner = await ownersOf(ctx, extensions);
  return extensions.map(({ id, extension, name, customerId, tmDelete }) => ({
    kind: "extension",
    id,
    title: extension,
    detail: [name, owner(customerId)].filter((part) => part !== "").join(" · "),
    deleted: isSet(tmDelete),
    href: `/sip/extensions/${id}`,
  }));
}

async function findTrunks(ctx: Context, search: string): Promise<SearchHit[]> {
  const { items } = await listTrunks(ctx, { filter: { deleted: false, search: search.slice(0, 255) }, size: OTHERS });
  return await trunkHits(ctx, items);
}

async function trunkHits(ctx: Context, trunks: readonly TrunkView[]): Promise<SearchHit[]> {
  const owner = await ownersOf(ctx, trunks);
  return trunks.map(({ id, domainName, name, customerId, tmDelete }) => ({
    kind: "trunk",
    id,
    title: domainName,
    detail: [name, owner(customerId)].filter((part) => part !== "").join(" · "),
    deleted: isSet(tmDelete),
    href: `/sip/trunks/${id}`,
  }));
}

async function findPhones(ctx: Context, search: string): Promise<SearchHit[]> {
  const { items } = await listRegistrations(ctx, { filter: { search }, size: OTHERS });
  const phones = items.map((phone) => ({ ...phone, customerId: phone.customerId ?? NIL_UUID }));
  const owner = await ownersOf(ctx, phones);
  return phones.map(({ id, extension, address, customerId }) => ({
    kind: "registration",
    id,
    title: extension,
    detail: [address, owner(customerId)].filter((part) => part !== "").join(" · "),
    deleted: false,
    href: `/sip/registrations?q=${encodeURIComponent(search)}`,
  }));
}

/** What the customers of these records are called. */
async function ownersOf(
  ctx: Context,
  records: readonly { customerId: string }[],
): Promise<(customerId: string) => string> {
  const names = await namesOfCustomers(
    ctx,
    records.map(({ customerId }) => customerId),
  );
  return (customerId) => {
    const { name = "", email = "" } = names.get(customerId) ?? {};
    return name === "" ? email : name;
  };
}

async function findAdmins(ctx: Context, search: string): Promise<SearchHit[]> {
  const { items } = await listAdmins(ctx, { filter: { search }, size: OTHERS });
  return items.map(adminHit);
}

const adminHit = ({ id, name, email }: { id: string; name: string; email: string }): SearchHit => ({
  kind: "admin",
  id,
  title: name === "" ? email : name,
  detail: email,
  deleted: false,
  href: `/settings/admins/${id}`,
});

const jobHit = ({ id, type }: { id: string; type: string }): SearchHit => ({
  kind: "job",
  id,
  title: type,
  detail: "",
  deleted: false,
  href: `/operations/jobs/${id}`,
});

/** What a request did, and what happened to a record: the audit knows also what is nowhere else any more. */
async function findHistory(ctx: Context, id: string): Promise<SearchHit[]> {
  const [request, record] = await Promise.all([
    listAudit(ctx, { filter: { requestId: id }, size: 1 }),
    listAudit(ctx, { filter: { resourceId: id }, size: 1 }),
  ]);
  const hit = (kind: "request" | "record", detail: string): SearchHit => ({
    kind,
    id,
    title: "",
    detail,
    deleted: false,
    href: `/activity/audit?${kind === "request" ? "request" : "resource"}=${id}`,
  });
  return [
    ...request.items.map(({ action }) => hit("request", action)),
    ...record.items.map(({ resourceType }) => hit("record", resourceType)),
  ];
}

/** Also where Asterisk's database is away: what else is found is shown all the same. */
const NONE: ReadonlySet<ErrorCode> = new Set(["NOT_FOUND", "FORBIDDEN", "UNAVAILABLE"]);

async function orNone(promise: Promise<SearchHit[]>): Promise<SearchHit[]> {
  try {
    return await promise;
  } catch (error) {
    if (isDomainError(error) && NONE.has(error.code)) return [];
    throw error;
  }
}
