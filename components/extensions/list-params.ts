import { createLoader, parseAsString, type inferParserType } from "nuqs/server";
import type { ListExtensionsInput } from "@/server/domain/registrar/schemas";
import { orNone, toPageInput } from "../data-table/list-params";
import { accountListParams, toAccountFilter } from "../sip/list-params";

/** What the address of the list says. */
export const extensionListParams = accountListParams({ number: parseAsString.withDefault("") }, [
  "tmCreate",
  "extension",
  "name",
]);
export type ExtensionListParams = inferParserType<typeof extensionListParams>;

export const loadExtensionListParams = createLoader(extensionListParams);

/** The same request from server and browser, so that the page is drawn with what the server has read. */
export function toExtensionListInput(params: ExtensionListParams): ListExtensionsInput {
  const { number, sort, direction } = params;
  return {
    filter: { ...toAccountFilter(params), extension: orNone(number) },
    sort,
    direction,
    ...toPageInput(params),
  };
}
