"use client";

import { notFound } from "next/navigation";
import type { Failure } from "../trpc";
import { Waiting } from "./loaded";

/** In place of a record's page until the record has been read; the page for what is not found where there is none. */
export function RecordState({
  query,
}: {
  query: { error: Pick<Failure, "data"> | null; isError: boolean; refetch: () => Promise<unknown> };
}) {
  if (query.error?.data?.code === "NOT_FOUND") notFound();
  return <Waiting query={query} lines={8} />;
}
