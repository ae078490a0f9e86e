"use client";

import { useT } from "../i18n/provider";
import { HoverLink } from "../ui/hover-link";
import type { List } from "./use-list";

/** A view that the product brings along: a query of the list's address. */
export interface BuiltInView {
  label: string;
  /** `?view=deleted`; empty for the list as it is without any. */
  query: string;
  current: boolean;
}

/** A list's views as tabs; each is an address. */
export function ViewTabs({ list, views }: { list: List; views: readonly BuiltInView[] }) {
  const t = useT();
  return (
    <nav className="tabs" aria-label={t("list.views")}>
      <ul>
        {views.map(({ label, query, current }) => (
          <li key={query}>
            <HoverLink href={list.viewHref(query, "")} aria-current={current ? "page" : undefined}>
              {label}
            </HoverLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
