"use client";

import { useCallback } from "react";
import { useLeave } from "../forms/leave-guard";
import { loadAnew } from "../lib/load-anew";

/** Ends the session and goes to the sign-in page, with nothing of it left in memory. */
export function useSignOut(): () => void {
  const leave = useLeave();
  return useCallback(
    () =>
      leave(() => {
        void import("next-auth/react")
          .then(({ signOut }) => signOut({ redirect: false }))
          .finally(() => loadAnew("/sign-in"));
      }),
    [leave],
  );
}
