"use client";

import { useRouter } from "next/navigation";
import { useId, useRef, useState, type FormEvent, type RefObject } from "react";
import { FieldError } from "../forms/field";
import { FormFailure } from "../forms/form-failure";
import { useI18n } from "../i18n/provider";
import { describeFailure, type FailureDescription } from "../lib/failures";
import { trpc } from "../trpc";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { FailedState } from "../ui/failed-state";
import { SkeletonLines } from "../ui/skeleton";
import { toast } from "../ui/toast";
import type { BulkKind, BulkRequest } from "./use-bulk";

interface BulkDialogProps {
  kind: BulkKind<object>;
  request: BulkRequest;
  filter: object;
  open: boolean;
  onClose: () => void;
}

/** Says how many records it is about, counted now, and what goes with it. Focus starts on the safe way out. */
export function BulkDialog(props: BulkDialogProps) {
  const { kind, request, open, onClose } = props;
  const keep = useRef<HTMLButtonElement>(null);
  const count = useCount(props);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      role="alertdialog"
      initialFocus={keep}
      title={kind.question(count.value ?? request.count.count)}
      description={kind.consequence}
    >
      <BulkForm {...props} count={count.value} failed={count.error} onAgain={count.again} keep={keep} />
    </Dialog>
  );
}

/** What was chosen one by one is counted; all that match are counted by the server when the dialog opens. */
function useCount({ kind, request, filter, open }: BulkDialogProps) {
  const all = "all" in request.chosen;
  const query = trpc.job.count.useQuery(
    { type: kind.type, filter: { ...filter } },
    { enabled: open && all, staleTime: 0, gcTime: 0, refetchOnWindowFocus: false },
  );
  return {
    value: all ? query.data?.count : request.count.count,
    error: all && query.data === undefined ? query.error : null,
    again: () => void query.refetch(),
  };
}

function BulkForm({
  kind,
  request,
  filter,
  onClose,
  count,
  failed,
  onAgain,
  keep,
}: BulkDialogProps & {
  count: number | undefined;
  failed: unknown;
  onAgain: () => void;
  keep: RefObject<HTMLButtonElement | null>;
}) {
  const { t } = useI18n();
  const id = useId();
  const utils = trpc.useUtils();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [refused, setRefused] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureDescription | null>(null);
  const { push } = useRouter();
  const { Warning } = kind;
  const input = "ids" in request.chosen ? { ids: request.chosen.ids } : { filter };
  const right = kind.typed !== true || typed.replace(/\D/g, "") === String(count);

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || count === undefined) return;
    if (!right) {
      setRefused(true);
      field.current?.focus();
      return;
    }
    setBusy(true);
    setFailure(null);
    try {
      const { id: jobId } = await kind.start(input);
      request.done();
      onClose();
      toast(t("jobs.started", { count }));
      if (kind.follow === true) push(`/operations/jobs/${jobId}`);
      await utils.job.invalidate();
    } catch (error) {
      setFailure(describeFailure(error, t));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className="dialog__form" onSubmit={(event) => void onSubmit(event)} noValidate>
      <div className="dialog__body">
        <FormFailure failure={failure} />
        {count === undefined &&
          (failed === null ? (
            <SkeletonLines lines={1} label={t("common.loading")} />
          ) : (
            <FailedState error={failed} onRetry={onAgain} />
          ))}
        {Warning !== undefined && count !== undefined && <Warning input={input} />}
        {kind.typed === true && count !== undefined && (
          <div className="field">
            <label className="field__label" htmlFor={`${id}-confirm`}>
              <span>{t("jobs.typeCount", { count })}</span>
            </label>
            <input
              ref={field}
              className="input input--lg"
              id={`${id}-confirm`}
              inputMode="numeric"
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              aria-invalid={(refused && !right) || undefined}
              aria-describedby={refused && !right ? `${id}-error` : undefined}
            />
            <FieldError id={`${id}-error`} error={refused && !right ? t("jobs.wrongCount") : undefined} />
          </div>
        )}
      </div>
      <div className="dialog__foot">
        <Button ref={keep} onClick={onClose}>
          {t("common.cancel")}
        </Button>
        <Button type="submit" tone={kind.danger === true ? "danger" : "primary"} busy={busy}>
          {kind.verb(count ?? request.count.count)}
        </Button>
      </div>
    </form>
  );
}
