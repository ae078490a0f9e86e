"use client";

import { useSyncExternalStore } from "react";
import { useI18n } from "../i18n/provider";
import { isSet, parseTime, toIso } from "../lib/times";
import { useNow, useZone } from "../ui/time";

const SECOND_MS = 1_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all that ticks on a page. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, SECOND_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
const second = (): number => Math.floor(Date.now() / SECOND_MS) * SECOND_MS;

const DAY_SECONDS = 86_400;

/** How long a registration still holds, to the second: `58:03`; of days, only how many. */
export function TimeLeft({ value }: { value: string }) {
  const { t, format } = useI18n();
  const drawn = useNow();
  const timeZone = useZone();
  const now = useSyncExternalStore(subscribe, second, () => drawn);
  if (!isSet(value)) return null;
  const at = parseTime(value);
  const seconds = Math.ceil((at - now) / SECOND_MS);
  const text = new Intl.DateTimeFormat(format, { timeStyle: "medium", timeZone }).format(at);
  return (
    <time dateTime={toIso(value)} title={t("registrations.leftTitle", { at: text })} suppressHydrationWarning>
      {seconds <= 0 ? t("registrations.expired") : seconds < 4 * DAY_SECONDS ? clock(seconds) : days(seconds, format)}
    </time>
  );
}

const days = (seconds: number, format: string): string =>
  new Intl.NumberFormat(format, { style: "unit", unit: "day", unitDisplay: "long" }).format(
    Math.floor(seconds / DAY_SECONDS),
  );

function clock(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
