"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { Ban, CircleDot, ListChecks, RotateCw, Undo2 } from "lucide-react";
import { useMemo } from "react";
import { columnsOf, type Column } from "../data-table/features";
import type { FilterField } from "../data-table/filter-field";
import { ListView } from "../data-table/list-view";
import { useList } from "../data-table/use-list";
import { useT } from "../i18n/provider";
import { PageHead } from "../shell/page-head";
import { OnceFileCard } from "../sip-bulk/once-file-card";
import { trpc, type Job, type JobResult } from "../trpc";
import { Button } from "../ui/button";
import { CopyId } from "../ui/copy";
import { FailedState } from "../ui/failed-state";
import { HoverLink } from "../ui/hover-link";
import { Note } from "../ui/note";
import { Nothing } from "../ui/nothing";
import { State } from "../ui/state";
import { Time } from "../ui/time";
import { JobProgress, JobState, ResultState, isRunning, useJobName } from "./job-words";
import { jobParams, RESULT_STATES, toJobResultsInput } from "./params";
import { useJobChanges } from "./use-job-changes";

/** While it runs it is looked at this often, should nobody tell of its progress. Milliseconds. */
const POLL_MS = 2_000;
const rowIdOf = ({ seq }: JobResult): string => String(seq);
/** A job's rows are worked off while they are looked at: none is marked for it. */
const nothingNoted = () => null;

/** One job: how far it is, what became of each row, and what can still be done about it. */
export function JobPage({ id }: { id: string }) {
  const t = useT();
  const nameOf = useJobName();
  const query = trpc.job.get.useQuery(
    { id },
    { refetchInterval: ({ state }) => (state.data !== undefined && isRunning(state.data) ? POLL_MS : false) },
  );
  const job = query.data;
  if (job === undefined)
    return query.error === null ? null : <FailedState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      <PageHead
        crumbs={{
          label: t("jobs.title"),
          items: [{ text: t("jobs.title"), href: "/operations/jobs" }, { text: nameOf(job.type) }],
        }}
        title={nameOf(job.type)}
        badge={<JobState job={job} />}
        meta={
          <>
            <span>{t("jobs.by", { name: job.owner.name })}</span>
            <Time value={job.tmCreate} />
            <CopyId id={job.id} what={t("jobs.id")} />
            {job.subject?.type === "customer" && (
              <HoverLink href={`/customers/${job.subject.id}`}>{t("jobs.toCustomer")}</HoverLink>
            )}
            {job.subject?.type === "job" && (
              <HoverLink href={`/operations/jobs/${job.subject.id}`}>{t("jobs.undoes")}</HoverLink>
            )}
          </>
        }
        actions={<JobActions job={job} />}
      />
      <div className="stack">
        <section className="card" aria-label={t("jobs.progress")}>
          <div className="card__body">
            <JobProgress job={job} wide />
            <Figures job={job} />
          </div>
        </section>
        {job.error !== null && (
          <Note tone="bad" icon={CircleDot}>
            {job.error}
          </Note>
        )}
        <OnceFileCard job={job} />
        {job.bulk && <Results job={job} />}
      </div>
    </>
  );
}

function Figures({ job: { progress } }: { job: Job }) {
  const t = useT();
  const shown = (["done", "skipped", "failed"] as const).filter((each) => each === "done" || progress[each] > 0);
  return (
    <p className="muted">{shown.map((each) => t(`jobs.figures.${each}`, { count: progress[each] })).join(" · ")}</p>
  );
}

function JobActions({ job }: { job: Job }) {
  const t = useT();
  const { cancel, retry, undo, busy } = useJobChanges();
  return (
    <>
      {job.can.cancel && (
        <Button icon={Ban} busy={busy} onClick={() => cancel(job.id)}>
          {t("jobs.cancel")}
        </Button>
      )}
      {job.can.retry && (
        <Button icon={RotateCw} busy={busy} onClick={() => retry(job.id)}>
          {job.state === "done" ? t("jobs.retryFailed") : t("common.tryAgain")}
        </Button>
      )}
      {job.can.undo && (
        <Button icon={Undo2} busy={busy} onClick={() => undo(job.id)}>
          {t("jobs.undo")}
        </Button>
      )}
    </>
  );
}

function Results({ job }: { job: Job }) {
  const t = useT();
  const list = useList({
    name: "job-results",
    path: `/operations/jobs/${job.id}`,
    parsers: jobParams,
    fields: useFields(),
  });
  const input = toJobResultsInput(job.id, list.params);
  const query = trpc.job.results.useQuery(input, {
    placeholderData: keepPreviousData,
    refetchInterval: isRunning(job) ? POLL_MS : false,
  });
  return (
    <ListView
      list={list}
      query={query}
      label={t("jobs.rows")}
      caption={t("jobs.rows")}
      columns={useColumns(job)}
      rowId={rowIdOf}
      noted={nothingNoted}
      exports={{ name: "job-results", input }}
      empty={<State icon={ListChecks} title={t("jobs.noRowsTitle")} text={t("jobs.noRowsText")} />}
    />
  );
}

function useFields(): readonly FilterField[] {
  const t = useT();
  return useMemo(
    () => [
      {
        kind: "choice",
        name: "result",
        label: t("jobs.resultIs"),
        icon: CircleDot,
        options: RESULT_STATES.map((value) => ({ value, label: t(`jobs.results.${value}`) })),
      },
    ],
    [t],
  );
}

/** Where a row's record is looked at. */
function hrefOf(type: string, { itemId, customerId }: JobResult): string | null {
  const [of = "", verb = ""] = type.split(".");
  if (of === "customer") return `/customers/${itemId}`;
  // Rows of a file are no records themselves.
  if (of === "extension" || of === "trunk") return verb.endsWith("-many") ? `/sip/${of}s/${itemId}` : null;
  return customerId === null ? null : `/customers/${customerId}?tab=access-keys`;
}

function useColumns({ type }: Job): Column<JobResult>[] {
  const t = useT();
  return useMemo(() => {
    const column = columnsOf<JobResult>();
    return column.columns([
      column.display({
        id: "record",
        meta: { label: t("jobs.record"), rowHead: true },
        cell: ({ row: { original: result } }) => {
          const href = hrefOf(type, result);
          const text = result.label === "" ? result.itemId : result.label;
          return href === null ? <span className="trunc">{text}</span> : <HoverLink href={href}>{text}</HoverLink>;
        },
      }),
      column.display({
        id: "result",
        meta: { label: t("jobs.result"), width: "11rem" },
        cell: ({ row }) => <ResultState result={row.original} />,
      }),
      column.display({
        id: "message",
        meta: { label: t("jobs.message"), wholeLine: true, fills: true },
        cell: ({ row: { original: result } }) =>
          result.message === "" ? <Nothing /> : <span className="muted wrap">{result.message}</span>,
      }),
      column.display({
        id: "time",
        meta: { label: t("jobs.at"), width: "9rem" },
        cell: ({ row: { original: result } }) =>
          result.state === "pending" ? null : <Time value={result.tmUpdate} quiet />,
      }),
    ]) as Column<JobResult>[];
  }, [t, type]);
}
