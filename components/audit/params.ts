import { createLoader, createSerializer, parseAsString, type inferParserType } from "nuqs/server";
import type { ListAuditInput } from "@/server/domain/audit/schemas";
import { orNone, pageParams, toPageInput } from "../data-table/list-params";
import { UUID } from "@/db/uuid";

/** What the address of the audit list says. */
export const auditParams = {
  customer: parseAsString.withDefault(""),
  resource: parseAsString.withDefault(""),
  actor: parseAsString.withDefault(""),
  action: parseAsString.withDefault(""),
  ...pageParams,
  /** The entry that is open. */
  entry: parseAsString,
};
export type AuditParams = inferParserType<typeof auditParams>;

export const loadAuditParams = createLoader(auditParams);
export const auditHref = createSerializer(auditParams);

/** The same request from server and browser. */
export function toAuditInput(
  params: Pick<AuditParams, "customer" | "resource" | "actor" | "action" | "cursor" | "size">,
): ListAuditInput {
  return {
    filter: {
      customerId: UUID.test(params.customer) ? params.customer : undefined,
      resourceId: orNone(params.resource, 64),
      actorId: orNone(params.actor, 64),
      action: orNone(params.action, 64),
    },
    ...toPageInput(params),
  };
}

/** The last few entries about a customer, or about everything. */
export const toAuditSummaryInput = (customerId: string | undefined): ListAuditInput => ({
  filter: { customerId },
  size: 9,
});
