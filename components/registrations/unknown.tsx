"use client";

import { CircleHelp } from "lucide-react";
import { useT } from "../i18n/provider";
import { Note } from "../ui/note";

/** How often it is asked again who is registered while nobody knows. Milliseconds. */
export const ASK_AGAIN_MS = 5_000;

/** Says that nobody knows at the moment who is registered: neither that somebody is, nor that nobody is. */
export function UnknownNote() {
  const t = useT();
  return (
    <Note tone="warn" icon={CircleHelp} role="status">
      <p>{t("registrations.unknownNote")}</p>
    </Note>
  );
}

/** The same in a cell of a table. */
export function NotKnown() {
  return <span className="faint">{useT()("registrations.states.unknown")}</span>;
}
