import clsx from "clsx";
import type { LucideIcon } from "lucide-react";

export type Tone = "ok" | "info" | "warn" | "bad" | "idle";
export type IconShape = LucideIcon;

/** An icon beside a word; it says nothing to those who cannot see it. */
export function Icon({
  of: Shape,
  size,
  tone,
  spin,
}: {
  of: LucideIcon;
  size?: "sm" | "lg";
  tone?: Tone;
  spin?: boolean;
}) {
  return (
    <Shape
      aria-hidden
      className={clsx("icon", size === "sm" && "icon--sm", size === "lg" && "icon--lg", spin === true && "spin")}
      data-tone={tone}
      strokeWidth={1.75}
    />
  );
}
