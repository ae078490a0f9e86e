"use client";

import { useState } from "react";
import { useT } from "../i18n/provider";
import { describeFailure, type FailureDescription } from "../lib/failures";

/** Tries something by one press, and tells whether it is under way and how it last failed. */
export function useAttempt() {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureDescription | null>(null);
  const attempt = async (work: () => unknown): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await work();
    } catch (error) {
      setFailure(describeFailure(error, t));
    } finally {
      setBusy(false);
    }
  };
  return { attempt, busy, failure };
}
