"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";
import { toast, Toaster as Sonner } from "sonner";
import { useT } from "../i18n/provider";
import { Icon } from "../ui/icon";
import { toastsDrawnBy } from "../ui/toast";

const narrow = () => window.matchMedia("(max-width: 47.99rem)");
function onWidth(tell: () => void): () => void {
  const query = narrow();
  query.addEventListener("change", tell);
  return () => query.removeEventListener("change", tell);
}

/** Draws toasts, with the way back where there is one. */
export function Toaster() {
  const t = useT();
  // On narrow screens dialogs rise from the bottom: a toast must not cover their buttons.
  const atTop = useSyncExternalStore(onWidth, () => narrow().matches);
  // Its own effects come first: it listens by now.
  useEffect(() => toastsDrawnBy(toast), []);
  return (
    <Sonner
      position={atTop ? "top-center" : "bottom-right"}
      closeButton
      containerAriaLabel={t("shell.notices")}
      icons={{ success: <Icon of={CircleCheck} tone="ok" />, error: <Icon of={CircleAlert} tone="bad" /> }}
      toastOptions={{
        unstyled: true,
        closeButtonAriaLabel: t("common.close"),
        classNames: {
          toast: "toast",
          title: "toast__title",
          description: "toast__text",
          actionButton: "btn btn--sm",
          closeButton: "toast__close",
        },
      }}
    />
  );
}
