"use client";

import { useSyncExternalStore } from "react";

let count = 0;
const listeners = new Set<() => void>();

/** Called when something that this person has asked for has been done: lists show it at once, wherever it moves rows. */
export function noteOwnChange(): void {
  count++;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** How many changes of his own the reader has made since the page was loaded. */
export const useOwnChanges = (): number =>
  useSyncExternalStore(
    subscribe,
    () => count,
    () => 0,
  );
