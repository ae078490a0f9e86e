"use client";

import { isBlank, shortId } from "../lib/keys";
import { HoverLink } from "../ui/hover-link";

/** Whose account it is, as a way there. */
export function CustomerLink({ id, name }: { id: string; name: string }) {
  return (
    <HoverLink href={`/customers/${id}`} className="cell-link">
      <span className="trunc">{isBlank(name) ? <code>{shortId(id)}</code> : name}</span>
    </HoverLink>
  );
}
