/** A message that could not be worked on, as people may see it: secrets in it are masked. */
export interface DeadLetterView {
  id: string;
  /** The queue it was taken from, and goes back to. */
  queue: string;
  /** The exchange it was published to; empty for a request. */
  exchange: string;
  reason: string;
  /** When it was set aside first, UTC, ISO 8601. */
  firstDeath: string;
  deaths: number;
  /** The sender's id of it; empty where it gave none. */
  messageId: string;
  /** In bytes. */
  size: number;
  /** Its beginning. */
  excerpt: string;
}

/** What became of the letters that somebody asked for: `missing` were not there any more, of `refused` the queue is gone. */
export interface DeadLetterOutcome {
  done: string[];
  refused: string[];
  missing: string[];
}

/** Letters by id; or the oldest `most` that come after the oldest `skip`. */
export type WhichLetters = { ids: readonly string[] } | { most: number; skip: number };

/** Messages that were set aside; null where the process has no broker. */
export interface DeadLetterStore {
  count(): Promise<number>;
  peek(limit: number): Promise<DeadLetterView[]>;
  /** One, with as much of it as is kept for looking at. */
  find(id: string): Promise<DeadLetterView | null>;
  replay(which: WhichLetters): Promise<DeadLetterOutcome>;
  discard(which: WhichLetters): Promise<DeadLetterOutcome>;
}

declare module "@/server/kernel/context" {
  interface Ports {
    deadLetters: DeadLetterStore | null;
  }
}
