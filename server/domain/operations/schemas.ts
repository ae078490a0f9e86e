import * as z from "zod";

/** A page of them; the queue is read from its oldest end alone. */
export const listDeadLettersInput = z.object({ limit: z.number().int().min(1).max(200).default(50) });
export type ListDeadLettersInput = z.input<typeof listDeadLettersInput>;

const id = z.string().min(1).max(64);
export const deadLetterIdInput = z.object({ id });
export type DeadLetterIdInput = z.input<typeof deadLetterIdInput>;

/** As many as one request works on. */
export const DEAD_LETTERS_AT_ONCE = 200;

/**
 * Letters by id, or the oldest ones. For all that lie there: ask for the oldest again and again, as many in sum as were
 * there at first, and each time skip those that stayed, so that what dies anew is not taken in circles.
 */
export const chooseDeadLettersInput = z.union([
  z.object({ ids: z.array(id).min(1).max(DEAD_LETTERS_AT_ONCE) }),
  z.object({
    most: z.number().int().min(1).max(DEAD_LETTERS_AT_ONCE),
    skip: z.number().int().min(0).max(10_000).default(0),
  }),
]);
export type ChooseDeadLettersInput = z.input<typeof chooseDeadLettersInput>;
