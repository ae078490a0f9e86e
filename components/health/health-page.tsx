"use client";

import { CircleCheck, Radio, TriangleAlert, Unplug } from "lucide-react";
import { Rich, useI18n, useT } from "../i18n/provider";
import { PageHead } from "../shell/page-head";
import { trpc, type Health } from "../trpc";
import { Card } from "../ui/card";
import { FailedState } from "../ui/failed-state";
import { Figure } from "../ui/figure";
import { Icon } from "../ui/icon";
import { Note } from "../ui/note";
import { Time } from "../ui/time";
import { usePartWords } from "./part-words";
import { Parts, Processes, Queues } from "./tables";

const EVERY_MS = 5_000;

/** How the installation is, looked at anew every few seconds. */
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
      {health === undefined && query.isError ? (
        <section className="card">
          <FailedState error={query.error} onRetry={() => void query.refetch()} />
        </section>
      ) : (
        <Report health={health} />
      )}
    </>
  );
}

function Report({ health }: { health: Health | undefined }) {
  const t = useT();
  return (
    <div className="stack" aria-busy={health === undefined}>
      {health === undefined ? (
        <div className="note late" aria-hidden>
          <span className="sk sk--figure" />
        </div>
      ) : (
        <Summary health={health} />
      )}
      <Figures health={health} />
      <Parts parts={health?.parts} />
      <Processes processes={health?.processes} />
      <Queues queues={health?.queues} />
      {health !== undefined && (
        <Card id="siblings" title={t("health.siblings")}>
          <div className="card__body muted">
            {health.standAlone ? <p>{t("health.standAlone")}</p> : <Siblings names={health.siblings} />}
          </div>
        </Card>
      )}
    </div>
  );
}

/** What is wrong, in words, or that nothing is. */
function Summary({ health }: { health: Health }) {
  const t = useT();
  const words = usePartWords();
  const weak = health.parts.filter(({ state }) => state !== "ok");
  if (weak.length === 0) {
    return (
      <Note icon={CircleCheck}>
        <p>{t("health.allWell")}</p>
      </Note>
    );
  }
  return (
    <Note tone={health.state === "down" ? "bad" : "warn"} icon={TriangleAlert} role="status">
      {weak.map((part) => {
        const { label, text, todo } = words(part);
        return (
          <p key={part.name}>
            <b>{label}.</b> {text} {todo}
          </p>
        );
      })}
    </Note>
  );
}

function Figures({ health }: { health: Health | undefined }) {
  const { t, number } = useI18n();
  const show = (count: number | null | undefined): string | undefined =>
    count === undefined ? undefined : count === null ? "–" : number(count);
  const letters = health?.deadLetters;
  const oldest = health?.outbox.oldestSeconds ?? null;
  const failed = health?.jobs.failed ?? 0;
  return (
    <div className="grid grid--kpi">
      <Figure
        label={t("health.outbox")}
        value={show(health?.outbox.waiting)}
        bad={(oldest ?? 0) > 10}
        note={oldest === null ? t("health.outboxNone") : t("health.outboxOldest", { count: oldest })}
      />
      <Figure
        label={t("health.deadLetters")}
        href="/operations/dead-letters"
        value={show(letters)}
        bad={(letters ?? 0) > 0}
        note={
          letters === null
            ? t("health.unknown")
            : (letters ?? 0) === 0
              ? t("health.deadLettersNone")
              : t("health.deadLettersSome")
        }
      />
      <Figure
        label={t("health.jobs")}
        href="/operations/jobs"
        value={show(health === undefined ? undefined : health.jobs.queued + health.jobs.running)}
        note={t("health.jobsText", { running: health?.jobs.running ?? 0, queued: health?.jobs.queued ?? 0 })}
      />
      <Figure
        label={t("health.jobsFailed")}
        href="/operations/jobs?state=failed"
        value={show(health?.jobs.failed)}
        bad={failed > 0}
        note={failed === 0 ? t("health.jobsFailedNone") : t("health.jobsFailedSome")}
      />
    </div>
  );
}

const Siblings = ({ names }: { names: readonly string[] }) => (
  <p>
    <Rich
      id="health.siblingsText"
      parts={{
        names: (
          <span className="row row--inline">
            {names.map((name) => (
              <span className="tag" key={name}>
                {name}-manager
              </span>
            ))}
          </span>
        ),
      }}
    />
  </p>
);
