"use client";

import { useI18n } from "../i18n/provider";
import { trpc, type Outputs } from "../trpc";
import { FailedState } from "../ui/failed-state";
import { useZone } from "../ui/time";

type Strip = Outputs["registration"]["history"];
type Look = Strip["parts"][number]["state"] | "lost";
interface Bar {
  from: number;
  to: number;
  look: Look;
}

const HOUR_MS = 3_600_000;
/** What is shorter is drawn as wide as this, or nobody would see it; in percent. */
const NARROWEST = 0.4;
/** Shapes differ as well as colours: a loss is taller, an absence lower. Of ten. */
const SHAPES: Record<Look, { y: number; height: number }> = {
  up: { y: 2.5, height: 5 },
  down: { y: 8, height: 2 },
  lost: { y: 0, height: 10 },
  unstable: { y: 1.5, height: 7 },
  unknown: { y: 2.5, height: 5 },
};
/** What is drawn later lies above. */
const LOOKS = ["unknown", "down", "up", "unstable", "lost"] as const;

/** When a number was registered within the last 24 hours. */
export function RegistrationStrip({ extensionId }: { extensionId: string }) {
  const query = trpc.registration.history.useQuery({ id: extensionId }, { refetchInterval: 60_000 });
  if (query.data !== undefined) return <StripPicture strip={query.data} />;
  return query.isError ? (
    <FailedState error={query.error} onRetry={() => query.refetch()} />
  ) : (
    <div className="strip late" aria-hidden />
  );
}

function StripPicture({ strip }: { strip: Strip }) {
  const { t, format } = useI18n();
  const { from, to, flapping } = strip;
  const timeZone = useZone();
  const clock = new Intl.DateTimeFormat(format, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone });
  const share = (ms: number): number => (ms / (to - from)) * 100;
  const sentence = useSentence(strip, clock);
  const bars = barsOf(strip);
  const shown = LOOKS.filter((look) => bars.some((bar) => bar.look === look));
  return (
    <figure className="stack stack--sm">
      <svg className="strip" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label={sentence}>
        {shown.flatMap((look) =>
          bars
            .filter((bar) => bar.look === look)
            .map((bar) => (
              <rect
                key={bar.from}
                className={`strip__${look}`}
                x={share(bar.from - from)}
                width={Math.max(NARROWEST, share(bar.to - bar.from))}
                {...SHAPES[look]}
              >
                <title>
                  {`${clock.format(bar.from)} – ${clock.format(bar.to)}: ${t(`registrations.states.${look}`)}`}
                </title>
              </rect>
            )),
        )}
      </svg>
      <div className="strip__hours" aria-hidden>
        {[24, 18, 12, 6].map((hours) => (
          <span key={hours}>{clock.format(to - hours * HOUR_MS)}</span>
        ))}
        <span>{t("registrations.stripNow")}</span>
      </div>
      <figcaption className="strip__text">
        <span>{sentence}</span>
        {flapping && <strong> {t("registrations.flapping")}</strong>}
      </figcaption>
      <ul className="strip__legend" aria-hidden>
        {shown.toReversed().map((look) => (
          <li key={look} data-look={look}>
            {t(`registrations.states.${look}`)}
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** A gap after which the phone came back, or may yet, within the hour is a loss; a longer one an absence. */
function barsOf({ parts }: Strip): Bar[] {
  return parts.map(({ from, to, state }, i) => ({
    from,
    to,
    look: state === "down" && to - from < HOUR_MS && parts[i - 1]?.state === "up" ? "lost" : state,
  }));
}

function useSentence({ parts, interruptions: count, upPercent: percent, cameAt }: Strip, clock: Intl.DateTimeFormat) {
  const { t } = useI18n();
  if (percent === null) return t("registrations.stripNone");
  if (cameAt !== null) return t("registrations.stripCame", { at: clock.format(cameAt), percent, count });
  return parts.some(({ state }) => state === "up" || state === "unstable")
    ? t("registrations.stripSentence", { percent, count })
    : t("registrations.stripNever");
}
