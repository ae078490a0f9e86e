import clsx from "clsx";
import type { ReactNode } from "react";

/** A part of a page, with a head that names it. */
export function Card({
  id,
  title,
  text,
  count,
  aside,
  table = false,
  className,
  children,
}: {
  /** Of the heading, which names the part for screen readers too. */
  id: string;
  title: ReactNode;
  /** What it is about, below the title. */
  text?: ReactNode;
  /** How many there are, beside the title; nothing while that is not known. */
  count?: ReactNode;
  /** Links, buttons and switches at the other end of the head. */
  aside?: ReactNode;
  /** Whether it holds a table, which reaches its edges. */
  table?: boolean;
  className?: string;
  children?: ReactNode;
}) {
  const heading = <h2 id={id}>{title}</h2>;
  return (
    <section className={clsx(table ? "table-card" : "card", className)} aria-labelledby={id}>
      <div className="card__head">
        {text === undefined ? (
          heading
        ) : (
          <div>
            {heading}
            <p className="muted small">{text}</p>
          </div>
        )}
        {count !== undefined && <span className="count">{count}</span>}
        {Boolean(aside) && <span className="push">{aside}</span>}
      </div>
      {children}
    </section>
  );
}
