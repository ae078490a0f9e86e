"use client";

import { CircleCheck, CircleSlash, Clock, Hourglass } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { Rich, useT } from "../i18n/provider";
import { describeAgent } from "../lib/describe-agent";
import { parseTime } from "../lib/times";
import type { Outputs } from "../trpc";
import { Note } from "../ui/note";
import { Time } from "../ui/time";

type Handover = NonNullable<Outputs["handover"]["get"]>;

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** The browser's clock, each second. */
function useSecond(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** When, from where and by what a link was used, as parts of a sentence. */
export function useUse(use: Handover["use"]): Record<"when" | "ip" | "agent", ReactNode> | null {
  const t = useT();
  const now = useSecond();
  if (use === null) return null;
  const ago = Math.max(0, now - parseTime(use.at));
  const { name } = describeAgent(use.userAgent);
  return {
    when:
      ago < MINUTE_MS ? (
        t("handover.secondsAgo", { count: Math.floor(ago / SECOND_MS) })
      ) : (
        <Time value={use.at} quiet />
      ),
    ip: use.ip === "" ? t("handover.unknownIp") : <code>{use.ip}</code>,
    agent: name === "" ? t("handover.unknownAgent") : name,
  };
}

/** What becomes of a link that was made just now, as it happens. */
export function HandOverStatus({ handover }: { handover: Handover }) {
  const t = useT();
  const now = useSecond();
  const [begun] = useState(now);
  const use = useUse(handover.use);
  // This computer's clock may be wrong; how long ago it was shown the new link is right all the same.
  const left = parseTime(handover.tmExpire) - parseTime(handover.tmCreate) - (now - begun);
  if (handover.state === "used" && use !== null)
    return (
      <Note icon={CircleCheck} tone="info">
        <p>
          {/* Told once; the seconds that pass are not. */}
          <span className="sr" role="status">
            {t("handover.used", {
              when: t("time.now"),
              ip: handover.use?.ip ?? "",
              agent: handover.use?.userAgent.slice(0, 60) ?? "",
            })}
          </span>
          <span aria-hidden className="strong">
            <Rich id="handover.used" parts={use} />
          </span>
        </p>
        <p className="muted">{t(handover.renew ? "handover.usedHintRenewed" : "handover.usedHint")}</p>
      </Note>
    );
  if (handover.state === "ended")
    return (
      <Note icon={CircleSlash} tone="warn" role="status">
        <p>{t("handover.ended")}</p>
      </Note>
    );
  if (handover.state === "expired" || left <= 0)
    return (
      <Note icon={Hourglass} tone="warn" role="status">
        <p>{t("handover.expired")}</p>
      </Note>
    );
  return (
    <Note icon={Clock}>
      <p>{t("handover.waiting", { time: clock(left) })}</p>
    </Note>
  );
}

/** "9:07" */
const clock = (ms: number): string => {
  const seconds = Math.ceil(ms / SECOND_MS);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};
