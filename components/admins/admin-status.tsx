"use client";

import { Ban, CircleCheck, MailOpen, TimerOff } from "lucide-react";
import { useT } from "../i18n/provider";
import { parseTime } from "../lib/times";
import type { Admin } from "../trpc";
import { Badge, Status } from "../ui/status";
import { useNow } from "../ui/time";

/** Whether somebody can sign in, has yet to accept, or is kept out. */
export function AdminStatus({ admin, badge = false }: { admin: Admin; badge?: boolean }) {
  const t = useT();
  const now = useNow();
  if (admin.status === "disabled")
    return (
      <Badge tone="idle" icon={Ban}>
        {t("admins.status.disabled")}
      </Badge>
    );
  if (admin.status === "invited") {
    const late = admin.tmInvite === "" || parseTime(admin.tmInvite) < now;
    return (
      <Badge tone="warn" icon={late ? TimerOff : MailOpen}>
        {t(late ? "admins.inviteExpired" : "admins.status.invited")}
      </Badge>
    );
  }
  const Shape = badge ? Badge : Status;
  return (
    <Shape tone="ok" icon={CircleCheck}>
      {t("admins.status.active")}
    </Shape>
  );
}
