"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { CircleDot, ListChecks, Shapes } from "lucide-react";
import { useMemo } from "react";
import { columnsOf, type Column } from "../data-table/features";
import type { FilterField } from "../data-table/filter-field";
import { ListPage } from "../data-table/list-page";
import { useList } from "../data-table/use-list";
import { useT } from "../i18n/provider";
import { trpc, type Job } from "../trpc";
import { CopyId } from "../ui/copy";
import { HoverLink } from "../ui/hover-link";
import { State } from "../ui/state";
import { Time } from "../ui/time";
import { JobProgress, JobState, useJobName } from "./job-words";
import { JOB_STATES, jobListParams, toJobListInput } from "./params";

const TYPES = [
  "customer.delete-many",
  "customer.restore-many",
  "access-key.revoke-many",
  "extension.delete-many",
  "extension.restore-many",
  "extension.rotate-many",
  "extension.create-range",
  "extension.import",
  "trunk.delete-many",
  "trunk.restore-many",
  "trunk.rotate-many",
  "trunk.import",
  "drift.repair-many",
  "registrar.drift-pass",
  "customer.delete",
  "customer.restore",
] as const;
const idOf = ({ id }: Job): string => id;

/** Work in the background, one's own or everybody's. */
export function JobList() {
  const t = useT();
  const list = useList({ name: "jobs", path: "/operations/jobs", parsers: jobListParams, fields: useFields() });
  const query = trpc.job.list.useQuery(toJobListInput(list.params), { placeholderData: keepPreviousData });
  const mine = list.params.view === "mine";
  return (
    <ListPage
      list={list}
      query={query}
      title={t("jobs.title")}
      label={t("jobs.title")}
      caption={t("jobs.caption")}
      views={[
        { label: t("jobs.viewAll"), query: "", current: !mine },
        { label: t("jobs.viewMine"), query: "?view=mine", current: mine },
      ]}
      columns={useColumns()}
      rowId={idOf}
      empty={<State icon={ListChecks} title={t("jobs.noneTitle")} text={t("jobs.noneText")} />}
    />
  );
}

function useFields(): readonly FilterField[] {
  const t = useT();
  const nameOf = useJobName();
  return useMemo(
    () => [
      {
        kind: "choice",
        name: "state",
        label: t("jobs.stateIs"),
        icon: CircleDot,
        options: JOB_STATES.map((value) => ({ value, label: t(`jobs.states.${value}`) })),
      },
      {
        kind: "choice",
        name: "type",
        label: t("jobs.typeIs"),
        icon: Shapes,
        options: TYPES.map((value) => ({ value, label: nameOf(value) })),
      },
    ],
    [t, nameOf],
  );
}

function useColumns(): Column<Job>[] {
  const t = useT();
  const nameOf = useJobName();
  return useMemo(() => {
    const column = columnsOf<Job>();
    return column.columns([
      column.display({
        id: "type",
        meta: { label: t("jobs.type"), rowHead: true },
        cell: ({ row: { original: job } }) => (
          <HoverLink href={`/operations/jobs/${job.id}`}>{nameOf(job.type)}</HoverLink>
        ),
      }),
      column.display({
        id: "state",
        meta: { label: t("jobs.state"), width: "12rem" },
        cell: ({ row }) => <JobState job={row.original} />,
      }),
      column.display({
        id: "progress",
        meta: { label: t("jobs.progress"), width: "12rem" },
        cell: ({ row }) => <JobProgress job={row.original} />,
      }),
      column.display({
        id: "owner",
        meta: { label: t("jobs.owner"), width: "12rem" },
        cell: ({ row }) => <span className="trunc">{row.original.owner.name}</span>,
      }),
      column.display({
        id: "created",
        meta: { label: t("jobs.created"), width: "9rem" },
        cell: ({ row }) => <Time value={row.original.tmCreate} quiet />,
      }),
      column.display({
        id: "id",
        meta: { label: t("common.id"), narrow: "none", offByDefault: true, width: "11rem" },
        cell: ({ row }) => <CopyId id={row.original.id} what={t("jobs.id")} />,
      }),
    ]) as Column<Job>[];
  }, [t, nameOf]);
}
