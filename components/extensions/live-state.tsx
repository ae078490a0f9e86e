"use client";

import { CircleHelp, Trash2, Wifi, WifiOff } from "lucide-react";
import { useT } from "../i18n/provider";
import { isSet } from "../lib/times";
import type { Extension } from "../trpc";
import { Badge, Status } from "../ui/status";
import { Time } from "../ui/time";

type Live = Pick<Extension, "registrations" | "tmDelete">;

/** Whether a phone can be reached under an extension now, where that is known. */
export function LiveState({
  extension: { registrations, tmDelete },
  badge = false,
}: {
  extension: Live;
  badge?: boolean;
}) {
  const t = useT();
  if (isSet(tmDelete))
    return (
      <Badge tone="idle" icon={Trash2}>
        <span>
          {t("sip.deletedBadge")} <Time value={tmDelete} quiet />
        </span>
      </Badge>
    );
  const Shape = badge ? Badge : Status;
  if (registrations === null)
    return (
      <Shape tone="warn" icon={CircleHelp}>
        {t("extensions.registrationUnknown")}
      </Shape>
    );
  return registrations.length === 0 ? (
    <Shape tone="idle" icon={WifiOff}>
      {t("extensions.notRegistered")}
    </Shape>
  ) : (
    <Shape tone="ok" icon={Wifi}>
      {t("extensions.registered", { count: registrations.length })}
    </Shape>
  );
}
