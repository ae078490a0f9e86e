import * as z from "zod";

export const listDeadLettersInput = z.object({ limit: z.number().int().min(1).max(100).default(50) });
export type ListDeadLettersInput = z.input<typeof listDeadLettersInput>;

export const deadLetterIdInput = z.object({ id: z.string().min(1).max(100) });
export type DeadLetterIdInput = z.input<typeof deadLetterIdInput>;
