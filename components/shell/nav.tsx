"use client";

import { PanelLeft, PhoneCall, TriangleAlert, X } from "lucide-react";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { useT } from "../i18n/provider";
import { Icon } from "../ui/icon";
import { areasFor, isWithin, pageAt } from "./areas";
import { usePreferences } from "./preferences";
import { useSession } from "./session";
import { useHealthState } from "./use-health-state";
import { HoverLink } from "../ui/hover-link";

/** The navigation: full, as a rail, or as a drawer on narrow screens. */
export function Nav() {
  const t = useT();
  const path = usePathname();
  const { rights } = useSession();
  const { preferences, change } = usePreferences();
  const nav = useRef<HTMLElement>(null);
  const areas = areasFor(rights);

  // A drawer goes away with the page that it was opened on.
  useEffect(() => {
    if (nav.current?.matches(":popover-open")) nav.current.hidePopover();
  }, [path]);

  return (
    <nav className="nav" id="nav" popover="auto" aria-label={t("nav.label")} ref={nav}>
      <div className="nav__brand">
        <HoverLink href="/" title="VoIPbin Admin">
          <span className="mark">
            <Icon of={PhoneCall} size="sm" />
          </span>
          <span className="nav__label">VoIPbin Admin</span>
        </HoverLink>
        <button
          type="button"
          className="icon-btn nav__close"
          popoverTarget="nav"
          popoverTargetAction="hide"
          aria-label={t("nav.close")}
        >
          <Icon of={X} />
        </button>
      </div>
      <div className="nav__scroll">
        <ul className="nav__list">
          {areas.map((area) => {
            const label = t(area.label);
            const { pages } = area;
            return (
              <li className="nav__group" key={area.href}>
                <HoverLink
                  className="nav__link"
                  href={area.href}
                  title={label}
                  aria-current={pages === undefined && isWithin(path, area.href) ? "page" : undefined}
                >
                  <Icon of={area.icon} />
                  <span className="nav__label">{label}</span>
                </HoverLink>
                {pages !== undefined && (
                  <ul className="nav__sub" aria-label={label}>
                    {pages.map((page) => (
                      <li key={page.href}>
                        <HoverLink
                          className="nav__link"
                          href={page.href}
                          aria-current={page === pageAt(path, pages) ? "page" : undefined}
                        >
                          <span className="nav__label">{t(page.label)}</span>
                          {page.href === "/operations/health" && <HealthFlag />}
                        </HoverLink>
                      </li>
                    ))}
                  </ul>
                )}
              </li>
            );
          })}
        </ul>
      </div>
      <div className="nav__foot">
        <button
          type="button"
          className="nav__link"
          aria-pressed={preferences.rail}
          onClick={() => change({ rail: !preferences.rail })}
          title={t("nav.collapse")}
        >
          <Icon of={PanelLeft} />
          <span className="nav__label">{t("nav.collapse")}</span>
        </button>
      </div>
    </nav>
  );
}

function HealthFlag() {
  const t = useT();
  const state = useHealthState();
  if (state === undefined || state === "ok") return null;
  return (
    <span className="nav__flag" data-tone={state === "down" ? "bad" : "warn"}>
      <Icon of={TriangleAlert} size="sm" />
      <span className="sr">{t(`health.state.${state}`)}</span>
    </span>
  );
}
