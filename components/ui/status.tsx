import type { ReactNode } from "react";
import { Icon, type IconShape, type Tone } from "./icon";

/** A state that is as it should be: icon and word, no fill. */
export function Status({
  tone,
  icon,
  spin,
  children,
}: {
  tone: Tone;
  icon: IconShape;
  spin?: boolean;
  children: ReactNode;
}) {
  return (
    <span className="status" data-tone={tone}>
      <Icon of={icon} spin={spin} />
      {children}
    </span>
  );
}

/** A state that needs a look: filled. */
export function Badge({
  tone,
  icon,
  spin,
  children,
}: {
  tone: Tone;
  icon: IconShape;
  spin?: boolean;
  children: ReactNode;
}) {
  return (
    <span className="badge" data-tone={tone}>
      <Icon of={icon} spin={spin} />
      {children}
    </span>
  );
}
