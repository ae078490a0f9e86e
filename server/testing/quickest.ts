/** What something came to, and how long it took. */
export interface Timed<T> {
  value: T;
  /** Milliseconds. */
  ms: number;
}

export async function timed<T>(work: Promise<T>): Promise<Timed<T>> {
  const started = performance.now();
  const value = await work;
  return { value, ms: performance.now() - started };
}

const TRIES = 5;

/**
 * How fast something is at its best: a busy machine makes some attempts slow, what waits by itself makes all of them so.
 * @param enoughMs it is not tried again once it was as fast as that
 */
export async function quickest<T extends { ms: number }>(attempt: () => Promise<T>, enoughMs: number): Promise<T> {
  let best = await attempt();
  for (let tries = 1; tries < TRIES && best.ms >= enoughMs; tries++) {
    const next = await attempt();
    if (next.ms < best.ms) best = next;
  }
  return best;
}
