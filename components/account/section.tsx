import type { ReactNode } from "react";

/** A part of the account: what it is, what is so, and what can be done. */
export function Section({
  id,
  title,
  text,
  action,
  children,
}: {
  id: string;
  title: ReactNode;
  text?: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <section className="card" aria-labelledby={id}>
      <div className="card__head">
        <div>
          <h2 id={id}>{title}</h2>
          {text !== undefined && <p className="muted small">{text}</p>}
        </div>
        {action !== undefined && <span className="push">{action}</span>}
      </div>
      {children}
    </section>
  );
}
