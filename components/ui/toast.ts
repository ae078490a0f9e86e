import type { ExternalToast, toast as Sonner } from "sonner";

/** Words about what has just been done. They, and what draws them, are loaded with the first. */
type Words = Parameters<typeof Sonner.success>[0];

let shown: ((toast: typeof Sonner) => void) | undefined;
const drawer = new Promise<typeof Sonner>((resolve) => (shown = resolve));
const listeners = new Set<() => void>();
let wanted = false;

function show(draw: (toast: typeof Sonner) => unknown): void {
  if (!wanted) {
    wanted = true;
    for (const tell of listeners) tell();
  }
  void drawer.then(draw);
}

/** A toast with the same `id` in its options takes the place of the earlier one. */
export const toast = Object.assign(
  (words: Words, options?: ExternalToast) => show((sonner) => sonner(words, options)),
  {
    success: (words: Words, options?: ExternalToast) => show((sonner) => sonner.success(words, options)),
    error: (words: Words, options?: ExternalToast) => show((sonner) => sonner.error(words, options)),
    dismiss: (id: string) => show((sonner) => sonner.dismiss(id)),
  },
);

/** Whether there is something to draw. */
export const toastsWanted = {
  subscribe(tell: () => void): () => void {
    listeners.add(tell);
    return () => listeners.delete(tell);
  },
  get: (): boolean => wanted,
};

/** Told by what draws them, once it does. */
export const toastsDrawnBy = (toast: typeof Sonner): void => shown?.(toast);
