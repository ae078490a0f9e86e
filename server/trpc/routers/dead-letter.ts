import { discardDeadLetters, getDeadLetter, listDeadLetters, replayDeadLetters } from "@/server/domain/operations";
import { chooseDeadLettersInput, deadLetterIdInput, listDeadLettersInput } from "@/server/domain/operations/schemas";
import { procedure, router } from "../init";

export const deadLetterRouter = router({
  list: procedure("dead-letter:read")
    .input(listDeadLettersInput)
    .query(({ ctx: { ctx }, input }) => listDeadLetters(ctx, input)),
  get: procedure("dead-letter:read")
    .input(deadLetterIdInput)
    .query(({ ctx: { ctx }, input }) => getDeadLetter(ctx, input)),
  replay: procedure("dead-letter:replay")
    .input(chooseDeadLettersInput)
    .mutation(({ ctx: { ctx }, input }) => replayDeadLetters(ctx, input)),
  discard: procedure("dead-letter:discard")
    .input(chooseDeadLettersInput)
    .mutation(({ ctx: { ctx }, input }) => discardDeadLetters(ctx, input)),
});
