"use client";

import { CircleCheck, CircleX, GitCompareArrows, MailWarning, RefreshCwOff, TriangleAlert } from "lucide-react";
import { usePartWords } from "../health/part-words";
import { useT, useI18n } from "../i18n/provider";
import { useRight } from "../shell/session";
import { trpc, type Health } from "../trpc";
import { HoverLink } from "../ui/hover-link";
import { Icon, type IconShape } from "../ui/icon";
import { Loaded } from "../ui/loaded";
import { State } from "../ui/state";
import { Time } from "../ui/time";
import { HomeCard } from "./home-card";
import { ALARMS_INPUT } from "./inputs";

interface Matter {
  key: string;
  tone: "bad" | "warn";
  icon: IconShape;
  title: string;
  text: string;
  href: string;
  since: string | null;
}

const EVERY_MS = 30_000;

/** What somebody should look at; calm where there is nothing. */
export function AttentionCard() {
  const t = useT();
  const query = trpc.health.get.useQuery(undefined, { staleTime: 10_000, refetchInterval: EVERY_MS });
  const matters = useMatters();
  return (
    <HomeCard id="attention" title={t("home.attention")} href="/operations/health" className="col-7">
      <Loaded query={query} lines={3}>
        {(health) => {
          const all = matters(health);
          if (all.length === 0)
            return <State icon={CircleCheck} title={t("home.calmTitle")} text={t("home.calmText")} />;
          return (
            <ul className="list">
              {all.map(({ key, tone, icon, title, text, href, since }) => (
                <li key={key}>
                  <HoverLink className="list__row" href={href}>
                    <Icon of={icon} tone={tone} />
                    <span>
                      <span className="list__title">{title}</span>
                      <br />
                      <span className="list__text">{text}</span>
                    </span>
                    <span className="list__end">{since !== null && <Time value={since} quiet />}</span>
                  </HoverLink>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </HomeCard>
  );
}

function useMatters(): (health: Health) => Matter[] {
  const { t } = useI18n();
  const mayCompare = useRight("drift:read");
  const drift = trpc.drift.state.useQuery(undefined, {
    enabled: mayCompare,
    staleTime: 10_000,
    refetchInterval: EVERY_MS,
  });
  const differences = Object.entries(drift.data?.counts ?? {}).reduce(
    (sum, [kind, count]) => (kind === "foreign" ? sum : sum + count),
    0,
  );
  const mayPhones = useRight("registration:read");
  const { data: alarms } = trpc.registration.alarms.useQuery(ALARMS_INPUT, {
    enabled: mayPhones,
    staleTime: 10_000,
    refetchInterval: EVERY_MS,
  });
  const words = usePartWords();
  return (health) => {
    const letters = health.deadLetters ?? 0;
    return [
      ...health.parts
        .filter(({ state }) => state !== "ok")
        .map((part): Matter => {
          const { label, text, todo } = words(part);
          const down = part.state === "down";
          return {
            key: part.name,
            tone: down ? "bad" : "warn",
            icon: down ? CircleX : TriangleAlert,
            title: label,
            text: todo === null ? text : `${text} ${todo}`,
            href: "/operations/health",
            since: part.since,
          };
        }),
      ...(health.jobs.failed > 0
        ? [
            {
              key: "jobs-failed",
              tone: "bad",
              icon: RefreshCwOff,
              title: t("home.jobsFailed", { count: health.jobs.failed }),
              text: t("home.jobsFailedText"),
              href: "/operations/jobs?state=failed",
              since: null,
            } as const,
          ]
        : []),
      ...(differences > 0
        ? [
            {
              key: "drift",
              tone: "warn",
              icon: GitCompareArrows,
              title: t("home.drift", { count: differences }),
              text: t("home.driftText"),
              href: "/operations/drift",
              since: null,
            } as const,
          ]
        : []),
      ...(alarms !== undefined && alarms.total.count > 0
        ? [
            {
              key: "alarms",
              tone: "warn",
              icon: TriangleAlert,
              title: t("home.alarms", { count: alarms.total.count }),
              text: t("home.alarmsText"),
              href: "/sip/registrations?view=alarms",
              since: alarms.items[0]?.tmLast ?? null,
            } as const,
          ]
        : []),
      ...(letters > 0
        ? [
            {
              key: "dead-letters",
              tone: "warn",
              icon: MailWarning,
              title: t("home.deadLetters", { count: letters }),
              text: t("home.deadLettersText"),
              href: "/operations/dead-letters",
              since: null,
            } as const,
          ]
        : []),
    ];
  };
}
