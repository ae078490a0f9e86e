"use client";

import { AuditSummary } from "../audit/audit-summary";
import { useT } from "../i18n/provider";
import type { Admin } from "../trpc";
import { HoverLink } from "../ui/hover-link";

/** What an admin did lately; what was done to him is a link away. */
export function AdminActivity({ admin }: { admin: Admin }) {
  const t = useT();
  return (
    <section className="card col-5" aria-labelledby="activity">
      <div className="card__head">
        <h2 id="activity">{t("admins.activity")}</h2>
        <span className="push row">
          <HoverLink className="card__link" href={`/activity/audit?resource=${admin.id}`}>
            {t("admins.changesToAccount")}
          </HoverLink>
          <HoverLink className="card__link" href={`/activity/audit?actor=${admin.id}`}>
            {t("common.all")}
          </HoverLink>
        </span>
      </div>
      <AuditSummary actorId={admin.id} />
    </section>
  );
}
