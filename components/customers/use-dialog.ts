"use client";

import { useQueryStates } from "nuqs";
import { useState } from "react";
import { customerPageParams } from "./customer-params";

type Name = "delete" | "create-key" | "edit-key" | "rotate-key" | "revoke-key";

/** Which dialog of a customer's page is open: the one that a link names, or the one that a button here has opened. */
export function useDialog() {
  const [{ dialog, key }, setParams] = useQueryStates({
    dialog: customerPageParams.dialog,
    key: customerPageParams.key,
  });
  const [local, setLocal] = useState<{ name: Name; key: string | null } | null>(null);
  return {
    current: local ?? (dialog === null ? null : { name: dialog, key }),
    open: (name: Name, about: string | null = null) => setLocal({ name, key: about }),
    close: () => {
      setLocal(null);
      if (dialog !== null) void setParams({ dialog: null, key: null }, { history: "replace" });
    },
  };
}
