"use client";

import Link from "next/link";
import { useState, type ComponentProps } from "react";

/** A link that reads its page ahead once somebody points at it or focuses it, not because it is in sight: lists have many. */
export function HoverLink({ onPointerEnter, onFocus, ...props }: Omit<ComponentProps<typeof Link>, "prefetch">) {
  const [wanted, setWanted] = useState(false);
  return (
    <Link
      {...props}
      prefetch={wanted}
      onPointerEnter={(event) => {
        setWanted(true);
        onPointerEnter?.(event);
      }}
      onFocus={(event) => {
        setWanted(true);
        onFocus?.(event);
      }}
    />
  );
}
