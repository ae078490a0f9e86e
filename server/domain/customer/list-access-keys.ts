import { authorize } from "@/server/kernel/authorization";
import { isSet } from "@/server/kernel/clock";
import { EVERYONE, type Context } from "@/server/kernel/context";
import { parseUuid } from "@/server/kernel/ids";
import { countTotal, decodeCursor, toPage, type Page } from "@/server/kernel/pagination";
import { parseInput } from "@/server/kernel/parse-input";
import { accessKeyNotFound } from "./failures";
import { accessKeySortValue, countAccessKeys, listAccessKeyRows } from "./access-key-list-repository";
import { findAccessKey } from "./access-key-repository";
import { findCustomerNames } from "./customer-repository";
import {
  accessKeyIdInput,
  listAccessKeysInput,
  STATE_ORDER,
  type AccessKeyFilter,
  type AccessKeyIdInput,
  type AccessKeySort,
  type AccessKeyView,
  type ListAccessKeysInput,
} from "./schemas";
import { readWithTies } from "@/server/kernel/ties";

const NEWEST_FIRST = { sort: "tmCreate", direction: "desc" } as const;

/** An access key by id, deleted and expired ones too. @throws DomainError NOT_FOUND */
export async function getAccessKey(ctx: Context, input: AccessKeyIdInput): Promise<AccessKeyView> {
  authorize(ctx, "access-key:read");
  const { id } = parseInput(accessKeyIdInput, input);
  const key = await findAccessKey(ctx.db, ctx.tenant, id);
  if (key === null) throw accessKeyNotFound();
  return key;
}

/** A page of access keys for people and typed clients. */
export async function listAccessKeys(ctx: Context, input: ListAccessKeysInput): Promise<Page<AccessKeyView>> {
  authorize(ctx, "access-key:read");
  const { filter, cursor, size, ...order } = parseInput(listAccessKeysInput, input);
  const usual = filter.state === undefined ? NEWEST_FIRST : STATE_ORDER[filter.state];
  const { sort = usual.sort, direction = usual.direction } = order;
  const at = decodeCursor(cursor);
  const narrowed = narrow(filter, sort);
  const now = ctx.now();
  const [rows, total] = await Promise.all([
    listAccessKeyRows(ctx.db, ctx.tenant, { filter: narrowed, sort, direction, at, limit: size + 1, now }),
    countTotal((most) => countAccessKeys(ctx.db, ctx.tenant, narrowed, now, most)),
  ]);
  return toPage(rows, {
    size,
    at,
    sortValue: (row) => accessKeySortValue(row, sort),
    id: (row) => row.id,
    view: (row) => row,
    total,
  });
}

/** How many access keys a list's filter matches, counted up to `most`. */
export async function countMatchingAccessKeys(ctx: Context, filter: AccessKeyFilter, most: number): Promise<number> {
  authorize(ctx, "access-key:read");
  const sort = filter.state === undefined ? "tmCreate" : STATE_ORDER[filter.state].sort;
  return await countAccessKeys(ctx.db, ctx.tenant, narrow(filter, sort), ctx.now(), most);
}

/** A key that may still act: neither revoked nor expired. For work that was asked for with it. */
export async function findActingAccessKey(ctx: Context, id: string): Promise<AccessKeyView | null> {
  const key = await findAccessKey(ctx.db, EVERYONE, id);
  return key === null || isSet(key.tmDelete) || key.tmExpire <= ctx.now() ? null : key;
}

/** A search for a whole id is a filter by id, an empty one is none; only newest first are live and deleted keys mixed. */
function narrow({ search, ...filter }: AccessKeyFilter, sort: AccessKeySort): AccessKeyFilter {
  const rest = sort === "tmCreate" ? filter : { ...filter, deleted: false };
  if (search === undefined || search === "") return rest;
  const id = parseUuid(search);
  return id === null ? { ...rest, search } : { ...rest, id };
}

/** Whose keys these are: customers' names by id. */
export async function namesOfCustomers(
  ctx: Context,
  ids: readonly string[],
): Promise<Map<string, { name: string; email: string }>> {
  authorize(ctx, "customer:read");
  return await findCustomerNames(ctx.db, ctx.tenant, ids);
}

/** Access keys as the platform's siblings page them; see listCustomersBefore for ties. */
export async function listAccessKeysBefore(
  ctx: Context,
  query: { filter: AccessKeyFilter; before: string | null; size: number },
): Promise<AccessKeyView[]> {
  authorize(ctx, "access-key:read");
  return await readWithTies(query, (at, limit) =>
    listAccessKeyRows(ctx.db, ctx.tenant, { filter: query.filter, ...NEWEST_FIRST, at, limit, now: ctx.now() }),
  );
}
