"use client";

import { useT } from "../i18n/provider";

/** A value that is not there. */
export function Nothing() {
  const t = useT();
  return (
    <span className="faint">
      <span aria-hidden>–</span>
      <span className="sr">{t("common.none")}</span>
    </span>
  );
}
