/** A message that could not be worked on, as people may see it: secrets in it are masked. */
export interface DeadLetterView {
  id: string;
  /** The queue it was taken from, and goes back to. */
  queue: string;
  reason: string;
  /** When it was set aside first, UTC, ISO 8601. */
  firstDeath: string;
  deaths: number;
  size: number;
  /** Its beginning. */
  excerpt: string;
}

/** Messages that were set aside; null where the process has no broker. */
export interface DeadLetterStore {
  peek(limit: number): Promise<DeadLetterView[]>;
  replay(id: string): Promise<"replayed" | "not-found" | "queue-missing">;
  discard(id: string): Promise<boolean>;
}

declare module "@/server/kernel/context" {
  interface Ports {
    deadLetters: DeadLetterStore | null;
  }
}
