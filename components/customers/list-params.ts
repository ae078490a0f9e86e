import { createLoader, parseAsString, parseAsStringLiteral, type inferParserType } from "nuqs/server";
import type { ListCustomersInput } from "@/server/domain/customer/schemas";
import { daysToTimes, idOrNone, orNone, pageParams, sortParams, toPageInput } from "../data-table/list-params";

type Sort = NonNullable<ListCustomersInput["sort"]>;

/** What the address of the list says. */
export const customerListParams = {
  view: parseAsStringLiteral(["live", "deleted"]).withDefault("live"),
  q: parseAsString.withDefault(""),
  name: parseAsString.withDefault(""),
  email: parseAsString.withDefault(""),
  phone: parseAsString.withDefault(""),
  billing: parseAsString.withDefault(""),
  created: parseAsString.withDefault(""),
  // The schema's own list, of which only the type is loaded here: a list needs no validator in the browser.
  ...sortParams<Sort>(["tmCreate", "name"]),
  ...pageParams,
};
export type CustomerListParams = inferParserType<typeof customerListParams>;

export const loadCustomerListParams = createLoader(customerListParams);

/** The same request from server and browser, so that the page is drawn with what the server has read. */
export function toCustomerListInput(params: CustomerListParams): ListCustomersInput {
  const { view, q, name, email, phone, billing, created, sort, direction } = params;
  const { from, until } = daysToTimes(created);
  return {
    filter: {
      deleted: view === "deleted",
      search: orNone(q.trim()),
      name: orNone(name),
      email: orNone(email),
      phoneNumber: orNone(phone),
      billingAccountId: idOrNone(billing),
      createdFrom: from,
      createdBefore: until,
    },
    sort,
    direction,
    ...toPageInput(params),
  };
}
