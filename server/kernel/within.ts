/** Nothing came in time. */
export class TooLateError extends Error {
  override readonly name = "TooLateError";
}

/** What a promise brings within so many milliseconds. @throws TooLateError after them; what comes later is dropped */
export function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TooLateError("no answer in time")), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
