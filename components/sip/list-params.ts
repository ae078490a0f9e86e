import { parseAsString, parseAsStringLiteral, type ParserMap } from "nuqs/server";
import { daysToTimes, idOrNone, orNone, pageParams, sortParams } from "../data-table/list-params";

/**
 * What the address of a list of accounts says.
 * @param own the filters that this kind alone has
 * @param sorts what it can be sorted by, beginning with what it is sorted by unless something else is chosen
 */
export const accountListParams = <Own extends ParserMap, Sort extends string>(
  own: Own,
  sorts: readonly [Sort, ...Sort[]],
) => ({
  view: parseAsStringLiteral(["live", "deleted"]).withDefault("live"),
  q: parseAsString.withDefault(""),
  customer: parseAsString.withDefault(""),
  ...own,
  created: parseAsString.withDefault(""),
  ...sortParams(sorts),
  ...pageParams,
});

/** The filters that the lists of all accounts have, as requests take them. */
export function toAccountFilter(params: { view: "live" | "deleted"; q: string; customer: string; created: string }) {
  const { from, until } = daysToTimes(params.created);
  return {
    deleted: params.view === "deleted",
    search: orNone(params.q.trim()),
    customerId: idOrNone(params.customer),
    createdFrom: from,
    createdBefore: until,
  };
}
