"use client";

import { notFound } from "next/navigation";
import { useT } from "../i18n/provider";
import type { Failure } from "../trpc";
import { FailedState } from "./failed-state";
import { SkeletonLines } from "./skeleton";

/** In place of a record's page until the record has been read; the page for what is not found where there is none. */
export function RecordState({
  query,
}: {
  query: { error: Pick<Failure, "data"> | null; isError: boolean; refetch: () => Promise<unknown> };
}) {
  const t = useT();
  if (query.error?.data?.code === "NOT_FOUND") notFound();
  return query.isError ? (
    <FailedState error={query.error} onRetry={() => void query.refetch()} />
  ) : (
    <SkeletonLines lines={8} label={t("common.loading")} />
  );
}
