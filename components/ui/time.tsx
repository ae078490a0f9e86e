"use client";

import { createContext, useContext, useEffect, useState, type ReactNode } from "react";
import { useI18n } from "../i18n/provider";
import type { Translate } from "../i18n/translate";
import { DAY_MS, isSet, parseTime, toIso } from "../lib/times";
import { Tip } from "./tip";

const TICK_MS = 20_000;

/** The moment and the zone that times are told from. */
interface Moment {
  now: number;
  zone: string;
}

const Context = createContext<Moment>({ now: 0, zone: "UTC" });

/** Server and browser first tell times from one moment, in UTC; then the browser goes on with its own clock and zone. */
export function TimeProvider({ now, children }: { now: number; children: ReactNode }) {
  const [moment, setMoment] = useState<Moment>({ now, zone: "UTC" });
  useEffect(() => {
    const tick = () => setMoment({ now: Date.now(), zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return <Context value={moment}>{children}</Context>;
}

export const useNow = (): number => useContext(Context).now;
/** Of the browser; UTC in what the server draws and the browser takes over. */
export const useZone = (): string => useContext(Context).zone;

/** "2 min ago", "in 9 days"; farther away than a month the date says more. */
function relative(t: Translate, ms: number): string | null {
  // What has happened since the clock last ticked is no future.
  const past = ms <= TICK_MS;
  const minutes = Math.floor(Math.abs(ms) / 60_000);
  if (minutes < 1) return past ? t("time.now") : t("time.soon");
  if (minutes < 60) return t(past ? "time.minutesAgo" : "time.inMinutes", { count: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return t(past ? "time.hoursAgo" : "time.inHours", { count: hours });
  const days = Math.floor(hours / 24);
  return days <= 30 ? t(past ? "time.daysAgo" : "time.inDays", { count: days }) : null;
}

/** "18 Mar 2026, 14:32:08 UTC" */
function absolute(format: string, zone: string, at: number): string {
  return new Intl.DateTimeFormat(format, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZone: zone,
    timeZoneName: "short",
  }).format(at);
}

const dateOnly = (format: string, zone: string, at: number): string =>
  new Intl.DateTimeFormat(format, { day: "numeric", month: "short", year: "numeric", timeZone: zone }).format(at);

/**
 * A platform time: relative, with the absolute one to the second and its zone on hover and on focus.
 * @param as "date" leaves the relative form out; "second" is for logs: to the second, in UTC; "clock" the same without the day
 * @param quiet no tab stop of its own, for tables where there would be hundreds
 */
export function Time({
  value,
  as = "relative",
  quiet = false,
}: {
  value: string;
  as?: "relative" | "date" | "second" | "clock";
  quiet?: boolean;
}) {
  const { t, format } = useI18n();
  const { now, zone } = useContext(Context);
  if (!isSet(value)) return null;
  const at = parseTime(value);
  const full = absolute(format, zone, at);
  const text =
    as === "clock"
      ? value.slice(11, 19)
      : as === "second"
        ? `${value.startsWith(new Date(now).toISOString().slice(0, 10)) ? "" : `${value.slice(0, 10)} `}${value.slice(11, 19)}`
        : ((as === "relative" ? relative(t, at - now) : null) ?? dateOnly(format, zone, at));
  const title = zone === "UTC" ? full : `${full} · ${value.slice(0, 19)} UTC`;
  // The browser's and the server's Intl may differ in a letter; the text is drawn anew at once.
  if (quiet) {
    return (
      <time dateTime={toIso(value)} title={title} suppressHydrationWarning>
        {text}
      </time>
    );
  }
  return (
    <Tip text={title}>
      <time dateTime={toIso(value)} tabIndex={0} suppressHydrationWarning>
        {text}
      </time>
    </Tip>
  );
}

/** Whether a time is within so many days from now, either way. */
export const withinDays = (value: string, days: number, now: number): boolean =>
  Math.abs(parseTime(value) - now) <= days * DAY_MS;
