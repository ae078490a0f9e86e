import { createLoader, createSerializer, parseAsString, type inferParserType } from "nuqs/server";
import type { ListAuditInput } from "@/server/domain/audit/schemas";
import { daysToTimes, orNone, pageParams, toPageInput } from "../data-table/list-params";
import { UUID } from "@/db/uuid";

type ResourceType = NonNullable<NonNullable<ListAuditInput["filter"]>["resourceType"]>;

/** What the address of the audit list says. */
export const auditParams = {
  customer: parseAsString.withDefault(""),
  resource: parseAsString.withDefault(""),
  actor: parseAsString.withDefault(""),
  action: parseAsString.withDefault(""),
  type: parseAsString.withDefault(""),
  request: parseAsString.withDefault(""),
  days: parseAsString.withDefault(""),
  ...pageParams,
  /** The entry that is open. */
  entry: parseAsString,
};
export type AuditParams = inferParserType<typeof auditParams>;

export const loadAuditParams = createLoader(auditParams);
export const auditHref = createSerializer(auditParams);

/** Kinds of records that a list can be filtered by. */
export const RESOURCES = [
  "customer",
  "access-key",
  "admin",
  "session",
  "job",
  "dead-letter",
  "extension",
  "trunk",
] as const satisfies readonly ResourceType[];
const isResource = (text: string): text is ResourceType => RESOURCES.some((each) => each === text);

/** The same request from server and browser. */
export function toAuditInput(params: Omit<AuditParams, "saved" | "entry">): ListAuditInput {
  const { from, until } = daysToTimes(params.days);
  return {
    filter: {
      customerId: UUID.test(params.customer) ? params.customer : undefined,
      resourceType: isResource(params.type) ? params.type : undefined,
      resourceId: orNone(params.resource, 64),
      actorId: orNone(params.actor, 64),
      action: orNone(params.action, 64),
      requestId: orNone(params.request, 64),
      from,
      before: until,
    },
    ...toPageInput(params),
  };
}

/** The last few entries: about a customer, by one person, about one record, or all. */
export const toAuditSummaryInput = (
  customerId: string | undefined,
  actorId?: string,
  resourceId?: string,
): ListAuditInput => ({
  filter: { customerId, actorId, resourceId },
  size: 9,
});
