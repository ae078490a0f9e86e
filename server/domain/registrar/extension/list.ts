import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { parseUuid } from "@/server/kernel/ids";
import { countTotal, decodeCursor, toPage, type Page } from "@/server/kernel/pagination";
import { parseInput } from "@/server/kernel/parse-input";
import { readWithTies, readWithTiesBy } from "@/server/kernel/ties";
import { extensionJson, extensionLists, findExtension, findLiveExtension } from "./repository";
import { extensionNotFound } from "../failures";
import {
  extensionIdInput,
  findExtensionInput,
  listExtensionsInput,
  type ExtensionFilter,
  type ExtensionIdInput,
  type ExtensionSort,
  type ExtensionView,
  type FindExtensionInput,
  type ListExtensionsInput,
} from "../schemas";
import { shownExtension } from "../view";
import type { WireExtension } from "../wire";

/** An extension by id, deleted ones too. @throws DomainError NOT_FOUND */
export async function getExtension(ctx: Context, input: ExtensionIdInput): Promise<ExtensionView> {
  authorize(ctx, "extension:read");
  const { id } = parseInput(extensionIdInput, input);
  const extension = await findExtension(ctx.db, ctx.tenant, id);
  if (extension === null) throw extensionNotFound();
  return shownExtension(ctx, extension);
}

/** The live extension of a customer's number. @throws DomainError NOT_FOUND */
export async function getExtensionByNumber(ctx: Context, input: FindExtensionInput): Promise<ExtensionView> {
  authorize(ctx, "extension:read");
  const { customerId, extension } = parseInput(findExtensionInput, input);
  const within = ctx.tenant.all || ctx.tenant.customerId === customerId;
  const found = within ? await findLiveExtension(ctx.db, customerId, extension) : null;
  if (found === null) throw extensionNotFound();
  return shownExtension(ctx, found);
}

/** A page of extensions for people and typed clients. */
export async function listExtensions(ctx: Context, input: ListExtensionsInput): Promise<Page<ExtensionView>> {
  authorize(ctx, "extension:read");
  const { filter, sort, direction, cursor, size } = parseInput(listExtensionsInput, input);
  const at = decodeCursor(cursor);
  const narrowed = narrow(filter, sort);
  const [rows, total] = await Promise.all([
    extensionLists.list(ctx.db, ctx.tenant, { filter: narrowed, sort, direction, at, limit: size + 1 }),
    countTotal((most) => extensionLists.count(ctx.db, ctx.tenant, narrowed, most)),
  ]);
  return toPage(rows, {
    size,
    at,
    sortValue: (row) => row[sort],
    id: (row) => row.id,
    view: (row) => shownExtension(ctx, row),
    total,
  });
}

/** How many extensions a list's filter matches, counted up to `most`. */
export async function countMatchingExtensions(ctx: Context, filter: ExtensionFilter, most: number): Promise<number> {
  authorize(ctx, "extension:read");
  return await extensionLists.count(ctx.db, ctx.tenant, narrow(filter, "tmCreate"), most);
}

/**
 * A search for a whole id is a filter by id, one with an @ by the account, an empty one is none; only newest first are live
 * and deleted ones mixed.
 */
function narrow({ search, ...filter }: ExtensionFilter, sort: ExtensionSort): ExtensionFilter {
  const rest = sort === "tmCreate" ? filter : { deleted: false, ...filter };
  if (search === undefined || search === "") return rest;
  const id = parseUuid(search);
  if (id !== null) return { ...rest, id };
  return search.includes("@") ? { ...rest, endpointId: search.replace(/^sips?:/, "") } : { ...rest, search };
}

/** Extensions as the platform's siblings page them: newest first, before a `tm_create`; see {@link readWithTies}. */
export async function listExtensionsBefore(
  ctx: Context,
  query: { filter: ExtensionFilter; before: string | null; size: number },
): Promise<ExtensionView[]> {
  authorize(ctx, "extension:read");
  const rows = await readWithTies(query, (at, limit) =>
    extensionLists.list(ctx.db, ctx.tenant, { filter: query.filter, sort: "tmCreate", direction: "desc", at, limit }),
  );
  return rows.map((row) => shownExtension(ctx, row));
}

/** The same as the platform's JSON objects, see {@link extensionToWire}: siblings ask for lists on the path of calls. */
export async function listExtensionsAsJson(
  ctx: Context,
  query: { filter: ExtensionFilter; before: string | null; size: number },
): Promise<string[]> {
  authorize(ctx, "extension:read");
  const shown = ctx.rights.has("extension:secret") ? extensionJson.withPassword : extensionJson.masked;
  return await readWithTiesBy(query, placeOf, (at, limit) =>
    extensionLists.json(shown, ctx.db, ctx.tenant, {
      filter: query.filter,
      sort: "tmCreate",
      direction: "desc",
      at,
      limit,
    }),
  );
}

function placeOf(json: string): { id: string; tmCreate: string } {
  const { id, tm_create: tmCreate } = JSON.parse(json) as WireExtension;
  return { id, tmCreate };
}
