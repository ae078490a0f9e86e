"use client";

import { useCallback } from "react";
import { useT } from "../i18n/provider";
import { describeFailure } from "../lib/failures";
import { toast } from "./toast";

/** Says in a toast why a change by one press was refused, and what to do. */
export function useFailureToast() {
  const t = useT();
  return useCallback((error: unknown) => toast.error(describeFailure(error, t).message), [t]);
}
