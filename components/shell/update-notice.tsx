"use client";

import { RefreshCw } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";
import { useHasChanges, useLeave } from "../forms/leave-guard";
import { useT } from "../i18n/provider";
import { buildState } from "../lib/build";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";

const reload = () => window.location.reload();

/**
 * Says that the console was updated while this tab was open. The tab loads anew when its person asks for it, with the next
 * page, or unseen in the background; never while a form holds changes or a dialog is open.
 */
export function UpdateNotice() {
  const t = useT();
  const leave = useLeave();
  const hasChanges = useHasChanges();
  const outdated = useSyncExternalStore(buildState.subscribe, buildState.isOutdated, () => false);
  useEffect(() => {
    if (!outdated) return;
    const hidden = () => {
      const busy = hasChanges() || document.querySelector("[role=dialog], [role=alertdialog]") !== null;
      if (document.visibilityState === "hidden" && !busy) reload();
    };
    document.addEventListener("visibilitychange", hidden);
    return () => document.removeEventListener("visibilitychange", hidden);
  }, [outdated, hasChanges]);
  return (
    <div role="status">
      {outdated && (
        <div className="update">
          <Icon of={RefreshCw} />
          <span>{t("shell.updated")}</span>
          <Button size="sm" onClick={() => leave(reload)}>
            {t("shell.reload")}
          </Button>
        </div>
      )}
    </div>
  );
}
