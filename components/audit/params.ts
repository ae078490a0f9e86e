import { createLoader, createSerializer, parseAsString, type inferParserType } from "nuqs/server";
import type { ListAuditInput } from "@/server/domain/audit/schemas";
import { UUID } from "@/db/uuid";

/** What the address of the audit list says. */
export const auditParams = {
  customer: parseAsString.withDefault(""),
  resource: parseAsString.withDefault(""),
  actor: parseAsString.withDefault(""),
  action: parseAsString.withDefault(""),
  cursor: parseAsString.withDefault(""),
  /** The entry that is open. */
  entry: parseAsString,
};
export type AuditParams = inferParserType<typeof auditParams>;

export const loadAuditParams = createLoader(auditParams);
export const auditHref = createSerializer(auditParams);

/** The same request from server and browser. */
export function toAuditInput(
  params: Pick<AuditParams, "customer" | "resource" | "actor" | "action" | "cursor">,
): ListAuditInput {
  const orNone = (text: string, most: number): string | undefined => (text === "" ? undefined : text.slice(0, most));
  return {
    filter: {
      customerId: UUID.test(params.customer) ? params.customer : undefined,
      resourceId: orNone(params.resource, 64),
      actorId: orNone(params.actor, 64),
      action: orNone(params.action, 64),
    },
    size: 50,
    cursor: orNone(params.cursor, 2_000),
  };
}

/** The last few entries about a customer, or about everything. */
export const toAuditSummaryInput = (customerId: string | undefined): ListAuditInput => ({
  filter: { customerId },
  size: 9,
});
