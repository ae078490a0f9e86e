"use client";

import { useT } from "../i18n/provider";
import { PageHead } from "../shell/page-head";
import { AuditList } from "./audit-list";

/** Who did what, of all whom one may see. */
export function AuditPage() {
  const t = useT();
  return (
    <>
      <PageHead title={t("audit.title")} sub={t("audit.text")} />
      <AuditList path="/activity/audit" />
    </>
  );
}
