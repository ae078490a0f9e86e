"use client";

import { TriangleAlert } from "lucide-react";
import { useRef } from "react";
import type { Chosen } from "../data-table/selection-bar";
import { FormFailure } from "../forms/form-failure";
import { useAttempt } from "../forms/use-attempt";
import { useT } from "../i18n/provider";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Meter } from "../ui/meter";
import { Note } from "../ui/note";
import { toast } from "../ui/toast";
import { useLetterWork, type LetterAct } from "./use-letter-work";

export interface LetterTask {
  act: LetterAct;
  chosen: Chosen;
  count: number;
  /** Called when it is through. */
  done?: () => void;
}

/** Says what replaying or discarding means before it is done, and how far it is while it is. */
export function LetterDialog({ task, open, onClose }: { task: LetterTask; open: boolean; onClose: () => void }) {
  const t = useT();
  const keep = useRef<HTMLButtonElement>(null);
  const { attempt, failure } = useAttempt();
  const { run, progress, stop } = useLetterWork();
  const { act, chosen, count } = task;
  const discarding = act === "discard";
  const submit = async () => {
    const { done, refused, missing } = await run(act, chosen, count);
    toast(t(`letters.${act}ed`, { count: done }), {
      description: [
        ...(refused > 0 ? [t("letters.refused", { count: refused })] : []),
        ...(missing > 0 ? [t("letters.missing", { count: missing })] : []),
      ].join(" "),
    });
    task.done?.();
    onClose();
  };
  return (
    <Dialog
      open={open}
      onClose={() => {
        stop();
        onClose();
      }}
      role="alertdialog"
      initialFocus={keep}
      title={t(`letters.${act}Title`, { count })}
      description={t(`letters.${act}Text`)}
    >
      <div className="dialog__body">
        <FormFailure failure={failure} />
        {discarding && progress === null && (
          <Note tone="warn" icon={TriangleAlert}>
            <p>{t("letters.discardDamage")}</p>
          </Note>
        )}
        {progress !== null && (
          <div className="stack stack--sm" role="status">
            <Meter
              label={t("letters.progress")}
              done={progress.done + progress.refused + progress.missing}
              total={progress.total}
            />
            <p className="small muted">
              {t("letters.progressText", {
                done: progress.done + progress.refused + progress.missing,
                total: progress.total,
              })}
            </p>
          </div>
        )}
      </div>
      <div className="dialog__foot">
        {progress === null ? (
          <Button ref={keep} onClick={onClose}>
            {t(discarding ? "letters.keep" : "common.cancel")}
          </Button>
        ) : (
          <Button onClick={stop}>{t("letters.stop")}</Button>
        )}
        <Button tone={discarding ? "danger" : "primary"} busy={progress !== null} onClick={() => void attempt(submit)}>
          {t(`letters.${act}Submit`, { count })}
        </Button>
      </div>
    </Dialog>
  );
}
