import type { ReactNode } from "react";
import { Icon, type IconShape } from "./icon";

/** What stands where a list or card would be: empty, nothing found, not allowed, failed. */
export function State({
  icon,
  title,
  text,
  role,
  heading: Heading = "h2",
  children,
}: {
  icon: IconShape;
  title: string;
  text?: ReactNode;
  role?: "alert";
  /** Its place in the outline of the page. */
  heading?: "h1" | "h2";
  children?: ReactNode;
}) {
  return (
    <div className="state" role={role}>
      <Icon of={icon} size="lg" />
      <Heading className="state__title">{title}</Heading>
      {text !== undefined && <p>{text}</p>}
      {children}
    </div>
  );
}
