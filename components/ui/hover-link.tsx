"use client";

import Link, { useLinkStatus } from "next/link";
import { useEffect, useState, type ComponentProps } from "react";
import { pendingPages } from "../lib/pending-pages";

/** A link that reads its page ahead once somebody points at it or focuses it, not because it is in sight: lists have many. */
export function HoverLink({
  onPointerEnter,
  onFocus,
  children,
  ...props
}: Omit<ComponentProps<typeof Link>, "prefetch">) {
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
    >
      {children}
      {wanted && <Pending />}
    </Link>
  );
}

/** Tells the frame while the page behind a link is on its way. */
function Pending() {
  const { pending } = useLinkStatus();
  useEffect(() => (pending ? pendingPages.begin() : undefined), [pending]);
  return null;
}
