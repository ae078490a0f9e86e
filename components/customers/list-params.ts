import {
  createLoader,
  createSerializer,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from "nuqs/server";
import type { ListCustomersInput } from "@/server/domain/customer/schemas";
import { NIL_UUID, UUID } from "@/db/uuid";

type Sorts = NonNullable<ListCustomersInput["sort"]>;
/** The schemas' own lists, of which only the types are loaded here: a list needs no validator in the browser. */
const SORTS = ["tmCreate", "name"] as const satisfies readonly Sorts[];
const TEXT_MOST = 255;

/** What the address of the list says. */
export const customerListParams = {
  view: parseAsStringLiteral(["live", "deleted"]).withDefault("live"),
  q: parseAsString.withDefault(""),
  name: parseAsString.withDefault(""),
  email: parseAsString.withDefault(""),
  phone: parseAsString.withDefault(""),
  billing: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(SORTS).withDefault("tmCreate"),
  direction: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
  size: parseAsNumberLiteral([25, 50, 100, 200]).withDefault(50),
  cursor: parseAsString.withDefault(""),
};
export type CustomerListParams = inferParserType<typeof customerListParams>;

export const loadCustomerListParams = createLoader(customerListParams);
export const customerListHref = createSerializer(customerListParams);

/** The same request from server and browser, so that the page is drawn with what the server has read. */
export function toCustomerListInput({
  view,
  q,
  name,
  email,
  phone,
  billing,
  sort,
  direction,
  size,
  cursor,
}: CustomerListParams): ListCustomersInput {
  const orNone = (text: string, most: number): string | undefined => (text === "" ? undefined : text.slice(0, most));
  return {
    filter: {
      deleted: view === "deleted",
      search: orNone(q.trim(), TEXT_MOST),
      name: orNone(name, TEXT_MOST),
      email: orNone(email, TEXT_MOST),
      phoneNumber: orNone(phone, TEXT_MOST),
      billingAccountId: billing === "" ? undefined : UUID.test(billing) ? billing : NIL_UUID,
    },
    sort,
    direction,
    size,
    cursor: orNone(cursor, 2_000),
  };
}
