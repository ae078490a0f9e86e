"use client";

import type { ReactNode } from "react";
import { useT } from "../i18n/provider";
import { useRight } from "../shell/session";
import { Card } from "../ui/card";
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
        <Card
          id="recent"
          title={t("audit.recent")}
          aside={
            <HoverLink className="card__link" {...all}>
              {t("common.all")}
            </HoverLink>
          }
          className="col-5"
        >
          <AuditSummary {...of} />
        </Card>
      )}
    </div>
  );
}
