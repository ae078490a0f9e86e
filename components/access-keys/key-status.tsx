"use client";

import { CircleCheck, CircleX, RefreshCw, TriangleAlert } from "lucide-react";
import { Rich, useT } from "../i18n/provider";
import { isSet, parseTime } from "../lib/times";
import type { AccessKey } from "../trpc";
import { Badge, Status } from "../ui/status";
import { Time, useNow, withinDays } from "../ui/time";

const SOON_DAYS = 14;

/** Whether a key works, for how long, and whether the token before it still does. */
export function KeyStatus({ accessKey }: { accessKey: AccessKey }) {
  const t = useT();
  const now = useNow();
  const { tmDelete, tmExpire, tmPrevExpire } = accessKey;
  if (isSet(tmDelete)) {
    return (
      <Status tone="idle" icon={CircleX}>
        {t("keys.revoked")}
      </Status>
    );
  }
  if (isSet(tmExpire) && parseTime(tmExpire) <= now) {
    return (
      <Status tone="idle" icon={CircleX}>
        {t("keys.expired")}
      </Status>
    );
  }
  if (isSet(tmPrevExpire) && parseTime(tmPrevExpire) > now) {
    return (
      <Badge tone="info" icon={RefreshCw}>
        <span>
          <Rich id="keys.overlaps" parts={{ until: <Time value={tmPrevExpire} quiet /> }} />
        </span>
      </Badge>
    );
  }
  if (isSet(tmExpire) && withinDays(tmExpire, SOON_DAYS, now)) {
    return (
      <Status tone="warn" icon={TriangleAlert}>
        {t("keys.expiresSoon")}
      </Status>
    );
  }
  return (
    <Status tone="ok" icon={CircleCheck}>
      {t("keys.active")}
    </Status>
  );
}
