"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { SIP_DIALOGS, type SipDialog } from "./dialogs";

const parser = parseAsStringLiteral(SIP_DIALOGS);

/** Which dialog of an account's page is open: the one that a link names, or the one that a button here has opened. */
export function useSipDialog() {
  const [named, setNamed] = useQueryState("dialog", parser.withOptions({ history: "replace" }));
  const [local, setLocal] = useState<SipDialog | null>(null);
  return {
    current: local ?? named,
    open: setLocal,
    close: () => {
      setLocal(null);
      if (named !== null) void setNamed(null);
    },
  };
}
