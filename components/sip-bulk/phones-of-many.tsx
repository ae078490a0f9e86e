"use client";

import { Smartphone } from "lucide-react";
import type { ExtensionFilter } from "@/server/domain/registrar/schemas";
import { useT } from "../i18n/provider";
import { UnknownNote } from "../registrations/unknown";
import { trpc } from "../trpc";
import { FailedState } from "../ui/failed-state";
import { Note } from "../ui/note";
import { SkeletonLines } from "../ui/skeleton";

/** How many phones a deletion of many extensions cuts off, counted when it is asked for. */
export function PhonesOfMany({ input }: { input: { ids: string[] } | { filter: object } }) {
  const t = useT();
  const query = trpc.extension.countPhones.useQuery(input as { ids: string[] } | { filter: ExtensionFilter }, {
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  if (query.data === undefined)
    return query.error === null ? (
      <SkeletonLines lines={1} label={t("common.loading")} />
    ) : (
      <FailedState error={query.error} onRetry={() => void query.refetch()} />
    );
  const { phones, whole, lookedAt } = query.data;
  if (phones === null) return <UnknownNote />;
  return (
    <Note tone={phones > 0 ? "warn" : "info"} icon={Smartphone} role="status">
      {t(whole ? "sipBulk.phones" : "sipBulk.phonesOfFirst", { phones, lookedAt })}
    </Note>
  );
}
