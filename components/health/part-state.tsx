"use client";

import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import { useT } from "../i18n/provider";
import type { Health } from "../trpc";
import { Badge, Status } from "../ui/status";

export function PartState({ state }: { state: Health["state"] }) {
  const t = useT();
  if (state === "ok") {
    return (
      <Status tone="ok" icon={CircleCheck}>
        {t("health.state.ok")}
      </Status>
    );
  }
  return (
    <Badge tone={state === "down" ? "bad" : "warn"} icon={state === "down" ? CircleX : TriangleAlert}>
      {t(`health.state.${state}`)}
    </Badge>
  );
}
