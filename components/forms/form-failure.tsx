"use client";

import { CircleAlert } from "lucide-react";
import { useT } from "../i18n/provider";
import type { FailureDescription } from "../lib/failures";
import { CopyId } from "../ui/copy";
import { Note } from "../ui/note";

/** What the server said to a form as a whole. */
export function FormFailure({ failure }: { failure: FailureDescription | null }) {
  const t = useT();
  if (failure === null) return null;
  return (
    <Note tone="bad" icon={CircleAlert} role="alert">
      <p>{failure.message}</p>
      {failure.requestId !== "" && (
        <p className="small row row--tight">
          {t("states.request")} <CopyId id={failure.requestId} what={t("states.requestId")} />
        </p>
      )}
    </Note>
  );
}
