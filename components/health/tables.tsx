"use client";

import { useMemo } from "react";
import { columnsOf, type Column } from "../data-table/features";
import { DataTable } from "../data-table/data-table";
import { useI18n, useT } from "../i18n/provider";
import type { Health } from "../trpc";
import { Nothing } from "../ui/nothing";
import { State } from "../ui/state";
import { Time } from "../ui/time";
import { PartState } from "./part-state";
import { usePartWords, type Part } from "./part-words";
import { ServerOff } from "lucide-react";
import { Card } from "../ui/card";

type Queue = Health["queues"][number];
type Process = NonNullable<Health["processes"]>[number];

/** What the installation is made of: how each part is, since when, and what to do. */
export function Parts({ parts }: { parts: readonly Part[] | undefined }) {
  const { t, format } = useI18n();
  const words = usePartWords();
  const columns = useMemo(() => {
    const column = columnsOf<Part>();
    const number = new Intl.NumberFormat(format, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
    return column.columns([
      column.display({
        id: "part",
        meta: { label: t("health.part"), rowHead: true },
        cell: ({ row: { original: part } }) => {
          const { label, text, todo } = words(part);
          return (
            <div className="two">
              <span>{label}</span>
              <span className="wrap">
                {text}
                {todo !== null && <b className="todo">{todo}</b>}
              </span>
            </div>
          );
        },
      }),
      column.display({
        id: "state",
        meta: { label: t("health.stateLabel"), width: "9rem" },
        cell: ({ row }) => <PartState state={row.original.state} />,
      }),
      column.display({
        id: "since",
        meta: { label: t("health.since"), width: "9rem" },
        cell: ({ row }) => <Time value={row.original.since} quiet />,
      }),
      column.display({
        id: "latency",
        meta: { label: t("health.latency"), numeric: true, width: "8rem" },
        cell: ({ row }) =>
          row.original.latencyMs === null ? <Nothing /> : `${number.format(row.original.latencyMs)} ms`,
      }),
    ]) as Column<Part>[];
  }, [t, format, words]);
  return (
    <Card table id="parts" title={t("health.parts")} count={parts?.length}>
      <DataTable
        tall
        name="health-parts"
        caption={t("health.parts")}
        columns={columns}
        rows={parts}
        rowId={({ name }) => name}
        skeletonRows={6}
      />
    </Card>
  );
}

/** The queues that are ours: what waits in each, and who takes it. */
export function Queues({ queues }: { queues: readonly Queue[] | undefined }) {
  const { t, number } = useI18n();
  const columns = useMemo(() => {
    const column = columnsOf<Queue>();
    const show = (count: number | null) => (count === null ? <Nothing /> : number(count));
    return column.columns([
      column.display({
        id: "queue",
        meta: { label: t("health.queue"), rowHead: true },
        cell: ({ row }) => <code className="wrap">{row.original.name}</code>,
      }),
      column.display({
        id: "messages",
        meta: { label: t("health.messages"), numeric: true, width: "8rem" },
        cell: ({ row }) => show(row.original.messages),
      }),
      column.display({
        id: "consumers",
        meta: { label: t("health.consumers"), numeric: true, width: "8rem" },
        cell: ({ row }) => show(row.original.consumers),
      }),
    ]) as Column<Queue>[];
  }, [t, number]);
  return (
    <Card table id="queues" title={t("health.queues")} count={queues?.length}>
      <DataTable
        name="health-queues"
        caption={t("health.queues")}
        columns={columns}
        rows={queues}
        rowId={({ name }) => name}
        skeletonRows={2}
      />
    </Card>
  );
}

/** Web processes and workers that run, with their versions. */
export function Processes({ processes }: { processes: readonly Process[] | null | undefined }) {
  const t = useT();
  const columns = useMemo(() => {
    const column = columnsOf<Process>();
    return column.columns([
      column.display({
        id: "process",
        meta: { label: t("health.process"), rowHead: true },
        cell: ({ row: { original: process } }) => (
          <div className="two">
            <span>{process.kind === "worker" ? t("health.worker") : t("health.web")}</span>
            <code className="wrap">{process.name.slice(process.name.indexOf("@") + 1)}</code>
          </div>
        ),
      }),
      column.display({
        id: "roles",
        meta: { label: t("health.roles"), wholeLine: true },
        cell: ({ row: { original: process } }) =>
          process.roles.length === 0 ? <Nothing /> : <span className="wrap">{process.roles.join(", ")}</span>,
      }),
      column.display({
        id: "version",
        meta: { label: t("health.version"), width: "12rem" },
        cell: ({ row }) => (
          <div className="two">
            <code>{row.original.version}</code>
            <span>Node {row.original.node.replace(/^v/, "")}</span>
          </div>
        ),
      }),
      column.display({
        id: "started",
        meta: { label: t("health.started"), width: "9rem" },
        cell: ({ row }) => <Time value={row.original.tmStart} quiet />,
      }),
      column.display({
        id: "heard",
        meta: { label: t("health.heard"), narrow: "none", width: "9rem" },
        cell: ({ row }) => <Time value={row.original.tmBeat} as="second" quiet />,
      }),
    ]) as Column<Process>[];
  }, [t]);
  const versions = new Set(processes?.map(({ version }) => version));
  return (
    <Card table id="processes" title={t("health.processes")} count={processes?.length}>
      {processes === null || processes?.length === 0 ? (
        <State icon={ServerOff} title={t("health.processesNone")} text={t("health.processesNoneText")} />
      ) : (
        <>
          <DataTable
            tall
            name="health-processes"
            caption={t("health.processes")}
            columns={columns}
            rows={processes}
            rowId={({ id }) => id}
            skeletonRows={2}
          />
          {versions.size > 1 && <p className="card__foot">{t("health.versionsDiffer", { count: versions.size })}</p>}
        </>
      )}
    </Card>
  );
}
