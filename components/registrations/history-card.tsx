"use client";

import { useState } from "react";
import { useI18n } from "../i18n/provider";
import { trpc } from "../trpc";
import { Card } from "../ui/card";
import { Loaded } from "../ui/loaded";
import { Segmented } from "../ui/segmented";
import { RegistrationsPicture } from "./picture";

const SPANS = ["day", "week"] as const;

/** How many numbers were registered over the last day or week. */
export function HistoryCard({ customerId }: { customerId: string | undefined }) {
  const { t } = useI18n();
  const [span, setSpan] = useState<(typeof SPANS)[number]>("day");
  const query = trpc.registration.overTime.useQuery({ span, customerId }, { refetchInterval: 60_000 });
  return (
    <Card
      id="over-time"
      title={t("registrations.overTime")}
      aside={
        <Segmented
          label={t("registrations.span")}
          value={span}
          options={SPANS.map((value) => ({ value, label: t(`registrations.spans.${value}`) }))}
          onChange={setSpan}
        />
      }
      className="figures__picture"
    >
      <div className="card__body">
        <Loaded query={query} lines={3}>
          {({ points }) => <RegistrationsPicture points={points} week={span === "week"} />}
        </Loaded>
      </div>
    </Card>
  );
}
