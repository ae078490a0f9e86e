import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "../ui/icon";
import { HoverLink } from "../ui/hover-link";

/** Where one is, what this is, and what can be done with it. */
export function PageHead({
  title,
  badge,
  meta,
  sub,
  crumbs,
  actions,
}: {
  title: ReactNode;
  badge?: ReactNode;
  meta?: ReactNode;
  sub?: ReactNode;
  crumbs?: { label: string; items: readonly { text: string; href?: string }[] };
  actions?: ReactNode;
}) {
  return (
    <>
      {crumbs !== undefined && (
        <nav aria-label={crumbs.label}>
          <ol className="crumbs">
            {crumbs.items.map(({ text, href }) =>
              href === undefined ? (
                <li key={text} aria-current="page">
                  <span className="trunc">{text}</span>
                </li>
              ) : (
                <li key={text}>
                  <HoverLink href={href}>{text}</HoverLink>
                  <Icon of={ChevronRight} size="sm" />
                </li>
              ),
            )}
          </ol>
        </nav>
      )}
      <div className="head">
        <div className="head__text">
          <div className="head__title">
            <h1>{title}</h1>
            {badge}
          </div>
          {meta !== undefined && <div className="head__meta">{meta}</div>}
          {sub !== undefined && <p className="head__sub">{sub}</p>}
        </div>
        {actions !== undefined && <div className="head__actions">{actions}</div>}
      </div>
    </>
  );
}
