"use client";

import { Ban, CircleCheck, CircleDashed, CircleX, Clock, LoaderCircle, MinusCircle, TriangleAlert } from "lucide-react";
import { useCallback } from "react";
import { useI18n } from "../i18n/provider";
import type { Job, JobResult } from "../trpc";
import type { IconShape, Tone } from "../ui/icon";
import { Meter } from "../ui/meter";
import { Nothing } from "../ui/nothing";
import { Badge, Status } from "../ui/status";

export const isRunning = ({ state }: Pick<Job, "state">): boolean => state === "queued" || state === "running";

/** What a job does, in words: by its kind, else the kind itself. */
export function useJobName(): (type: string) => string {
  const { t } = useI18n();
  return useCallback(
    (type) => {
      const key = `jobs.types.${type.replaceAll(".", "-")}`;
      return t.has(key) ? t(key) : type;
    },
    [t],
  );
}

const STATES: Record<Job["state"], { tone: Tone; icon: IconShape }> = {
  queued: { tone: "idle", icon: Clock },
  running: { tone: "info", icon: LoaderCircle },
  done: { tone: "ok", icon: CircleCheck },
  failed: { tone: "bad", icon: CircleX },
  cancelled: { tone: "idle", icon: Ban },
};

export function JobState({ job }: { job: Job }) {
  const { t } = useI18n();
  const partly = job.state === "done" && job.progress.failed > 0;
  const { tone, icon } = partly ? ({ tone: "warn", icon: TriangleAlert } as const) : STATES[job.state];
  const Shape = tone === "bad" || tone === "warn" ? Badge : Status;
  return (
    <Shape tone={tone} icon={icon} spin={job.state === "running"}>
      {partly ? t("jobs.partly", { count: job.progress.failed }) : t(`jobs.states.${job.state}`)}
    </Shape>
  );
}

const RESULTS: Record<JobResult["state"], { tone: Tone; icon: IconShape }> = {
  pending: { tone: "idle", icon: CircleDashed },
  done: { tone: "ok", icon: CircleCheck },
  skipped: { tone: "idle", icon: MinusCircle },
  failed: { tone: "bad", icon: CircleX },
};

export function ResultState({ result }: { result: JobResult }) {
  const { t } = useI18n();
  const Shape = result.state === "failed" ? Badge : Status;
  return (
    <Shape tone={RESULTS[result.state].tone} icon={RESULTS[result.state].icon}>
      {t(`jobs.results.${result.state}`)}
    </Shape>
  );
}

/** How far a job is: "120 of 450", with a bar while it runs. */
export function JobProgress({ job, wide = false }: { job: Job; wide?: boolean }) {
  const { t, number } = useI18n();
  const { gathering, total, done, skipped, failed } = job.progress;
  const worked = done + skipped + failed;
  if (!wide && total === 0 && !isRunning(job)) return <Nothing />;
  const text = gathering
    ? t("jobs.gathering", { count: number(total) })
    : t("jobs.count", { done: number(worked), total: number(total) });
  return (
    <span className={wide ? "stack stack--xs" : "job-progress"}>
      <span>{text}</span>
      {(wide || isRunning(job)) && <Meter label={t("jobs.progress")} done={gathering ? 0 : worked} total={total} />}
    </span>
  );
}
