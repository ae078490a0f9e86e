"use client";

import type { ReactNode } from "react";
import { useT } from "../i18n/provider";
import { FailedState } from "./failed-state";
import { SkeletonLines } from "./skeleton";

interface Asked {
  isError: boolean;
  error: unknown;
  refetch: () => unknown;
}

interface Props {
  query: Asked;
  /** How many grey bars stand for the answer. */
  lines: number;
}

/** What stands there until the answer does, or why there is none. */
export function Waiting({ query, lines }: Props) {
  const t = useT();
  return query.isError ? (
    <FailedState error={query.error} onRetry={() => void query.refetch()} />
  ) : (
    <SkeletonLines lines={lines} label={t("common.loading")} />
  );
}

/** A part of a page that shows an answer: each waits, and fails, by itself. */
export function Loaded<Data>({
  query,
  lines,
  children,
}: Props & { query: { data: Data | undefined }; children: (data: Data) => ReactNode }) {
  return query.data === undefined ? <Waiting query={query} lines={lines} /> : children(query.data);
}
