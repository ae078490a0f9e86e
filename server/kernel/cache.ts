/** A cache that may vanish at any time: it slows us then, and fails nothing (contract/README "Fix" 11). */
export interface Cache {
  /** The value, or null when there is none, or no cache. */
  get(key: string): Promise<string | null>;
  /** Keeps a value that was just read from the database, unless the key was dropped meanwhile. Seconds to live. */
  fill(key: string, value: string, ttlSeconds: number): Promise<void>;
  /** Forgets keys after a change; false when the cache could not be reached and may still hold the old values. */
  drop(keys: readonly string[]): Promise<boolean>;
}

/** Used where there is no cache: everything is a miss. */
export const noCache: Cache = {
  get: () => Promise.resolve(null),
  fill: () => Promise.resolve(),
  drop: () => Promise.resolve(true),
};
