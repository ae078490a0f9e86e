import { createLoader, parseAsString, parseAsStringLiteral, type inferParserType } from "nuqs/server";
import { UUID } from "@/db/uuid";
import { idOrNone, orNone, pageParams, toPageInput } from "../data-table/list-params";
import type { AccessKeySort, AccessKeyState, ListAccessKeysInput } from "@/server/domain/customer/schemas";

/** The schemas' own lists, of which only the types are loaded here: a list needs no validator in the browser. */
export const KEY_SORTS = ["tmCreate", "tmUsed", "tmExpire"] as const satisfies readonly AccessKeySort[];
export const KEY_VIEWS = ["all", "expiring", "expired", "unused", "used"] as const satisfies readonly (
  AccessKeyState | "all"
)[];
export type KeyView = (typeof KEY_VIEWS)[number];

/** How each view is sorted until somebody chooses another order; those but `all` have this one sort alone. */
export const VIEW_ORDER: Record<KeyView, { by: AccessKeySort; direction: "asc" | "desc" }> = {
  all: { by: "tmCreate", direction: "desc" },
  expiring: { by: "tmExpire", direction: "asc" },
  expired: { by: "tmExpire", direction: "desc" },
  unused: { by: "tmUsed", direction: "asc" },
  used: { by: "tmUsed", direction: "desc" },
};
export const sortsOf = (view: KeyView): readonly AccessKeySort[] =>
  view === "all" ? KEY_SORTS : [VIEW_ORDER[view].by];

/** What the address of the list of all customers' keys says. */
export const keyListParams = {
  view: parseAsStringLiteral(KEY_VIEWS).withDefault("all"),
  q: parseAsString.withDefault(""),
  customer: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(KEY_SORTS),
  direction: parseAsStringLiteral(["asc", "desc"]),
  ...pageParams,
};
export type KeyListParams = inferParserType<typeof keyListParams>;

export const loadKeyListParams = createLoader(keyListParams);

/** The order that holds: an old link may name one that its view has not. */
export function orderOf({ view, sort, direction }: Pick<KeyListParams, "view" | "sort" | "direction">) {
  const usual = VIEW_ORDER[view];
  const by = sort !== null && sortsOf(view).includes(sort) ? sort : usual.by;
  return { by, direction: direction ?? (by === usual.by ? usual.direction : "desc") };
}

/** The same request from server and browser. A whole id finds its key even when it was revoked. */
export function toKeyListInput(params: KeyListParams): ListAccessKeysInput {
  const { view, customer } = params;
  const { by, direction } = orderOf(params);
  const q = params.q.trim();
  const whole = UUID.test(q) && view === "all" && by === "tmCreate";
  return {
    filter: {
      ...(view === "all" ? (whole ? {} : { deleted: false }) : { state: view }),
      search: orNone(q),
      customerId: idOrNone(customer),
    },
    sort: by,
    direction,
    ...toPageInput(params),
  };
}

/** The list of one customer's page. */
export function toAccessKeyListInput(
  customerId: string,
  params: Pick<KeyListParams, "sort" | "direction" | "cursor"> & { revoked: boolean },
): ListAccessKeysInput {
  const order = customerOrder(params);
  return {
    filter: { customerId, deleted: params.revoked },
    sort: order.by,
    direction: order.direction,
    size: 50,
    ...(params.cursor === "" ? {} : { cursor: params.cursor.slice(0, 2_000) }),
  };
}

/** Revoked keys are listed newest first alone. */
export const customerOrder = (params: Pick<KeyListParams, "sort" | "direction"> & { revoked: boolean }) =>
  params.revoked ? VIEW_ORDER.all : orderOf({ ...params, view: "all" });
