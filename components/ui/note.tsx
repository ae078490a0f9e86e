import type { ReactNode } from "react";
import { Icon, type IconShape } from "./icon";

/** A line that should not be missed, with at most one thing to do. */
export function Note({
  tone,
  icon,
  role,
  action,
  children,
}: {
  tone?: "info" | "warn" | "bad";
  icon: IconShape;
  role?: "alert" | "status";
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="note" data-tone={tone} role={role}>
      <Icon of={icon} />
      <div className="note__text">{children}</div>
      {action}
    </div>
  );
}
