"use client";

import type { ReactNode } from "react";
import { useT } from "../i18n/provider";
import { Card } from "../ui/card";
import { HoverLink } from "../ui/hover-link";

/** A card of the home page, with the way to all of what it shows. */
export function HomeCard({
  id,
  title,
  href,
  tools,
  className,
  children,
}: {
  id: string;
  title: string;
  href: string;
  /** What stands before the way there. */
  tools?: ReactNode;
  className: string;
  children: ReactNode;
}) {
  const t = useT();
  return (
    <Card
      id={id}
      title={title}
      aside={
        <>
          {tools}
          <HoverLink className="card__link" href={href} aria-label={t("home.allOf", { what: title })}>
            {t("common.all")}
          </HoverLink>
        </>
      }
      className={className}
    >
      {children}
    </Card>
  );
}
