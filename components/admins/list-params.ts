import { createLoader, parseAsString, parseAsStringLiteral, type inferParserType } from "nuqs/server";
import { UUID } from "@/db/uuid";
import type { ListAdminsInput } from "@/server/domain/admin/schemas";
import type { Role } from "@/server/kernel/permissions";
import { orNone, pageParams, sortParams, toPageInput } from "../data-table/list-params";

type Sorts = NonNullable<ListAdminsInput["sort"]>;
type Filter = NonNullable<ListAdminsInput["filter"]>;
/** The server's own lists, of which only the types are loaded here. */
const SORTS = ["tmCreate", "name", "tmLastLogin"] as const satisfies readonly Sorts[];
export const ROLE_NAMES = ["owner", "admin", "support", "billing-read"] as const satisfies readonly Role[];
export const STATUS_NAMES = ["active", "invited", "disabled"] as const satisfies readonly Filter["status"][];
export const REACHES = ["platform", "customer"] as const satisfies readonly Filter["reach"][];

/** What the address of the list of admins says. */
export const adminListParams = {
  q: parseAsString.withDefault(""),
  role: parseAsString.withDefault(""),
  status: parseAsString.withDefault(""),
  reach: parseAsString.withDefault(""),
  customer: parseAsString.withDefault(""),
  twofactor: parseAsString.withDefault(""),
  ...sortParams(SORTS),
  ...pageParams,
  /** The dialog that a link opens. */
  dialog: parseAsStringLiteral(["invite"]),
};
export type AdminListParams = inferParserType<typeof adminListParams>;
export const loadAdminListParams = createLoader(adminListParams);

const known = <Word extends string>(words: readonly Word[], text: string): Word | undefined =>
  words.find((word) => word === text);

/** The same request from server and browser, so that the page is drawn with what the server has read. */
export function toAdminListInput(params: Omit<AdminListParams, "dialog">): ListAdminsInput {
  const { q, role, status, reach, customer, twofactor, sort, direction } = params;
  return {
    filter: {
      search: orNone(q.trim()),
      role: known(ROLE_NAMES, role),
      status: known(STATUS_NAMES, status),
      reach: known(REACHES, reach),
      customerId: UUID.test(customer) ? customer : undefined,
      twoFactor: twofactor === "yes" ? true : twofactor === "no" ? false : undefined,
    },
    sort,
    direction,
    ...toPageInput(params),
  };
}
