import clsx from "clsx";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { Icon, type IconShape } from "./icon";
import { HoverLink } from "./hover-link";

interface Look {
  tone?: "primary" | "danger" | "danger-quiet" | "ghost";
  size?: "sm" | "lg";
  block?: boolean;
  icon?: IconShape;
}

const classOf = ({ tone, size, block }: Look, extra?: string): string =>
  clsx(
    "btn",
    tone !== undefined && `btn--${tone}`,
    size !== undefined && `btn--${size}`,
    block === true && "btn--block",
    extra,
  );

/** A button. While `busy` it can be focused but does nothing: a second press cannot repeat what is under way. */
export function Button({
  tone,
  size,
  block,
  icon,
  busy = false,
  className,
  children,
  onClick,
  type = "button",
  ...rest
}: Look & { busy?: boolean } & ComponentProps<"button">) {
  const shape = busy ? LoaderCircle : icon;
  return (
    <button
      {...rest}
      type={type}
      className={classOf({ tone, size, block }, className)}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {shape !== undefined && <Icon of={shape} spin={busy} />}
      {children}
    </button>
  );
}

export function ButtonLink({
  tone,
  size,
  block,
  icon,
  className,
  children,
  ...rest
}: Look & ComponentProps<typeof HoverLink>) {
  return (
    <HoverLink {...rest} className={classOf({ tone, size, block }, className)}>
      {icon !== undefined && <Icon of={icon} />}
      {children}
    </HoverLink>
  );
}

/** A button that is an icon; its label is read out and shown on hover. */
export function IconButton({
  icon,
  label,
  size,
  className,
  ...rest
}: { icon: IconShape; label: string; size?: "sm" } & Omit<ComponentProps<"button">, "aria-label" | "children">) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      className={clsx("icon-btn", size === "sm" && "icon-btn--sm", className)}
      aria-label={label}
    >
      <Icon of={icon} size={size} />
    </button>
  );
}

export function LinkButton({ children, ...rest }: ComponentProps<"button"> & { children: ReactNode }) {
  return (
    <button type="button" {...rest} className="link">
      {children}
    </button>
  );
}
