import clsx from "clsx";
import type { ReactNode } from "react";
import { HoverLink } from "./hover-link";

/** One number that matters, in a card of its own. */
export function Figure({
  label,
  href,
  value,
  bad = false,
  note,
  className,
  children,
}: {
  label: ReactNode;
  /** Where more is. */
  href?: string | undefined;
  /** Undefined until it is known. */
  value: ReactNode;
  /** Whether it is one that should be lower. */
  bad?: boolean;
  note?: ReactNode;
  className?: string;
  children?: ReactNode;
}) {
  return (
    <section className={clsx("card kpi", className)}>
      <h2 className="kpi__label">{href === undefined ? label : <HoverLink href={href}>{label}</HoverLink>}</h2>
      <p className={clsx("kpi__value", bad && "bad-text")}>{value ?? <span className="sk late sk--figure" />}</p>
      {note !== undefined && <p className="kpi__note">{note}</p>}
      {children}
    </section>
  );
}
