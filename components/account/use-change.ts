"use client";

import { useState } from "react";
import { useFailureToast } from "../ui/use-failure-toast";
import { useConfirm, wantsConfirmation } from "./confirm";

/**
 * A change of the account by one press, after the person has proved again who he is. Where the server finds that this was
 * too long ago, he is asked again.
 */
export function useChange(change: () => Promise<unknown>) {
  const refuse = useFailureToast();
  const confirm = useConfirm();
  const [busy, setBusy] = useState(false);
  const run = () => {
    setBusy(true);
    void change()
      .catch((error: unknown) => {
        if (wantsConfirmation(error)) confirm(run, true);
        else refuse(error);
      })
      .finally(() => setBusy(false));
  };
  return { busy, start: () => confirm(run) };
}
