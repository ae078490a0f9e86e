"use client";

import { ArchiveRestore, CircleCheck, LoaderCircle, RotateCw, Trash2, TriangleAlert } from "lucide-react";
import type { DeletionProgress } from "@/server/domain/customer/schemas";
import { Rich, useT } from "../i18n/provider";
import { useIdempotency } from "../lib/idempotency";
import { parseTime } from "../lib/times";
import { useRight } from "../shell/session";
import { trpc, type CustomerDetails } from "../trpc";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Icon } from "../ui/icon";
import { Meter } from "../ui/meter";
import { Time, useNow } from "../ui/time";
import { useFailureToast } from "../ui/use-failure-toast";
import { isDeleting, sumSteps } from "./customer-status";
import { useRestoreCustomer } from "./use-restore";

/** How far a deletion is, and the way back for as long as there is one. */
export function DeletionCard({ customer }: { customer: CustomerDetails }) {
  const t = useT();
  const now = useNow();
  const mayRestore = useRight("customer:restore");
  const { restore, busy } = useRestoreCustomer();
  const { deletion, restorableUntil } = customer;
  const running = isDeleting(deletion);
  const restorable = mayRestore && restorableUntil !== null && parseTime(restorableUntil) > now;
  return (
    <Card
      id="deletion"
      title={running ? t("deletion.running") : deletion?.state === "failed" ? t("deletion.failed") : t("deletion.done")}
      aside={
        restorable && (
          <Button size="sm" icon={ArchiveRestore} busy={busy} onClick={() => restore(customer.id)}>
            {running ? t("deletion.stop") : t("customers.restore")}
          </Button>
        )
      }
      className="deletion"
    >
      <div className="card__body stack stack--sm">
        <p className="muted">
          <Rich
            id={restorable ? "deletion.textRestorable" : "deletion.text"}
            parts={{
              when: <Time value={customer.tmDelete} />,
              until: restorableUntil === null ? "" : <Time value={restorableUntil} as="date" />,
            }}
          />
        </p>
        {deletion !== null && <Steps deletion={deletion} />}
        {deletion?.state === "failed" && <RetryDeletion id={customer.id} error={deletion.error} />}
      </div>
    </Card>
  );
}

function Steps({ deletion }: { deletion: DeletionProgress }) {
  const t = useT();
  const running = isDeleting(deletion);
  const { done, total } = sumSteps(deletion);
  return (
    <>
      {running && <Meter label={t("deletion.progress")} done={done} total={total} />}
      <ul className="steps">
        {deletion.steps.map((step) => {
          const finished = deletion.state === "done" || (step.total > 0 && step.done >= step.total);
          const failed = deletion.state === "failed" && !finished;
          return (
            <li key={step.name}>
              <Icon
                of={finished ? CircleCheck : failed ? TriangleAlert : running ? LoaderCircle : Trash2}
                tone={finished ? "ok" : failed ? "bad" : "idle"}
                size="sm"
                spin={running && !finished}
              />
              <span>
                {t.has(`deletion.steps.${step.name}`)
                  ? t(`deletion.steps.${step.name}` as "deletion.steps.access-keys")
                  : step.label}
              </span>
              <span className="muted">
                {finished && step.done === 0
                  ? t("deletion.none")
                  : t("deletion.count", { done: step.done, total: Math.max(step.total, step.done) })}
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function RetryDeletion({ id, error }: { id: string; error: string | null }) {
  const t = useT();
  const utils = trpc.useUtils();
  const mayRetry = useRight("job:retry");
  const retry = trpc.customer.retryDeletion.useMutation({
    ...useIdempotency(),
    onSuccess: () => utils.customer.invalidate(),
    onError: useFailureToast(),
  });
  return (
    <div className="row between">
      <p className="bad-text">{error ?? t("deletion.failedText")}</p>
      {mayRetry && (
        <Button size="sm" icon={RotateCw} busy={retry.isPending} onClick={() => retry.mutate({ id })}>
          {t("common.tryAgain")}
        </Button>
      )}
    </div>
  );
}
