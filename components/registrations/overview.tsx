"use client";

import { useI18n } from "../i18n/provider";
import { trpc, type Outputs } from "../trpc";
import { Figure } from "../ui/figure";
import { HistoryCard } from "./history-card";
import { ASK_AGAIN_MS, NotKnown, UnknownNote } from "./unknown";

type Counts = Outputs["registration"]["counts"];

/** How many numbers have a phone now, and how many have none, where that is known. */
export function RegistrationFigures({ customerId }: { customerId: string | undefined }) {
  const { t } = useI18n();
  const { data } = trpc.registration.counts.useQuery(
    { customerId },
    { refetchInterval: ({ state }) => (state.data?.registered === null ? ASK_AGAIN_MS : false) },
  );
  return (
    <div className="figures">
      {data?.registered === null && (
        <div className="figures__note">
          <UnknownNote />
        </div>
      )}
      <CountFigure
        label={t("registrations.registered")}
        counts={data}
        value={({ registered }) => registered}
        note={(count) => t("registrations.ofExtensions", { count })}
      />
      <CountFigure
        label={t("registrations.notRegistered")}
        counts={data}
        value={({ registered, extensions }) => (registered === null ? null : Math.max(0, extensions - registered))}
        note={() => t("registrations.withoutPhone")}
      />
      <HistoryCard customerId={customerId} />
    </div>
  );
}

function CountFigure({
  label,
  counts,
  value,
  note,
}: {
  label: string;
  counts: Counts | undefined;
  /** Null where it is not known. */
  value: (counts: Counts) => number | null;
  note: (extensions: string) => string;
}) {
  const { t, number } = useI18n();
  const show = (found: Counts) => {
    const count = value(found);
    if (count === null) return <NotKnown />;
    return found.estimated ? t("registrations.atLeast", { count: number(count) }) : number(count);
  };
  return (
    <Figure
      label={label}
      value={counts === undefined ? undefined : show(counts)}
      note={note(counts === undefined ? "…" : number(counts.extensions))}
    />
  );
}
