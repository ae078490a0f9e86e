"use client";

import { useState } from "react";
import { useI18n } from "../i18n/provider";
import { niceTop } from "../lib/nice-top";
import { trpc, type Outputs } from "../trpc";
import { AsTable } from "../ui/as-table";
import { Card } from "../ui/card";
import { Loaded } from "../ui/loaded";
import { Segmented } from "../ui/segmented";

type Day = Outputs["customer"]["growth"]["days"][number];
const SPANS = ["30", "90"] as const;
const HEIGHT = 100;

/** New customers day by day. */
export function GrowthCard() {
  const { t } = useI18n();
  const [span, setSpan] = useState<(typeof SPANS)[number]>("30");
  const query = trpc.customer.growth.useQuery({ days: span === "90" ? 90 : 30 }, { staleTime: 60_000 });
  return (
    <Card
      id="growth"
      title={t("home.growth")}
      className="col-7"
      aside={
        <Segmented
          label={t("home.span")}
          value={span}
          options={SPANS.map((value) => ({ value, label: t("home.days", { count: Number(value) }) }))}
          onChange={setSpan}
        />
      }
    >
      <Loaded query={query} lines={4}>
        {({ days }) => <Growth days={days} />}
      </Loaded>
    </Card>
  );
}

function Growth({ days }: { days: readonly Day[] }) {
  const { t, format, number } = useI18n();
  const date = new Intl.DateTimeFormat(format, { day: "numeric", month: "short", timeZone: "UTC" });
  const nameOf = (day: string): string => date.format(Date.parse(day));
  const total = days.reduce((sum, { count }) => sum + (count ?? 0), 0);
  const best = days.reduce<Day | undefined>(
    (most, day) => ((day.count ?? 0) > (most?.count ?? 0) ? day : most),
    undefined,
  );
  const top = niceTop(best?.count ?? 0);
  const width = 10 * days.length;
  const [first, last] = [days[0], days.at(-1)];
  const middle = days[Math.floor(days.length / 2)];
  const sentence =
    best === undefined
      ? t("home.growthNone", { days: days.length })
      : t("home.growthSentence", {
          count: total,
          days: days.length,
          most: best.count ?? 0,
          day: nameOf(best.day),
          today: last?.count ?? 0,
        });
  return (
    <>
      <div className="card__body">
        <p className="kpi__value">
          {number(total)} <small>{t("home.growthTotal", { days: days.length })}</small>
        </p>
        <div className="chart">
          <div className="chart__y" aria-hidden>
            <span>{number(top)}</span>
            <span>{number(top / 2)}</span>
            <span>0</span>
          </div>
          <div className="chart__plot">
            <svg viewBox={`0 0 ${width} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={sentence}>
              {[0, 50, 100].map((y) => (
                <line key={y} className="gridline" x1="0" x2={width} y1={y} y2={y} />
              ))}
              {days.map(({ day, count }, index) => {
                const height = ((count ?? 0) / top) * HEIGHT;
                return height === 0 ? null : (
                  <rect key={day} className="b1" x={index * 10 + 1.5} width="7" y={HEIGHT - height} height={height}>
                    <title>{`${nameOf(day)}: ${number(count ?? 0)}`}</title>
                  </rect>
                );
              })}
            </svg>
          </div>
          <div className="chart__x" aria-hidden>
            {[first, middle, last].map((each) =>
              each === undefined ? null : <span key={each.day}>{nameOf(each.day)}</span>,
            )}
          </div>
        </div>
      </div>
      <div className="card__foot">
        <AsTable
          caption={t("home.growth")}
          columns={[t("home.day"), t("home.created")]}
          rows={days.toReversed().map(({ day, count }) => ({
            key: day,
            name: nameOf(day),
            figures: [count === null ? "–" : number(count)],
          }))}
        />
      </div>
    </>
  );
}
