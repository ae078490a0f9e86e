"use client";

import type { BuiltInView } from "../data-table/view-tabs";
import { useT } from "../i18n/provider";
import { REGISTRATION_VIEWS, type RegistrationPageView } from "./list-params";

/** The views of the page. */
export function useRegistrationViews(current: RegistrationPageView): BuiltInView[] {
  const t = useT();
  return REGISTRATION_VIEWS.map((view) => ({
    label: t(`registrations.views.${view}`),
    query: view === "now" ? "" : `?view=${view}`,
    current: view === current,
  }));
}
