import { discardDeadLetter, listDeadLetters, replayDeadLetter } from "@/server/domain/operations";
import { deadLetterIdInput, listDeadLettersInput } from "@/server/domain/operations/schemas";
import { procedure, router } from "../init";

export const deadLetterRouter = router({
  list: procedure("dead-letter:read")
    .input(listDeadLettersInput)
    .query(({ ctx: { ctx }, input }) => listDeadLetters(ctx, input)),
  replay: procedure("dead-letter:replay")
    .input(deadLetterIdInput)
    .mutation(({ ctx: { ctx }, input }) => replayDeadLetter(ctx, input)),
  discard: procedure("dead-letter:discard")
    .input(deadLetterIdInput)
    .mutation(({ ctx: { ctx }, input }) => discardDeadLetter(ctx, input)),
});
