"use client";

import { useState } from "react";
import { useT } from "../i18n/provider";
import { describeFailure } from "../lib/failures";
import { toast } from "../ui/toast";
import { useConfirm, wantsConfirmation } from "./confirm";

/**
 * A change of the account by one press, after the person has proved again who he is. Where the server finds that this was
 * too long ago, he is asked again.
 */
export function useChange(change: () => Promise<unknown>) {
  const t = useT();
  const confirm = useConfirm();
  const [busy, setBusy] = useState(false);
  const run = () => {
    setBusy(true);
    void change()
      .catch((error: unknown) => {
        if (wantsConfirmation(error)) confirm(run, true);
        else toast.error(describeFailure(error, t).message);
      })
      .finally(() => setBusy(false));
  };
  return { busy, start: () => confirm(run) };
}
