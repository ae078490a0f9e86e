"use client";

import { CircleCheck, CircleX, LoaderCircle } from "lucide-react";
import { useI18n } from "../i18n/provider";
import type { DriftState } from "../trpc";
import { Icon } from "../ui/icon";
import { Time } from "../ui/time";

const millisecondsOf = (time: string): number => Date.parse(`${time.slice(0, 23).replace(" ", "T")}Z`);

/** When both sides were compared last, how long it took, and how much there was; or how far it is. */
export function PassLine({ state }: { state: DriftState | undefined }) {
  const { t, format, number } = useI18n();
  if (state === undefined) return <span>{t("common.loading")}</span>;
  const { last, running } = state;
  const seconds = new Intl.NumberFormat(format, { maximumFractionDigits: 1 });
  return (
    <>
      {running !== null && (
        <span className="row row--tight" role="status">
          <Icon of={LoaderCircle} size="sm" spin />
          <span>{t("drift.running", { count: number(running.compared) })}</span>
        </span>
      )}
      {last === null ? (
        running === null && <span>{t("drift.never")}</span>
      ) : (
        <span className="row row--tight">
          <Icon
            of={last.state === "done" ? CircleCheck : CircleX}
            size="sm"
            tone={last.state === "done" ? "ok" : "bad"}
          />
          <span>
            {t(last.state === "done" ? "drift.last" : "drift.lastFailed")}{" "}
            <Time value={last.tmFinish ?? last.tmStart} quiet />
            {last.state === "done" &&
              ` · ${t("drift.lastFigures", {
                count: number(last.compared),
                seconds: seconds.format(
                  Math.max(0, millisecondsOf(last.tmFinish ?? last.tmStart) - millisecondsOf(last.tmStart)) / 1_000,
                ),
              })}`}
          </span>
        </span>
      )}
      {last !== null && last.beyond > 0 && <span>{t("drift.beyond", { count: number(last.beyond) })}</span>}
    </>
  );
}
