"use client";

import { CircleCheck, Radio, TriangleAlert, Unplug } from "lucide-react";
import { useMemo } from "react";
import { columnsOf, type Column } from "../data-table/features";
import { DataTable } from "../data-table/data-table";
import { Rich, useI18n, useT } from "../i18n/provider";
import { PageHead } from "../shell/page-head";
import { trpc, type Health } from "../trpc";
import { Icon } from "../ui/icon";
import { Note } from "../ui/note";
import { FailedState } from "../ui/failed-state";
import { SkeletonLines } from "../ui/skeleton";
import { Time } from "../ui/time";
import { PartState } from "./part-state";
import { Nothing } from "../ui/nothing";

const EVERY_MS = 10_000;

type Part = Health["parts"][number];
type Queue = Health["queues"][number];

/** How the installation is, looked at anew every ten seconds. */
export function HealthPage() {
  const t = useT();
  const query = trpc.health.get.useQuery(undefined, { refetchInterval: EVERY_MS });
  const health = query.data;
  return (
    <>
      <PageHead
        title={t("nav.health")}
        meta={
          <>
            <span>{t("health.every")}</span>
            {health !== undefined && (
              <span className="live">
                <Icon of={query.isError ? Unplug : Radio} size="sm" />
                <span>
                  {query.isError ? t("health.lastSeen") : t("health.live")}{" "}
                  <Time value={health.checkedAt} as="second" quiet /> UTC
                </span>
              </span>
            )}
          </>
        }
      />
      {health === undefined ? (
        <section className="card">
          {query.isError ? (
            <FailedState error={query.error} onRetry={() => void query.refetch()} />
          ) : (
            <SkeletonLines lines={8} label={t("common.loading")} />
          )}
        </section>
      ) : (
        <Report health={health} />
      )}
    </>
  );
}

function Report({ health }: { health: Health }) {
  const t = useT();
  const { format } = useI18n();
  const number = new Intl.NumberFormat(format);
  const weak = health.parts.filter(({ state }) => state !== "ok");
  return (
    <div className="stack">
      {weak.length === 0 ? (
        <Note icon={CircleCheck}>
          <p>{t("health.allWell")}</p>
        </Note>
      ) : (
        <Note tone={health.state === "down" ? "bad" : "warn"} icon={TriangleAlert} role="status">
          {weak.map((part) => (
            <p key={part.name}>
              <b>{part.label}.</b> {part.detail}
            </p>
          ))}
        </Note>
      )}
      <div className="grid grid--kpi">
        <Figure
          label={t("health.outbox")}
          value={number.format(health.outbox.waiting)}
          bad={(health.outbox.oldestSeconds ?? 0) > 10}
        >
          {health.outbox.oldestSeconds === null
            ? t("health.outboxNone")
            : t("health.outboxOldest", { count: health.outbox.oldestSeconds })}
        </Figure>
        <Figure
          label={t("health.deadLetters")}
          value={health.deadLetters === null ? "–" : number.format(health.deadLetters)}
          bad={(health.deadLetters ?? 0) > 0}
        >
          {health.deadLetters === null
            ? t("health.unknown")
            : health.deadLetters === 0
              ? t("health.deadLettersNone")
              : t("health.deadLettersSome")}
        </Figure>
        <Figure label={t("health.jobs")} value={number.format(health.jobs.queued + health.jobs.running)}>
          {t("health.jobsText", { running: health.jobs.running, queued: health.jobs.queued })}
        </Figure>
        <Figure label={t("health.jobsFailed")} value={number.format(health.jobs.failed)} bad={health.jobs.failed > 0}>
          {health.jobs.failed === 0 ? t("health.jobsFailedNone") : t("health.jobsFailedSome")}
        </Figure>
      </div>
      <Parts parts={health.parts} />
      <Queues queues={health.queues} />
      <section className="card" aria-labelledby="siblings">
        <div className="card__head">
          <h2 id="siblings">{t("health.siblings")}</h2>
        </div>
        <div className="card__body muted">
          {health.standAlone ? (
            <p>{t("health.standAlone")}</p>
          ) : (
            <p>
              <Rich
                id="health.siblingsText"
                parts={{
                  names: (
                    <span className="row row--inline">
                      {health.siblings.map((name) => (
                        <span className="tag" key={name}>
                          {name}-manager
                        </span>
                      ))}
                    </span>
                  ),
                }}
              />
            </p>
          )}
        </div>
      </section>
    </div>
  );
}

function Figure({
  label,
  value,
  bad = false,
  children,
}: {
  label: string;
  value: string;
  bad?: boolean;
  children: string;
}) {
  return (
    <section className="card kpi col-3">
      <h2 className="kpi__label">{label}</h2>
      <p className={bad ? "kpi__value bad-text" : "kpi__value"}>{value}</p>
      <p className="kpi__note">{children}</p>
    </section>
  );
}

function Parts({ parts }: { parts: readonly Part[] }) {
  const t = useT();
  const { format } = useI18n();
  const columns = useMemo(() => {
    const column = columnsOf<Part>();
    const number = new Intl.NumberFormat(format, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
    return column.columns([
      column.display({
        id: "part",
        meta: { label: t("health.part"), rowHead: true },
        cell: ({ row }) => (
          <div className="two">
            <span>{row.original.label}</span>
            <span className="wrap">{row.original.detail}</span>
          </div>
        ),
      }),
      column.display({
        id: "state",
        meta: { label: t("health.stateLabel"), width: "12rem" },
        cell: ({ row }) => <PartState state={row.original.state} />,
      }),
      column.display({
        id: "latency",
        meta: { label: t("health.latency"), numeric: true, width: "10rem" },
        cell: ({ row }) =>
          row.original.latencyMs === null ? <Nothing /> : `${number.format(row.original.latencyMs)} ms`,
      }),
    ]) as Column<Part>[];
  }, [t, format]);
  return (
    <section className="table-card" aria-labelledby="parts">
      <div className="card__head">
        <h2 id="parts">{t("health.parts")}</h2>
        <span className="count">{parts.length}</span>
      </div>
      <DataTable
        tall
        name="health-parts"
        caption={t("health.parts")}
        columns={columns}
        rows={parts}
        rowId={({ name }) => name}
      />
    </section>
  );
}

function Queues({ queues }: { queues: readonly Queue[] }) {
  const t = useT();
  const { format } = useI18n();
  const columns = useMemo(() => {
    const column = columnsOf<Queue>();
    const number = new Intl.NumberFormat(format);
    const show = (count: number | null) => (count === null ? <Nothing /> : number.format(count));
    return column.columns([
      column.display({
        id: "queue",
        meta: { label: t("health.queue"), rowHead: true },
        cell: ({ row }) => <code className="wrap">{row.original.name}</code>,
      }),
      column.display({
        id: "messages",
        meta: { label: t("health.messages"), numeric: true, width: "10rem" },
        cell: ({ row }) => show(row.original.messages),
      }),
      column.display({
        id: "consumers",
        meta: { label: t("health.consumers"), numeric: true, width: "10rem" },
        cell: ({ row }) => show(row.original.consumers),
      }),
    ]) as Column<Queue>[];
  }, [t, format]);
  return (
    <section className="table-card" aria-labelledby="queues">
      <div className="card__head">
        <h2 id="queues">{t("health.queues")}</h2>
        <span className="count">{queues.length}</span>
      </div>
      <DataTable
        name="health-queues"
        caption={t("health.queues")}
        columns={columns}
        rows={queues}
        rowId={({ name }) => name}
      />
    </section>
  );
}
