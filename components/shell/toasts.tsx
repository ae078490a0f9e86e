"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { Toaster } from "sonner";
import { useT } from "../i18n/provider";
import { Icon } from "../ui/icon";

/** Short words about what has just been done, with the way back where there is one. */
export function Toasts() {
  const t = useT();
  return (
    <Toaster
      position="bottom-right"
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
