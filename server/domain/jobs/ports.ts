import type * as z from "zod";
import type { AuditEntry } from "@/server/kernel/audit";
import type { Context } from "@/server/kernel/context";
import type { Right } from "@/server/kernel/permissions";
import type { Transaction } from "@/server/kernel/transaction";

/** A row that a bulk job is to work on. */
export interface BulkItem {
  id: string;
  /** What people call it. */
  label: string;
  customerId: string | null;
}

/** Something that can be done with many records: each by its verb, in a transaction of its own. */
export interface BulkAction {
  /** `customer.delete-many`: the job's type, and the action of its audit entry. */
  type: string;
  /** Asked of the person at the start, and again at each record. */
  right: Right;
  resource: AuditEntry["resourceType"];
  /** Of the list whose rows can all be chosen. */
  filter: z.ZodType<object>;
  /** How many match, counted up to `most`. */
  count(ctx: Context, filter: object, most: number): Promise<number>;
  /** One bounded page of what matches and was created no later than `until`. */
  collect(
    ctx: Context,
    filter: object,
    cursor: string | null,
    until: string,
  ): Promise<{ items: BulkItem[]; next: string | null }>;
  /** The record as it is now, and whether there is anything to do. @throws DomainError NOT_FOUND */
  look(ctx: Context, id: string): Promise<BulkItem & { todo: boolean }>;
  /** The verb; its transaction writes the receipt of the context. */
  change(ctx: Context, id: string): Promise<unknown>;
  /** The type of the action that takes it back; null where nothing does. */
  undo: string | null;
  /** Rows that are worked at the same time; one where nothing is said. */
  atOnce?: number;
  /** As many records as one job works on, where that is less than usual. */
  most?: number;
  /** Where the verb's answer holds a secret: what of it goes into the file that can be fetched once. */
  once?: OnceFileRows;
  /** In the transaction that writes what became of these rows. */
  settled?(tx: Transaction, ids: readonly string[]): void;
  /** When the job was cancelled. Such a job cannot be gone on with. */
  forget?(tx: Transaction, jobId: string): void;
}

export interface OnceFileRows {
  columns: readonly string[];
  /** Null for an answer that holds none. The last value is the secret itself. */
  row(answer: unknown): string[] | null;
}

/** Who asked for a job, with the rights and the tenant that he has now; null when he may do nothing any more. */
export type FindAsker = (
  ctx: Context,
  owner: { type: string; id: string; name: string },
) => Promise<Pick<Context, "actor" | "tenant" | "rights"> | null>;

declare module "@/server/kernel/context" {
  interface Ports {
    bulkActions: readonly BulkAction[];
    findAsker: FindAsker;
  }
}
