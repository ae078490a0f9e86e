"use client";

import { useQueryState } from "nuqs";
import { AlarmList } from "./alarm-list";
import { registrationListParams } from "./list-params";
import { RegistrationList } from "./registration-list";

/** Who is registered now, or what is odd about it: as the address says. */
export function RegistrationsPage() {
  const [view] = useQueryState("view", registrationListParams.view);
  return view === "now" ? <RegistrationList /> : <AlarmList />;
}
