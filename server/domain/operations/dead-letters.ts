import { audit } from "@/server/kernel/audit";
import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { parseInput } from "@/server/kernel/parse-input";
import type { Right } from "@/server/kernel/permissions";
import { inTransaction } from "@/server/kernel/transaction";
import type { DeadLetterOutcome, DeadLetterStore, DeadLetterView, WhichLetters } from "./ports";
import {
  chooseDeadLettersInput,
  deadLetterIdInput,
  listDeadLettersInput,
  type ChooseDeadLettersInput,
  type DeadLetterIdInput,
  type ListDeadLettersInput,
} from "./schemas";

/** The oldest messages that could not be worked on, which stay where they are, and how many there are. @throws DomainError UNAVAILABLE */
export async function listDeadLetters(
  ctx: Context,
  input: ListDeadLettersInput,
): Promise<{ items: DeadLetterView[]; total: number }> {
  const store = storeFor(ctx, "dead-letter:read");
  const { limit } = parseInput(listDeadLettersInput, input);
  const items = await reach(store.peek(limit));
  // While others look they hold what they look at: what we have seen is there in any case.
  const total = items.length < limit ? items.length : Math.max(items.length, await reach(store.count()));
  return { items, total };
}

/** One message, with up to 16 KiB of it. @throws DomainError NOT_FOUND, UNAVAILABLE */
export async function getDeadLetter(ctx: Context, input: DeadLetterIdInput): Promise<DeadLetterView> {
  const store = storeFor(ctx, "dead-letter:read");
  const found = await reach(store.find(parseInput(deadLetterIdInput, input).id));
  if (found === null)
    throw new DomainError(
      "NOT_FOUND",
      "DEAD_LETTER_NOT_FOUND",
      "There is no such message any more: it was replayed or discarded.",
    );
  return found;
}

/**
 * Puts messages back into their queues. Repeating it does nothing more: a message that is gone is counted as missing, and
 * a request that took effect before is known by its receipt.
 * @throws DomainError UNAVAILABLE
 */
export async function replayDeadLetters(ctx: Context, input: ChooseDeadLettersInput): Promise<DeadLetterOutcome> {
  const store = storeFor(ctx, "dead-letter:replay");
  const which = parseInput(chooseDeadLettersInput, input);
  await note(ctx, "dead-letter.replay", which);
  return await reach(store.replay(which));
}

/** Deletes messages for good. Repeating it does nothing more. @throws DomainError UNAVAILABLE */
export async function discardDeadLetters(ctx: Context, input: ChooseDeadLettersInput): Promise<DeadLetterOutcome> {
  const store = storeFor(ctx, "dead-letter:discard");
  const which = parseInput(chooseDeadLettersInput, input);
  await note(ctx, "dead-letter.discard", which);
  return await reach(store.discard(which));
}

function storeFor(ctx: Context, right: Right): DeadLetterStore {
  authorize(ctx, right);
  if (ctx.ports.deadLetters === null)
    throw new DomainError("UNAVAILABLE", "BROKER_UNAVAILABLE", "This process has no message broker.");
  return ctx.ports.deadLetters;
}

/** The audit entries come first: the broker takes part in no transaction, and nothing may be done unseen. */
async function note(ctx: Context, action: string, which: WhichLetters): Promise<void> {
  await inTransaction({ ...ctx, receipt: null }, (tx) => {
    const entry = (resourceId: string, after: object | null) =>
      audit(ctx, tx, { action, resourceType: "dead-letter", resourceId, customerId: null, after });
    if ("ids" in which) for (const id of which.ids) entry(id, null);
    else entry("oldest", which);
  });
}

async function reach<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new DomainError(
      "UNAVAILABLE",
      "BROKER_UNAVAILABLE",
      "The message broker is not available at the moment. Try again.",
      {},
      { cause: error },
    );
  }
}
