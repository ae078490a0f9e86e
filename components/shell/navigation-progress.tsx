"use client";

import { useSyncExternalStore } from "react";
import { pendingPages } from "../lib/pending-pages";

/** A bar at the upper edge while a page is on its way; it appears after 150 ms, so that quick ones do not flicker. */
export function NavigationProgress() {
  const pending = useSyncExternalStore(pendingPages.subscribe, pendingPages.any, () => false);
  return pending ? <div className="progress-line" aria-hidden /> : null;
}
