"use client";

import type { ReactNode } from "react";
import { useT } from "../i18n/provider";
import { FailedState } from "../ui/failed-state";
import { HoverLink } from "../ui/hover-link";
import { SkeletonLines } from "../ui/skeleton";

/** A card of the home page: its head, and the way to all of what it shows. */
export function Card({
  id,
  title,
  href,
  tools,
  className,
  children,
}: {
  id: string;
  title: string;
  href?: string;
  tools?: ReactNode;
  className: string;
  children: ReactNode;
}) {
  const t = useT();
  return (
    <section className={`card ${className}`} aria-labelledby={id}>
      <div className="card__head">
        <h2 id={id}>{title}</h2>
        <span className="push">
          {tools}
          {href !== undefined && (
            <HoverLink className="card__link" href={href} aria-label={t("home.allOf", { what: title })}>
              {t("common.all")}
            </HoverLink>
          )}
        </span>
      </div>
      {children}
    </section>
  );
}

/** What a card shows until its answer is there, or when there is none: each card waits, and fails, by itself. */
export function Loaded<Data>({
  query,
  lines,
  children,
}: {
  query: { data: Data | undefined; isError: boolean; error: unknown; refetch: () => unknown };
  lines: number;
  children: (data: Data) => ReactNode;
}) {
  const t = useT();
  if (query.data !== undefined) return children(query.data);
  return query.isError ? (
    <FailedState error={query.error} onRetry={() => query.refetch()} />
  ) : (
    <SkeletonLines lines={lines} label={t("common.loading")} />
  );
}
