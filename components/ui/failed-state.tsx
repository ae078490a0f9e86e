"use client";

import { CloudOff, RotateCw } from "lucide-react";
import { useT } from "../i18n/provider";
import { describeFailure } from "../lib/failures";
import { Button } from "./button";
import { CopyId } from "./copy";
import { State } from "./state";

/** A read that failed: what happened, what to do, and the request id to quote. */
export function FailedState({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useT();
  const { message, requestId } = describeFailure(error, t);
  return (
    <State icon={CloudOff} title={t("states.failed")} text={message} role="alert">
      <span className="row">
        <Button tone="primary" icon={RotateCw} onClick={onRetry}>
          {t("common.tryAgain")}
        </Button>
      </span>
      {requestId !== "" && (
        <p className="small row">
          {t("states.request")} <CopyId id={requestId} what={t("states.requestId")} />
        </p>
      )}
    </State>
  );
}
