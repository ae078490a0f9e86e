import { Activity, Building2, CircleUserRound, Gauge, House, KeyRound, Phone, Settings } from "lucide-react";
import type { Right } from "@/server/kernel/permissions";
import type { MessageKey } from "../i18n/translate";
import type { IconShape } from "../ui/icon";

export interface Area {
  label: MessageKey;
  href: string;
  icon: IconShape;
  /** Without it the area is not shown. */
  right?: Right;
  pages?: { label: MessageKey; href: string; right?: Right }[];
  /** Second key of "G then …". */
  key: string;
}

/** What there is, by task. Navigation, commands and shortcuts read this one list. */
export const AREAS: readonly Area[] = [
  { label: "nav.home", href: "/", icon: House, key: "h" },
  { label: "nav.customers", href: "/customers", icon: Building2, right: "customer:read", key: "c" },
  { label: "nav.accessKeys", href: "/access-keys", icon: KeyRound, right: "access-key:read", key: "k" },
  {
    label: "nav.sip",
    href: "/sip/extensions",
    icon: Phone,
    right: "extension:read",
    pages: [
      { label: "nav.extensions", href: "/sip/extensions", right: "extension:read" },
      { label: "nav.trunks", href: "/sip/trunks", right: "trunk:read" },
      { label: "nav.registrations", href: "/sip/registrations", right: "registration:read" },
    ],
    key: "p",
  },
  {
    label: "nav.activity",
    href: "/activity/audit",
    icon: Activity,
    right: "audit:read",
    pages: [{ label: "nav.audit", href: "/activity/audit", right: "audit:read" }],
    key: "a",
  },
  {
    label: "nav.operations",
    href: "/operations/health",
    icon: Gauge,
    right: "health:read",
    pages: [
      { label: "nav.health", href: "/operations/health", right: "health:read" },
      { label: "nav.deadLetters", href: "/operations/dead-letters", right: "dead-letter:read" },
      { label: "nav.drift", href: "/operations/drift", right: "drift:read" },
      { label: "nav.jobs", href: "/operations/jobs", right: "job:read" },
    ],
    key: "o",
  },
  {
    label: "nav.settings",
    href: "/settings",
    icon: Settings,
    pages: [
      { label: "nav.device", href: "/settings" },
      { label: "nav.admins", href: "/settings/admins", right: "admin:read" },
    ],
    key: "s",
  },
  { label: "nav.account", href: "/account", icon: CircleUserRound, key: "m" },
];

/**
 * The areas of somebody with these rights, each with the pages that he may see. Where the first page is not among them,
 * the area leads to the next.
 */
export function areasFor(rights: readonly Right[]): Area[] {
  const may = ({ right }: { right?: Right }): boolean => right === undefined || rights.includes(right);
  return AREAS.flatMap((area) => {
    if (area.pages === undefined) return may(area) ? [area] : [];
    const pages = area.pages.filter(may);
    const [first] = pages;
    return first === undefined ? [] : [{ ...area, pages, href: may(area) ? area.href : first.href }];
  });
}

/** Whether a page belongs to an address: itself or below it. */
export const isWithin = (path: string, href: string): boolean =>
  href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);

/** The page that an address belongs to: of one below another, the one that says more. */
export const pageAt = <Page extends { href: string }>(path: string, pages: readonly Page[]): Page | undefined =>
  pages.filter(({ href }) => isWithin(path, href)).sort((a, b) => b.href.length - a.href.length)[0];
