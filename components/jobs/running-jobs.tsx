"use client";

import { ListChecks, LoaderCircle } from "lucide-react";
import { useEffect, useRef } from "react";
import { useI18n } from "../i18n/provider";
import { noteOwnChange } from "../lib/own-changes";
import { useRight } from "../shell/session";
import { trpc, type Job } from "../trpc";
import { Icon } from "../ui/icon";
import { Menu, MenuLink } from "../ui/menu";
import { toast } from "../ui/toast";
import { useJobName } from "./job-words";
import { useJobChanges } from "./use-job-changes";

const POLL_MS = 2_000;
const UNDO_MS = 12_000;

/** What the signed-in person has asked for and still runs; says when it has ended, wherever he is by then. */
export function RunningJobs() {
  return useRight("job:read") ? <Indicator /> : null;
}

function Indicator() {
  const { t, number } = useI18n();
  const nameOf = useJobName();
  const jobs = trpc.job.running.useQuery(undefined, {
    refetchInterval: ({ state }) => (state.data !== undefined && state.data.length > 0 ? POLL_MS : false),
  }).data;
  useEndings(jobs);
  if (jobs === undefined || jobs.length === 0) return null;
  return (
    <Menu
      label={t("jobs.running")}
      trigger={
        <button type="button" className="btn btn--sm btn--ghost running-jobs">
          <Icon of={LoaderCircle} spin />
          <span aria-hidden>{jobs.length}</span>
          <span className="sr">{t("jobs.runningCount", { count: jobs.length })}</span>
        </button>
      }
    >
      {jobs.map(({ id, type, progress }) => (
        <MenuLink key={id} icon={ListChecks} href={`/operations/jobs/${id}`}>
          {nameOf(type)} ·{" "}
          {t("jobs.count", {
            done: number(progress.done + progress.skipped + progress.failed),
            total: number(progress.total),
          })}
        </MenuLink>
      ))}
      <MenuLink icon={ListChecks} href="/operations/jobs?view=mine">
        {t("jobs.viewMine")}
      </MenuLink>
    </Menu>
  );
}

/** Tells of each bulk job that has just ended, with the way back where there is one. */
function useEndings(jobs: readonly Job[] | undefined): void {
  const { t } = useI18n();
  const nameOf = useJobName();
  const utils = trpc.useUtils();
  const { undo } = useJobChanges();
  const seen = useRef(new Set<string>());
  useEffect(() => {
    if (jobs === undefined) return;
    const now = new Set(jobs.filter(({ bulk }) => bulk).map(({ id }) => id));
    const ended = [...seen.current].filter((id) => !now.has(id));
    seen.current = now;
    for (const id of ended)
      void utils.job.get
        .fetch({ id }, { staleTime: 0 })
        .then((job) => {
          noteOwnChange();
          void utils.customer.invalidate();
          void utils.accessKey.invalidate();
          if (job.state === "cancelled") return;
          const words = t("jobs.ended", { name: nameOf(job.type), count: job.progress.done });
          const description = job.progress.failed > 0 ? t("jobs.partly", { count: job.progress.failed }) : undefined;
          const action = job.can.undo ? { label: t("common.undo"), onClick: () => undo(id) } : undefined;
          const say = job.state === "failed" || job.progress.failed > 0 ? toast.error : toast.success;
          say(words, { id: `job-${id}`, description, duration: UNDO_MS, ...(action === undefined ? {} : { action }) });
        })
        .catch(() => undefined);
  }, [jobs, t, nameOf, utils, undo]);
}
