import type { Database } from "@/db/client";
import type { Tenant } from "@/server/kernel/context";
import { isUnheardText } from "@/server/kernel/errors";
import { SEARCH_MOST, startPattern } from "@/server/kernel/list-reads";
import type { Position } from "@/server/kernel/pagination";
import type { Statement } from "@/server/kernel/statements";
import { selectPrepared } from "@/server/kernel/statements-run";
import { contactFields, toContact } from "../contact/repository";
import { readEndpoint } from "./names";
import type { RegistrationFilter, RegistrationListView } from "./schemas";
import { toRegistration } from "./registrations";

export interface RegistrationQuery {
  filter: RegistrationFilter;
  direction: "asc" | "desc";
  at: Position | null;
  limit: number;
  /** Unix time: what has expired by then is no registration. */
  nowSeconds: number;
}

/** A part of a statement with its values. */
interface Part {
  sql: string;
  params: unknown[];
}

const part = (sql: string, ...params: unknown[]): Part => ({ sql, params });
const join = (parts: readonly Part[], by: string): Part => ({
  sql: parts.map((each) => each.sql).join(by),
  params: parts.flatMap((each) => each.params),
});

/** Whose registrations: an endpoint names its customer, and ps_contacts.admin_customer_id reads it from there. */
function scope(tenant: Tenant, filter: RegistrationFilter): Part[] {
  return [
    ...(tenant.all ? [] : [part("admin_customer_id = ?", tenant.customerId)]),
    ...(filter.customerId === undefined ? [] : [part("admin_customer_id = ?", filter.customerId)]),
  ];
}

/** Each beginning is looked up in its own index and bounded; an "or" over the columns would read the whole table. */
function search(tenant: Tenant, filter: RegistrationFilter): Part[] {
  const { search: text = "" } = filter;
  if (text === "") return [];
  const pattern = startPattern(text);
  const beginnings = [
    part("endpoint like ?", pattern),
    part("admin_address like ?", pattern),
    part("admin_alias like ?", pattern),
    part("via_addr like ?", pattern),
    part("user_agent like ?", pattern),
    // IPv6 stands in brackets in a URI.
    ...(/^[0-9a-f]*:/i.test(text)
      ? [part("admin_address like ?", `[${pattern}`), part("admin_alias like ?", `[${pattern}`)]
      : []),
  ];
  const found = beginnings.map((each) => {
    const where = join([each, ...scope(tenant, filter)], " and ");
    return part(`(select id from ps_contacts where ${where.sql} limit ${SEARCH_MOST})`, ...where.params);
  });
  const union = join(found, " union ");
  return [part(`id in (select id from (${union.sql}) as found)`, ...union.params)];
}

function conditions(tenant: Tenant, filter: RegistrationFilter, nowSeconds: number): Part {
  return join(
    [
      part("expiration_time > ?", nowSeconds),
      ...scope(tenant, filter),
      ...(filter.transport === undefined ? [] : [part("admin_transport = ?", filter.transport)]),
      ...(filter.node === undefined ? [] : [part("reg_server = ?", filter.node)]),
      ...search(tenant, filter),
    ],
    " and ",
  );
}

/** The index whose order is the list's; none where a search finds few rows by themselves. */
function pageIndex(tenant: Tenant, filter: RegistrationFilter): string {
  if ((filter.search ?? "") !== "") return "";
  if (!tenant.all || filter.customerId !== undefined) return "force index (admin_ps_contacts_customer)";
  if (filter.node !== undefined) return "force index (admin_ps_contacts_node)";
  if (filter.transport !== undefined) return "force index (admin_ps_contacts_transport)";
  return "force index (admin_ps_contacts_created)";
}

type Row = (string | number | null)[];
const CREATED = "cast(admin_tm_create as char)";

function toView(row: Row): RegistrationListView {
  const contact = toContact(row);
  return { ...toRegistration(contact), ...readEndpoint(contact.endpoint), tmRegister: String(row.at(-1) ?? "") };
}

/** A text that the columns cannot hold matches nothing. */
const selectMatching = <Found>(asterisk: Database, statement: Statement): Promise<Found[]> =>
  selectPrepared<Found>(asterisk, statement).catch((error: unknown) => {
    if (isUnheardText(error)) return [];
    throw error;
  });

/** Rows of a page in reading order. */
export async function listRegistrationRows(
  asterisk: Database,
  tenant: Tenant,
  query: RegistrationQuery,
): Promise<RegistrationListView[]> {
  const { filter, at, limit, nowSeconds } = query;
  const descending = (query.direction === "desc") !== (at?.back ?? false);
  const beyond = descending ? "<" : ">";
  const order = descending ? "desc" : "asc";
  const past =
    at === null
      ? []
      : [
          part(
            `admin_tm_create ${beyond}= ? and (admin_tm_create ${beyond} ? or id ${beyond} ?)`,
            at.value,
            at.value,
            at.id,
          ),
        ];
  const where = join([conditions(tenant, filter, nowSeconds), ...past], " and ");
  const rows = await selectMatching<Row>(asterisk, {
    sql: `select ${contactFields}, ${CREATED} from ps_contacts ${pageIndex(tenant, filter)} where ${where.sql} order by admin_tm_create ${order}, id ${order} limit ?`,
    params: [...where.params, String(limit)],
  });
  return rows.map(toView);
}

/** How many match, counted up to `most`. */
export async function countRegistrationRows(
  asterisk: Database,
  tenant: Tenant,
  filter: RegistrationFilter,
  nowSeconds: number,
  most: number,
): Promise<number> {
  const where = conditions(tenant, filter, nowSeconds);
  const [row] = await selectMatching<[number]>(asterisk, {
    sql: `select count(*) from (select 1 from ps_contacts where ${where.sql} limit ?) as matching`,
    params: [...where.params, String(most)],
  });
  return Number(row?.[0] ?? 0);
}

/** How many numbers have a phone now, counted up to `most`. */
export async function countRegisteredEndpoints(
  asterisk: Database,
  tenant: Tenant,
  customerId: string | undefined,
  nowSeconds: number,
  most: number,
): Promise<number> {
  const where = join([...scope(tenant, { customerId }), part("expiration_time > ?", nowSeconds)], " and ");
  const index = tenant.all && customerId === undefined ? "endpoint" : "customer_endpoint";
  const [row] = await selectPrepared<[number]>(asterisk, {
    sql: `select count(*) from (select 1 from ps_contacts force index (admin_ps_contacts_${index}) where ${where.sql} group by endpoint limit ?) as registered`,
    params: [...where.params, String(most)],
  });
  return Number(row?.[0] ?? 0);
}
