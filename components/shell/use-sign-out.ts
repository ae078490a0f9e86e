"use client";

import { useCallback } from "react";
import { signOut } from "../auth/session-api";
import { useLeave } from "../forms/leave-guard";
import { loadAnew } from "../lib/load-anew";

/** Ends the session and goes to the sign-in page, with nothing of it left in memory. */
export function useSignOut(): () => void {
  const leave = useLeave();
  return useCallback(
    () =>
      leave(() => {
        void signOut()
          .catch(() => undefined)
          .finally(() => loadAnew("/sign-in"));
      }),
    [leave],
  );
}
