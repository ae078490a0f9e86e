import * as z from "zod";
import { idInput } from "@/server/kernel/id-input";

export const listAuditInput = z.object({
  filter: z
    .object({
      customerId: idInput.optional(),
      resourceId: z.string().max(64).optional(),
      actorId: z.string().max(64).optional(),
      action: z.string().max(64).optional(),
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
