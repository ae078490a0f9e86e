"use client";

import { AuditSummary } from "../audit/audit-summary";
import { useT } from "../i18n/provider";
import type { Admin } from "../trpc";
import { Card } from "../ui/card";
import { HoverLink } from "../ui/hover-link";

/** What an admin did lately; what was done to him is a link away. */
export function AdminActivity({ admin }: { admin: Admin }) {
  const t = useT();
  return (
    <Card
      id="activity"
      title={t("admins.activity")}
      aside={
        <span className="row">
          <HoverLink className="card__link" href={`/activity/audit?resource=${admin.id}`}>
            {t("admins.changesToAccount")}
          </HoverLink>
          <HoverLink className="card__link" href={`/activity/audit?actor=${admin.id}`}>
            {t("common.all")}
          </HoverLink>
        </span>
      }
      className="col-5"
    >
      <AuditSummary actorId={admin.id} />
    </Card>
  );
}
