"use client";

import { useState } from "react";
import { useI18n } from "../i18n/provider";
import { trpc, type Outputs } from "../trpc";
import { Card } from "../ui/card";
import { Loaded } from "../ui/loaded";
import { Segmented } from "../ui/segmented";
import { useZone } from "../ui/time";

type Points = Outputs["registration"]["overTime"]["points"];
const SPANS = ["day", "week"] as const;
const HEIGHT = 100;
const DAYS: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric" };
const HOURS: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

/** How many numbers were registered over the last day or week. */
export function HistoryCard({ customerId }: { customerId: string | undefined }) {
  const { t } = useI18n();
  const [span, setSpan] = useState<(typeof SPANS)[number]>("day");
  const query = trpc.registration.overTime.useQuery({ span, customerId }, { refetchInterval: 60_000 });
  return (
    <Card
      id="over-time"
      title={t("registrations.overTime")}
      aside={
        <Segmented
          label={t("registrations.span")}
          value={span}
          options={SPANS.map((value) => ({ value, label: t(`registrations.spans.${value}`) }))}
          onChange={setSpan}
        />
      }
      className="figures__picture"
    >
      <div className="card__body">
        <Loaded query={query} lines={3}>
          {({ points }) => <Picture points={points} week={span === "week"} />}
        </Loaded>
      </div>
    </Card>
  );
}

function Picture({ points, week }: { points: Points; week: boolean }) {
  const { t, format, number } = useI18n();
  const timeZone = useZone();
  const name = new Intl.DateTimeFormat(format, {
    ...(week ? DAYS : HOURS),
    timeZone,
  });
  const most = points.reduce((top, { registered }) => Math.max(top, registered ?? 0), 0);
  const top = Math.max(2, most);
  const last = points.findLast(({ registered }) => registered !== null)?.registered ?? null;
  const sentence =
    last === null
      ? t("registrations.overTimeNone")
      : t("registrations.overTimeSentence", { most: number(most), last: number(last) });
  const marks = [points[0], points[Math.floor(points.length / 2)], points.at(-1)];
  return (
    <>
      <p className="strip__text">{sentence}</p>
      <div className="chart">
        <div className="chart__y" aria-hidden>
          <span>{number(top)}</span>
          <span>0</span>
        </div>
        <div className="chart__plot chart__plot--low">
          <svg viewBox={`0 0 ${points.length} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={sentence}>
            {[0, HEIGHT].map((y) => (
              <line key={y} className="gridline" x1="0" x2={points.length} y1={y} y2={y} />
            ))}
            {points.map(({ at, registered }, i) => {
              const height = registered === null ? HEIGHT : (registered / top) * HEIGHT;
              return height === 0 ? null : (
                <rect
                  key={at}
                  className={registered === null ? "strip__unknown" : "b1"}
                  x={i}
                  width="1"
                  y={HEIGHT - height}
                  height={height}
                />
              );
            })}
          </svg>
        </div>
        <div className="chart__x" aria-hidden>
          {marks.map(
            (each) =>
              each !== undefined && (
                <span key={each.at} suppressHydrationWarning>
                  {name.format(each.at)}
                </span>
              ),
          )}
        </div>
      </div>
    </>
  );
}
