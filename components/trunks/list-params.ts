import { createLoader, parseAsString, type inferParserType } from "nuqs/server";
import type { ListTrunksInput } from "@/server/domain/registrar/schemas";
import { orNone, toPageInput } from "../data-table/list-params";
import { accountListParams, toAccountFilter } from "../sip/list-params";

/** What the address of the list says. */
export const trunkListParams = accountListParams({ domain: parseAsString.withDefault("") }, [
  "tmCreate",
  "domainName",
  "name",
]);
export type TrunkListParams = inferParserType<typeof trunkListParams>;

export const loadTrunkListParams = createLoader(trunkListParams);

/** The same request from server and browser, so that the page is drawn with what the server has read. */
export function toTrunkListInput(params: TrunkListParams): ListTrunksInput {
  const { domain, sort, direction } = params;
  return {
    filter: { ...toAccountFilter(params), domainName: orNone(domain) },
    sort,
    direction,
    ...toPageInput(params),
  };
}
