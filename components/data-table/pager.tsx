"use client";

import { ChevronDown, ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "../i18n/provider";
import { Icon } from "../ui/icon";
import { HoverLink } from "../ui/hover-link";
import { PAGE_SIZES } from "./list-params";

interface PagerProps {
  shown: number;
  total: { count: number; estimated: boolean };
  /** Addresses of the neighbours; null where there is none. */
  previous: string | null;
  next: string | null;
  size?: number;
  onSize?: (size: number) => void;
}

/** Paging by key: previous and next are real links, and there are no page numbers. */
export function Pager({ shown, total, previous, next, size, onSize }: PagerProps) {
  const t = useT();
  return (
    <div className="pager">
      <span>{t(total.estimated ? "list.shownOfMore" : "list.shownOf", { shown, total: total.count })}</span>
      {size !== undefined && onSize !== undefined && (
        <span className="row hide-sm">
          <label className="row">
            {t("list.rows")}
            <span className="select-wrap">
              <select className="select" value={size} onChange={(event) => onSize(Number(event.target.value))}>
                {PAGE_SIZES.map((each) => (
                  <option key={each}>{each}</option>
                ))}
              </select>
              <Icon of={ChevronDown} size="sm" />
            </span>
          </label>
        </span>
      )}
      <nav className="row push" aria-label={t("list.pages")}>
        <PagerLink href={previous} rel="prev">
          <Icon of={ChevronLeft} />
          {t("list.previous")}
        </PagerLink>
        <PagerLink href={next} rel="next">
          {t("list.next")}
          <Icon of={ChevronRight} />
        </PagerLink>
      </nav>
    </div>
  );
}

function PagerLink({ href, rel, children }: { href: string | null; rel: "prev" | "next"; children: ReactNode }) {
  if (href === null) {
    return (
      <span className="btn btn--sm" role="link" aria-disabled="true">
        {children}
      </span>
    );
  }
  return (
    <HoverLink className="btn btn--sm" href={href} rel={rel} scroll={false}>
      {children}
    </HoverLink>
  );
}
