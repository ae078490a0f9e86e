/** How many pages are on their way; the frame shows a bar while there is one. */
let count = 0;
const listeners = new Set<() => void>();

function change(by: number): void {
  count += by;
  for (const tell of listeners) tell();
}

export const pendingPages = {
  /** @returns what to call when the page is there, or was given up */
  begin(): () => void {
    change(1);
    return () => change(-1);
  },
  subscribe(tell: () => void): () => void {
    listeners.add(tell);
    return () => listeners.delete(tell);
  },
  any: (): boolean => count > 0,
};
