import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { parseUuid } from "@/server/kernel/ids";
import { countTotal, decodeCursor, toPage, type Page } from "@/server/kernel/pagination";
import { parseInput } from "@/server/kernel/parse-input";
import { readWithTies } from "@/server/kernel/ties";
import { trunkNotFound } from "../failures";
import {
  findTrunkInput,
  listTrunksInput,
  trunkIdInput,
  type FindTrunkInput,
  type ListTrunksInput,
  type TrunkFilter,
  type TrunkIdInput,
  type TrunkSort,
  type TrunkView,
} from "../schemas";
import { findLiveTrunk, findTrunk, trunkLists } from "./repository";
import { shownTrunk } from "../view";

/** A trunk by id, deleted ones too. @throws DomainError NOT_FOUND */
export async function getTrunk(ctx: Context, input: TrunkIdInput): Promise<TrunkView> {
  authorize(ctx, "trunk:read");
  const { id } = parseInput(trunkIdInput, input);
  const trunk = await findTrunk(ctx.db, ctx.tenant, id);
  if (trunk === null) throw trunkNotFound();
  return shownTrunk(ctx, trunk);
}

/** The live trunk of a domain name: whose call is this. @throws DomainError NOT_FOUND */
export async function getTrunkByDomainName(ctx: Context, input: FindTrunkInput): Promise<TrunkView> {
  authorize(ctx, "trunk:read");
  const { domainName } = parseInput(findTrunkInput, input);
  const trunk = await findLiveTrunk(ctx.db, domainName);
  if (trunk === null || !(ctx.tenant.all || ctx.tenant.customerId === trunk.customerId)) throw trunkNotFound();
  return shownTrunk(ctx, trunk);
}

/** A page of trunks for people and typed clients. */
export async function listTrunks(ctx: Context, input: ListTrunksInput): Promise<Page<TrunkView>> {
  authorize(ctx, "trunk:read");
  const { filter, sort, direction, cursor, size } = parseInput(listTrunksInput, input);
  const at = decodeCursor(cursor);
  const narrowed = narrow(ctx, filter, sort);
  const [rows, total] = await Promise.all([
    trunkLists.list(ctx.db, ctx.tenant, { filter: narrowed, sort, direction, at, limit: size + 1 }),
    countTotal((most) => trunkLists.count(ctx.db, ctx.tenant, narrowed, most)),
  ]);
  return toPage(rows, {
    size,
    at,
    sortValue: (row) => row[sort],
    id: (row) => row.id,
    view: (row) => shownTrunk(ctx, row),
    total,
  });
}

/** How many trunks a list's filter matches, counted up to `most`. */
export async function countMatchingTrunks(ctx: Context, filter: TrunkFilter, most: number): Promise<number> {
  authorize(ctx, "trunk:read");
  return await trunkLists.count(ctx.db, ctx.tenant, narrow(ctx, filter, "tmCreate"), most);
}

/**
 * A search for a whole id is a filter by id, one for a realm, alone or behind `sip:4930@`, a filter by that; an empty one is
 * none.
 */
function narrow(ctx: Context, { search, ...filter }: TrunkFilter, sort: TrunkSort): TrunkFilter {
  const rest = sort === "tmCreate" ? filter : { deleted: false, ...filter };
  if (search === undefined || search === "") return rest;
  const id = parseUuid(search);
  if (id !== null) return { ...rest, id };
  const realm = search.replace(/^sips?:/, "").replace(/^.*@/, "");
  const isRealm = realm.toLowerCase().endsWith(`.${ctx.ports.sipDomains.trunk.toLowerCase()}`);
  return isRealm ? { ...rest, realm } : { ...rest, search };
}

/** Trunks as the platform's siblings page them; see listExtensionsBefore. */
export async function listTrunksBefore(
  ctx: Context,
  query: { filter: TrunkFilter; before: string | null; size: number },
): Promise<TrunkView[]> {
  authorize(ctx, "trunk:read");
  const rows = await readWithTies(query, (at, limit) =>
    trunkLists.list(ctx.db, ctx.tenant, { filter: query.filter, sort: "tmCreate", direction: "desc", at, limit }),
  );
  return rows.map((row) => shownTrunk(ctx, row));
}
