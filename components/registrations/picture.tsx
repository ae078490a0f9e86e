"use client";

import clsx from "clsx";
import { useI18n } from "../i18n/provider";
import { niceTop } from "../lib/nice-top";
import type { Outputs } from "../trpc";
import { useZone } from "../ui/time";

export type Points = Outputs["registration"]["overTime"]["points"];
/** Moments that follow each other: their indices, and their counts unless nobody looked. */
interface Run {
  from: number;
  counts: (number | null)[];
}

const HEIGHT = 100;
const DAYS: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric" };
const HOURS: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

/** How the moments of a picture are named. */
export function useMoment(week: boolean): (at: number) => string {
  const { format } = useI18n();
  const timeZone = useZone();
  const name = new Intl.DateTimeFormat(format, { ...(week ? DAYS : HOURS), timeZone });
  return (at) => name.format(at);
}

/** How many numbers were registered from moment to moment, and a day earlier where that is asked for. */
export function RegistrationsPicture({
  points,
  week = false,
  tall = false,
}: {
  points: Points;
  week?: boolean;
  /** With the day before, and more words at its sides. */
  tall?: boolean;
}) {
  const { t, number } = useI18n();
  const nameOf = useMoment(week);
  const counts = points.map(({ registered }) => registered);
  const before = tall ? points.map(({ dayBefore }) => dayBefore) : [];
  const most = highest(counts);
  const top = tall ? niceTop(Math.max(most, highest(before))) : Math.max(2, most);
  const last = counts.findLast((count) => count !== null) ?? null;
  const sentence =
    last === null
      ? t("registrations.overTimeNone")
      : t("registrations.overTimeSentence", { most: number(most), last: number(last) });
  const marks = tall ? [0, 0.25, 0.5, 0.75, 1] : [0, 0.5, 1];
  const lines = tall ? [top, top / 2, 0] : [top, 0];
  const y = (count: number): number => HEIGHT - (count / top) * HEIGHT;
  const lineOf = ({ from, counts: run }: Run): string =>
    `M${run.map((count, i) => `${from + i} ${y(count ?? 0)} h1`).join(" L")}`;
  return (
    <>
      <p className="strip__text">{sentence}</p>
      <div className="chart">
        <div className="chart__y" aria-hidden>
          {lines.map((line) => (
            <span key={line}>{number(line)}</span>
          ))}
        </div>
        <div className={clsx("chart__plot", !tall && "chart__plot--low")}>
          <svg viewBox={`0 0 ${points.length} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={sentence}>
            {lines.map((line) => (
              <line key={line} className="gridline" x1="0" x2={points.length} y1={y(line)} y2={y(line)} />
            ))}
            {runsOf(counts).map((run) =>
              run.counts[0] === null ? (
                <rect
                  key={run.from}
                  className="strip__unknown"
                  x={run.from}
                  width={run.counts.length}
                  y="0"
                  height={HEIGHT}
                />
              ) : (
                <g key={run.from}>
                  <path className="area" d={`${lineOf(run)} V${HEIGHT} H${run.from} Z`} />
                  <path className="line" d={lineOf(run)} />
                </g>
              ),
            )}
            {runsOf(before).map(
              (run) => run.counts[0] !== null && <path key={run.from} className="line line--compare" d={lineOf(run)} />,
            )}
          </svg>
        </div>
        <div className="chart__x" aria-hidden>
          {marks.map((share) => {
            const point = points[Math.min(points.length - 1, Math.floor(points.length * share))];
            return (
              point !== undefined && (
                <span key={share} suppressHydrationWarning>
                  {nameOf(point.at)}
                </span>
              )
            );
          })}
        </div>
      </div>
    </>
  );
}

const highest = (counts: readonly (number | null)[]): number =>
  counts.reduce<number>((most, count) => Math.max(most, count ?? 0), 0);

/** What is known and what is not, in turn. */
function runsOf(counts: readonly (number | null)[]): Run[] {
  const runs: Run[] = [];
  counts.forEach((count, i) => {
    const run = runs.at(-1);
    if (run !== undefined && (run.counts[0] === null) === (count === null)) run.counts.push(count);
    else runs.push({ from: i, counts: [count] });
  });
  return runs;
}
