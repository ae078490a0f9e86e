"use client";

import { useState } from "react";

/** Whether something has been open once: until then its code is not loaded, and from then on it stays, to give focus back. */
export function useOnceOpen(open: boolean): boolean {
  const [seen, setSeen] = useState(open);
  if (open && !seen) setSeen(true);
  return seen || open;
}

/** The last value that was there. */
export function useLast<Value>(value: Value | null): Value | null {
  const [last, setLast] = useState(value);
  if (value !== null && value !== last) setLast(value);
  return value ?? last;
}
