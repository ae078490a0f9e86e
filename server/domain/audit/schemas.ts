import * as z from "zod";
import { idInput } from "@/server/kernel/id-input";
import { timeInput } from "@/server/kernel/time-input";

/** What an entry can be about; as in the kernel's AuditEntry. */
export const AUDIT_RESOURCES = [
  "customer",
  "access-key",
  "admin",
  "session",
  "job",
  "dead-letter",
  "extension",
  "trunk",
] as const;
const text = z.string().min(1).max(64);

/**
 * Which filters go together is bounded by the indexes: an action, or a kind of record, with one of customer and actor; a
 * record, a request and a time with anything.
 */
export const listAuditInput = z.object({
  filter: z
    .object({
      customerId: idInput.optional(),
      resourceType: z.enum(AUDIT_RESOURCES).optional(),
      resourceId: text.optional(),
      actorId: text.optional(),
      action: text.optional(),
      requestId: text.optional(),
      /** From this time on. */
      from: timeInput.optional(),
      /** Before this time. */
      before: timeInput.optional(),
    })
    .default({}),
  cursor: z.string().max(2_000).optional(),
  size: z.number().int().min(1).max(200).default(50),
});
export type ListAuditInput = z.input<typeof listAuditInput>;

export interface AuditView {
  id: string;
  tmCreate: string;
  actorType: string;
  actorName: string;
  actorId: string;
  customerId: string | null;
  action: string;
  resourceType: string;
  resourceId: string;
  /** Fields that changed, as they were. */
  before: Record<string, unknown> | null;
  /** Fields that changed, as they are now. */
  after: Record<string, unknown> | null;
  requestId: string;
  ip: string;
  userAgent: string;
}
