/** A pause before attempt n (from 1) in milliseconds: the first at once, then growing to a second at most, with jitter. */
export function backOff(attempt: number): number {
  if (attempt <= 1) return 0;
  return Math.round(Math.min(1_000, 25 * 2 ** attempt) * (0.5 + Math.random() / 2));
}

/** Whether the n-th failure in a row is worth a line in the log: the first, second, fourth, eighth… */
export const isWorthLogging = (attempt: number): boolean => (attempt & (attempt - 1)) === 0;

/** Resolves with false after so many milliseconds, unless the promise is through first; a rejection counts as through. */
export function within(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), milliseconds);
    const through = () => {
      clearTimeout(timer);
      resolve(true);
    };
    promise.then(through, through);
  });
}
