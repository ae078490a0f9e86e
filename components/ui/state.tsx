import type { ReactNode } from "react";
import { Icon, type IconShape } from "./icon";

/** What stands where a list or card would be: empty, nothing found, not allowed, failed. */
export function State({
  icon,
  title,
  text,
  role,
  children,
}: {
  icon: IconShape;
  title: string;
  text?: ReactNode;
  role?: "alert";
  children?: ReactNode;
}) {
  return (
    <div className="state" role={role}>
      <Icon of={icon} size="lg" />
      <h3>{title}</h3>
      {text !== undefined && <p>{text}</p>}
      {children}
    </div>
  );
}
