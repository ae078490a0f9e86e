/** What other parts of the product may use of operations. */
export { discardDeadLetters, getDeadLetter, listDeadLetters, replayDeadLetters } from "./dead-letters";
export type { DeadLetterOutcome, DeadLetterStore, DeadLetterView } from "./ports";
