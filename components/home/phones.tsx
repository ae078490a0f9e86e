"use client";

import { useI18n, useT } from "../i18n/provider";
import { RegistrationsPicture, useMoment, type Points } from "../registrations/picture";
import { ASK_AGAIN_MS, NotKnown } from "../registrations/unknown";
import { trpc } from "../trpc";
import { AsTable } from "../ui/as-table";
import { Figure } from "../ui/figure";
import { Loaded } from "../ui/loaded";
import { HomeCard } from "./home-card";
import { PHONES_INPUT, PHONES_NOW_INPUT } from "./inputs";

const EVERY_MS = 60_000;
/** Points of the picture, each a quarter of an hour. */
const HOUR = 4;

const useHistory = () => trpc.registration.overTime.useQuery(PHONES_INPUT, { refetchInterval: EVERY_MS });

/** How many extensions have a phone now, and whether that is more or less than lately. */
export function PhonesFigure() {
  const { t, number } = useI18n();
  const counts = trpc.registration.counts.useQuery(PHONES_NOW_INPUT, {
    refetchInterval: ({ state }) => (state.data?.registered === null ? ASK_AGAIN_MS : EVERY_MS),
  });
  const { data: history } = useHistory();
  const now = counts.data?.registered ?? null;
  const hourAgo = history?.points.at(-1 - HOUR)?.registered ?? null;
  const change = now === null || hourAgo === null ? null : now - hourAgo;
  return (
    <Figure
      label={t("home.phones")}
      href="/sip/registrations"
      value={
        counts.isError ? (
          "–"
        ) : counts.data === undefined ? undefined : now === null ? (
          <NotKnown />
        ) : (
          <>
            {t(counts.data.estimated ? "registrations.atLeast" : "list.exactly", { count: number(now) })}{" "}
            <small>{t("home.phonesOf", { count: number(counts.data.extensions) })}</small>
          </>
        )
      }
      note={
        change === null
          ? t("home.phonesNow")
          : change === 0
            ? t("home.phonesSame")
            : t(change > 0 ? "home.phonesMore" : "home.phonesFewer", { count: Math.abs(change) })
      }
    />
  );
}

/** How many phones were registered over the last day, beside the day before. */
export function PhonesCard() {
  const t = useT();
  return (
    <HomeCard
      id="phones"
      title={t("home.phones")}
      href="/sip/registrations"
      className="col-12"
      tools={
        <ul className="legend" aria-hidden>
          <li>
            <span className="legend__key" />
            {t("home.lastDay")}
          </li>
          <li>
            <span className="legend__key legend__key--compare" />
            {t("home.dayBefore")}
          </li>
        </ul>
      }
    >
      <Loaded query={useHistory()} lines={4}>
        {({ points }) => (
          <>
            <div className="card__body">
              <RegistrationsPicture points={points} tall />
            </div>
            <div className="card__foot">
              <PhonesTable points={points} />
            </div>
          </>
        )}
      </Loaded>
    </HomeCard>
  );
}

function PhonesTable({ points }: { points: Points }) {
  const { t, number } = useI18n();
  const nameOf = useMoment(false);
  const figure = (count: number | null): string => (count === null ? "–" : number(count));
  return (
    <AsTable
      caption={t("home.phones")}
      columns={[t("home.time"), t("home.registered"), t("home.dayBefore")]}
      rows={points
        .filter((_, i) => (points.length - 1 - i) % HOUR === 0)
        .toReversed()
        .map(({ at, registered, dayBefore }) => ({
          key: at,
          name: <span suppressHydrationWarning>{nameOf(at)}</span>,
          figures: [figure(registered), figure(dayBefore)],
        }))}
    />
  );
}
