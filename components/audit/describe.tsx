"use client";

import {
  Activity,
  ArchiveRestore,
  Ban,
  CreditCard,
  KeyRound,
  LogIn,
  LogOut,
  Pencil,
  Plus,
  RefreshCw,
  ShieldAlert,
  Trash2,
  UserPlus,
} from "lucide-react";
import { useT } from "../i18n/provider";
import { isBlank, shortId } from "../lib/keys";
import type { AuditEntry } from "../trpc";
import type { IconShape } from "../ui/icon";

const ICONS: Record<string, IconShape> = {
  create: Plus,
  update: Pencil,
  delete: Trash2,
  restore: ArchiveRestore,
  revoke: Ban,
  rotate: RefreshCw,
  begin: LogIn,
  end: LogOut,
  refuse: ShieldAlert,
  "set-password": KeyRound,
  "set-billing-account": CreditCard,
  "retry-deletion": RefreshCw,
};

export function auditIcon(action: string): IconShape {
  if (action === "admin.create") return UserPlus;
  return ICONS[action.split(".").at(-1) ?? ""] ?? Activity;
}

/** What an entry is about, by the name that its values hold. */
export function resourceName(entry: AuditEntry): string {
  for (const values of [entry.after, entry.before]) {
    for (const field of ["name", "email"]) {
      const value = values?.[field];
      if (typeof value === "string" && !isBlank(value)) return value;
    }
  }
  return entry.resourceId === "" ? "" : shortId(entry.resourceId);
}

/** Where the record of an entry can be seen; null where there is no page for it. */
export function resourceHref(entry: AuditEntry): string | null {
  if (entry.resourceType === "customer") return `/customers/${entry.resourceId}`;
  if (entry.resourceType === "access-key" && entry.customerId !== null)
    return `/customers/${entry.customerId}?tab=access-keys`;
  return null;
}

/** "created customer", or the action's own name for one that there are no words for yet. */
export function useActionName(): (action: string) => string {
  const t = useT();
  return (action) => {
    const key = `audit.actions.${action.replace(".", "_").replaceAll("-", "_")}`;
    return t.has(key) ? t(key) : action;
  };
}

export function useActorName(): (entry: AuditEntry) => string {
  const t = useT();
  return (entry) => {
    if (!isBlank(entry.actorName))
      return entry.actorType === "access-key" ? t("audit.byKey", { name: entry.actorName }) : entry.actorName;
    const key = `audit.actors.${entry.actorType.replace("-", "_")}`;
    return t.has(key) ? t(key) : entry.actorType;
  };
}
