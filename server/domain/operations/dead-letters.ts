import { audit } from "@/server/kernel/audit";
import { authorize } from "@/server/kernel/authorization";
import type { Context } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { parseInput } from "@/server/kernel/parse-input";
import type { Right } from "@/server/kernel/permissions";
import { inTransaction } from "@/server/kernel/transaction";
import type { DeadLetterStore, DeadLetterView } from "./ports";
import { deadLetterIdInput, listDeadLettersInput, type DeadLetterIdInput, type ListDeadLettersInput } from "./schemas";

const notFound = (): DomainError =>
  new DomainError("NOT_FOUND", "DEAD_LETTER_NOT_FOUND", "There is no such message any more.");

/** The oldest messages that could not be worked on; they stay where they are. @throws DomainError UNAVAILABLE */
export async function listDeadLetters(ctx: Context, input: ListDeadLettersInput): Promise<DeadLetterView[]> {
  const store = storeFor(ctx, "dead-letter:read");
  return await reach(store.peek(parseInput(listDeadLettersInput, input).limit));
}

/** Puts a message back into its queue; a request that took effect before is known by its receipt. @throws DomainError NOT_FOUND, CONFLICT, UNAVAILABLE */
export async function replayDeadLetter(ctx: Context, input: DeadLetterIdInput): Promise<{ id: string }> {
  const store = storeFor(ctx, "dead-letter:replay");
  const { id } = parseInput(deadLetterIdInput, input);
  await note(ctx, "dead-letter.replay", id);
  const result = await reach(store.replay(id));
  if (result === "not-found") throw notFound();
  if (result === "queue-missing")
    throw new DomainError("CONFLICT", "QUEUE_MISSING", "The queue that this message came from is gone.");
  return { id };
}

/** Deletes a message for good. @throws DomainError NOT_FOUND, UNAVAILABLE */
export async function discardDeadLetter(ctx: Context, input: DeadLetterIdInput): Promise<{ id: string }> {
  const store = storeFor(ctx, "dead-letter:discard");
  const { id } = parseInput(deadLetterIdInput, input);
  await note(ctx, "dead-letter.discard", id);
  if (!(await reach(store.discard(id)))) throw notFound();
  return { id };
}

function storeFor(ctx: Context, right: Right): DeadLetterStore {
  authorize(ctx, right);
  if (ctx.ports.deadLetters === null)
    throw new DomainError("UNAVAILABLE", "BROKER_UNAVAILABLE", "This process has no message broker.");
  return ctx.ports.deadLetters;
}

/** The audit entry comes first: the broker takes part in no transaction, and nothing may be done unseen. */
async function note(ctx: Context, action: string, id: string): Promise<void> {
  await inTransaction({ ...ctx, receipt: null }, (tx) =>
    audit(ctx, tx, { action, resourceType: "dead-letter", resourceId: id.slice(0, 64), customerId: null }),
  );
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
