/** What other parts of the product may use of operations. */
export { discardDeadLetter, listDeadLetters, replayDeadLetter } from "./dead-letters";
export type { DeadLetterStore, DeadLetterView } from "./ports";
