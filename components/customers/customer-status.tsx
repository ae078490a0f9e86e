"use client";

import { CircleCheck, LoaderCircle, Trash2, TriangleAlert } from "lucide-react";
import type { DeletionProgress } from "@/server/domain/customer/schemas";
import { useT } from "../i18n/provider";
import { isSet } from "../lib/times";
import { Badge, Status } from "../ui/status";
import { Time } from "../ui/time";

export const isDeleting = (deletion: DeletionProgress | null): boolean =>
  deletion?.state === "queued" || deletion?.state === "running";

/** Records done and in all, over every step. */
export function sumSteps(deletion: DeletionProgress): { done: number; total: number } {
  return deletion.steps.reduce((sum, step) => ({ done: sum.done + step.done, total: sum.total + step.total }), {
    done: 0,
    total: 0,
  });
}

/** Whether a customer lives, goes or has gone. */
export function CustomerStatus({
  customer,
  badge = false,
}: {
  customer: { tmDelete: string; deletion: DeletionProgress | null };
  badge?: boolean;
}) {
  const t = useT();
  const { deletion, tmDelete } = customer;
  if (!isSet(tmDelete)) {
    const Shape = badge ? Badge : Status;
    return (
      <Shape tone="ok" icon={CircleCheck}>
        {t("customers.active")}
      </Shape>
    );
  }
  if (deletion !== null && isDeleting(deletion)) {
    const { done, total } = sumSteps(deletion);
    return (
      <Badge tone="warn" icon={LoaderCircle} spin>
        {total === 0 ? t("customers.deleting") : t("customers.deletingCount", { done, total })}
      </Badge>
    );
  }
  if (deletion?.state === "failed") {
    return (
      <Badge tone="bad" icon={TriangleAlert}>
        {t("customers.deletionFailed")}
      </Badge>
    );
  }
  return (
    <Badge tone="idle" icon={Trash2}>
      <span>
        {t("customers.deleted")} <Time value={tmDelete} quiet />
      </span>
    </Badge>
  );
}
