"use client";

import type { ReactNode } from "react";
import { useT } from "../i18n/provider";
import { useRight } from "../shell/session";
import { HoverLink } from "../ui/hover-link";
import { AuditSummary } from "./audit-summary";

type Of = { customerId: string } | { resourceId: string };

/** The cards of a record's overview, and beside them what happened to it lately, for whom that is to see. */
export function BesideActivity({ of, children }: { of: Of; children: ReactNode }) {
  const t = useT();
  const mayAudit = useRight("audit:read");
  // A customer's page has the whole audit in a tab of its own.
  const all =
    "customerId" in of
      ? { href: `/customers/${of.customerId}?tab=audit`, scroll: false }
      : { href: `/activity/audit?resource=${of.resourceId}` };
  return (
    <div className="grid">
      <div className={mayAudit ? "stack col-7" : "stack col-12"}>{children}</div>
      {mayAudit && (
        <section className="card col-5" aria-labelledby="recent">
          <div className="card__head">
            <h2 id="recent">{t("audit.recent")}</h2>
            <span className="push">
              <HoverLink className="card__link" {...all}>
                {t("common.all")}
              </HoverLink>
            </span>
          </div>
          <AuditSummary {...of} />
        </section>
      )}
    </div>
  );
}
