"use client";

import { useState } from "react";

/** Whether something has been open once: until then its code is not loaded, and from then on it stays, to give focus back. */
export function useOnceOpen(open: boolean): boolean {
  const [seen, setSeen] = useState(open);
  if (open && !seen) setSeen(true);
  return seen || open;
}
